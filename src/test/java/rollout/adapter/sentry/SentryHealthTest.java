package rollout.adapter.sentry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.port.Health.Finding;
import rollout.port.Health.Wellness;

class SentryHealthTest {
  private static final String INDEX = "/api/0/";
  private static final String SCOPES =
      "{\"version\":\"0\",\"auth\":{\"scopes\":[\"event:read\",\"org:read\",\"project:read\"]}}";

  private final FakeSentry server = new FakeSentry();
  private final HttpClient client = new HttpClient();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void allIsWell() {
    server.says(INDEX, 200, SCOPES, "Date", "Sun, 22 Nov 2026 10:00:02 GMT");
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 200, "{}");

    List<Finding> findings = examine();

    assertEquals(List.of("reached", "scopes", "query", "clock"), subjects(findings));
    assertTrue(
        findings.stream().allMatch(finding -> finding.wellness() == Wellness.WELL),
        findings.toString());
  }

  @Test
  void whatATokenLacksIsNamed() {
    server.says(INDEX, 200, SCOPES.replace("\"event:read\",", ""));

    assertEquals(
        new Finding(Wellness.ILL, "scopes", "the token lacks event:read"), examine().get(1));
  }

  @Test
  void scopesThatAreNotToldAreDoubtful() {
    server.says(INDEX, 200, "{}");

    assertEquals(Wellness.DOUBTFUL, examine().get(1).wellness());
  }

  @Test
  void aRefusedTokenIsNamed() {
    server.says(INDEX, 401, "{\"detail\":\"Invalid token\"}");

    assertEquals("token", examine().get(1).subject());
    assertEquals(Wellness.ILL, examine().get(1).wellness());
  }

  @Test
  void anInvisibleProjectIsIll() {
    server.says(INDEX, 200, SCOPES);
    server.says(FakeSentry.ISSUES, 200, "[]");
    server.says(FakeSentry.PROJECT, 404, "{\"detail\":\"no\"}");

    Finding query = examine().get(2);

    assertEquals(Wellness.ILL, query.wellness());
    assertTrue(query.detail().contains("the project gitaly-production"), query.detail());
  }

  @Test
  void noServerIsNotReached() {
    server.close();

    assertEquals(List.of("reached"), subjects(examine()));
  }

  private List<Finding> examine() {
    return new SentryHealth(
            new HttpEndpoint(client, server.url(), Credentials.NONE, HttpLimits.DEFAULT),
            "gitlab",
            List.of("gitaly-production"),
            InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")))
        .examine();
  }

  private static List<String> subjects(List<Finding> findings) {
    return findings.stream().map(Finding::subject).toList();
  }
}
