package rollout.adapter.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.testing.Schemas;
import rollout.testing.Shared;

class ElasticsearchSignalsTest {
  private static final Window WINDOW =
      new Window(Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T10:30:00Z"));
  private static final SignalQuery SPLIT =
      new SignalQuery.LogSplit(
          "logs",
          "pubsub-gitaly-inf-gprd-*",
          "json.feature_flags",
          "commit_stats",
          "json.grpc.code:Internal",
          "json.grpc.method:CommitStats");
  private static final SignalQuery COUNT =
      new SignalQuery.LogCount("logs", "gitaly", "json.grpc.code:Internal", false);

  private final FakeElasticsearch server = new FakeElasticsearch("json.grpc.code:Internal");
  private final HttpClient client = new HttpClient();
  private final ElasticsearchSignals signals =
      new ElasticsearchSignals(
          new HttpEndpoint(
              client, server.url(), Credentials.apiKey(Secret.of("a2V5")), HttpLimits.DEFAULT),
          "json.time");

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void asksOnceForBothArms() throws IOException {
    signals.read(SPLIT, WINDOW);

    assertEquals(1, server.requests().size());
    var request = server.requests().get(0);
    assertEquals("/es/pubsub-gitaly-inf-gprd-*/_search", request.getUrl().encodedPath());
    assertEquals("ApiKey a2V5", request.getHeaders().get("Authorization"));
    assertTrue(request.getHeaders().get("Content-Type").startsWith("application/json"));
    JsonNode search = server.searches().get(0);
    assertEquals(0, search.path("size").asInt());
    assertTrue(search.path("track_total_hits").asBoolean());
    assertEquals(
        "{\"gte\":\"2026-11-22T10:00:00.000Z\",\"lt\":\"2026-11-22T10:30:00.000Z\","
            + "\"format\":\"strict_date_optional_time\"}",
        search.at("/query/bool/filter/0/range/json.time").toString());
    Schemas.assertFits("elasticsearch/search-request.schema.json", search.toString());
  }

  @Test
  void theWordsOfAFlagAreMatchedWhole() throws IOException {
    signals.read(SPLIT, WINDOW);

    JsonNode on = server.searches().get(0).at("/aggs/arm/filters/filters/on");
    assertEquals(
        new ObjectMapper()
            .readTree(
                "{\"bool\":{\"minimum_should_match\":1,\"should\":["
                    + "{\"match_phrase\":{\"json.feature_flags\":\"commit_stats\"}},"
                    + "{\"regexp\":{\"json.feature_flags\":"
                    + "\"(.*[ ,])?commit_stats([ ,].*)?\"}}]}}"),
        on);
  }

  @Test
  void aWeekOfHistoryIsOneRequest() throws IOException {
    List<Window> week =
        IntStream.range(0, 336)
            .mapToObj(i -> WINDOW.earlier(Duration.ofMinutes(30).multipliedBy(336 - i)))
            .toList();

    assertEquals(336, signals.readAll(SPLIT, week).size());

    assertEquals(1, server.requests().size());
    Schemas.assertFits(
        "elasticsearch/search-request.schema.json", server.searches().get(0).toString());
  }

  @Test
  void theRecordedAnswerIsRead() throws IOException {
    server.alwaysSays(200, "application/json", example("search.200.flag-split.constructed.json"));

    assertEquals(
        new Reading.Split(new Reading.Counts(9, 1020), new Reading.Counts(20, 19411)),
        signals.read(SPLIT, WINDOW));
    assertEquals(new Reading.Value(20431), signals.read(COUNT, WINDOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | error.400.query.json | query_shard_exception: Failed to parse query",
        "401 | error.401.json       | look at the source's api_key",
        "404 | error.404.json       | no such index [nope]; look at the source's index",
        "429 | error.429.json       | es_rejected_execution_exception: rejected execution",
      })
  void aRefusalIsASentence(int status, String example, String part) throws IOException {
    server.alwaysSays(status, "application/json", example(example));

    assertUnavailable(part);
  }

  @Test
  void aPageOfAProxyIsASentence() {
    server.alwaysSays(502, "text/html", "<html><title>502 Bad Gateway</title></html>");
    assertUnavailable("answered 502: an HTML page \"502 Bad Gateway\"; it is asked again");
    server.alwaysSays(200, "text/html", "<html><title>Sign in</title></html>");
    assertUnavailable("should be JSON and is an HTML page \"Sign in\"");
    server.alwaysSays(200, "application/json", "{\"count\":3}");
    assertUnavailable("tells of no shards; is this Elasticsearch?");
    server.alwaysSays(200, "application/json", "{\"_shards\":{\"total\":1,\"failed\":0}}");
    assertUnavailable("the answer holds no count");
    server.alwaysSays(200, "application/json", "{\"_shards\":{\"total\":0,\"failed\":0}}");
    assertUnavailable("no index has such a name");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'timed_out':true,'_shards':{'total':2,'failed':0} | cut short",
        "'_shards':{'total':5,'failed':2,'failures':[{'reason':{'type':'node_gone'}}]}"
            + " | 2 of 5 shards did not answer (node_gone)",
        "'terminated_early':true,'_shards':{'total':2,'failed':0} | ended early",
        "'_shards':{'total':2,'failed':0},'_clusters':{'total':2,'successful':1,'skipped':1}"
            + " | 1 remote clusters were left out",
      })
  void halfAnAnswerIsNoNumber(String fields, String part) {
    String hits = "'hits':{'total':{'value':7,'relation':'eq'}},";
    server.alwaysSays(200, "application/json", ("{" + hits + fields + "}").replace('\'', '"'));

    for (SignalQuery query : List.of(SPLIT, COUNT)) {
      Reading.Partial partial =
          assertInstanceOf(Reading.Partial.class, signals.read(query, WINDOW));
      assertTrue(partial.reason().contains(part), partial.reason());
    }
  }

  @Test
  void totalsHaveTwoShapesAndMayStopShort() {
    String body = "{\"_shards\":{\"total\":1,\"failed\":0},\"hits\":{\"total\":%s}}";
    server.alwaysSays(200, "application/json", body.formatted("31"));
    assertEquals(new Reading.Value(31), signals.read(COUNT, WINDOW));
    server.alwaysSays(
        200, "application/json", body.formatted("{\"value\":10000,\"relation\":\"gte\"}"));
    assertEquals(
        new Reading.Partial("the server counted to 10000 and no further"),
        signals.read(COUNT, WINDOW));
  }

  @Test
  void anotherKindOfQuestionIsTheConfigurationsFault() {
    SignalQuery other = new SignalQuery.Promql("logs", "up", "");

    assertInstanceOf(Reading.Unavailable.class, signals.read(other, WINDOW));
    assertEquals(0, server.requests().size());
  }

  @Test
  void anOutageIsOneOfEveryWindow() {
    server.alwaysSays(503, "application/json", "{\"error\":\"starting\",\"status\":503}");

    List<Reading> readings = signals.readAll(SPLIT, Collections.nCopies(3, WINDOW));

    assertEquals(3, readings.size());
    assertTrue(readings.stream().allMatch(Reading.Unavailable.class::isInstance));
    assertTrue(readings.get(0).toString().contains("503: starting"), readings::toString);
  }

  private void assertUnavailable(String part) {
    Reading.Unavailable reading =
        assertInstanceOf(Reading.Unavailable.class, signals.read(COUNT, WINDOW));
    assertTrue(reading.reason().contains(part), reading.reason());
  }

  private static String example(String name) throws IOException {
    return Files.readString(Shared.require("data/schemas/elasticsearch/examples/" + name));
  }
}
