package rollout.adapter.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.port.Health;
import rollout.port.Health.Wellness;

class ElasticsearchHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T11:00:00Z");
  private static final String ROOT =
      "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.19.1\"}}";
  private static final String FIELD =
      "{\"indices\":[\"gitaly-1\"],\"fields\":{\"flags\":{\"keyword\":{\"type\":\"keyword\"}}}}";

  private final FakeElasticsearch server = new FakeElasticsearch("code:Internal");
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void saysWhoItIsAndThatItCouldSayBad() {
    server.says("/", 200, ROOT);
    server.says("/_security/_authenticate", 200, "{\"username\":\"rollout\"}");
    server.says("/gitaly-*/_field_caps", 200, FIELD);
    server.has(
        NOW.minusSeconds(60),
        new Reading.Split(new Reading.Counts(0, 0), new Reading.Counts(1, 20)));

    List<Health.Finding> findings = health().examine();

    assertTrue(detail(findings, "reached").endsWith("/es, opensearch 2.19.1"), findings::toString);
    assertEquals("rollout", detail(findings, "token"));
    assertEquals("flags is keyword", detail(findings, "flag_field"));
    assertEquals(
        "method:CommitStats has entries in gitaly-* in the last 6 hours",
        detail(findings, "query"));
    assertEquals(List.of(), ill(findings));
  }

  @Test
  void aFieldThatNoIndexHasWouldMakeEverybodyTheControl() {
    server.says("/", 200, ROOT);
    server.says("/gitaly-*/_field_caps", 200, "{\"indices\":[\"gitaly-1\"],\"fields\":{}}");

    List<Health.Finding> findings = health().examine();

    assertEquals(List.of("flag_field"), ill(findings));
    assertTrue(
        detail(findings, "flag_field").contains("every request would count as one without"),
        findings::toString);
    Health.Finding query = finding(findings, "query");
    assertEquals(Wellness.DOUBTFUL, query.wellness());
    assertTrue(
        query.detail().endsWith("has no entries in gitaly-* in the last 6 hours; is it mistyped?"));
  }

  @Test
  void anIndexThatIsNotThereIsIll() {
    server.says("/", 200, ROOT);
    String none =
        "{\"error\":{\"root_cause\":[{\"type\":\"index_not_found_exception\","
            + "\"reason\":\"no such index [gitaly]\"}]},\"status\":404}";
    server.says("/gitaly-*/_field_caps", 404, none);

    List<Health.Finding> findings = health().examine();

    assertEquals(List.of("query"), ill(findings));
    assertTrue(detail(findings, "query").contains("no such index [gitaly]"), findings::toString);
  }

  @Test
  void aKeyThatIsNotAcceptedIsIll() {
    server.says("/", 401, "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no\"}}");

    assertEquals(List.of("token"), ill(health().examine()));
  }

  @Test
  void aServerThatIsNotThereIsIll() {
    server.close();

    assertEquals(List.of("reached"), ill(health().examine()));
  }

  private Health health() {
    return new ElasticsearchHealth(
        new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT),
        "time",
        List.of(
            new SignalQuery.LogSplit(
                "logs",
                "gitaly-*",
                "flags",
                "commit_stats",
                "code:Internal",
                "method:CommitStats")),
        () -> NOW);
  }

  private static List<String> ill(List<Health.Finding> findings) {
    return findings.stream()
        .filter(one -> one.wellness() == Wellness.ILL)
        .map(Health.Finding::subject)
        .toList();
  }

  private static String detail(List<Health.Finding> findings, String subject) {
    return finding(findings, subject).detail();
  }

  private static Health.Finding finding(List<Health.Finding> findings, String subject) {
    return findings.stream().filter(one -> one.subject().equals(subject)).findFirst().orElseThrow();
  }
}
