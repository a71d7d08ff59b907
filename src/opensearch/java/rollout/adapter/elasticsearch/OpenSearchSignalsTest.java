package rollout.adapter.elasticsearch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.port.Health;
import rollout.port.LogSignalsContractTest;
import rollout.port.Signals;

/** The adapter on a real OpenSearch: {@code mvn -Popensearch test}. */
class OpenSearchSignalsTest extends LogSignalsContractTest {
  private static final java.net.http.HttpClient JDK = java.net.http.HttpClient.newHttpClient();
  private static final OpenSearchRunner RUNNER = new OpenSearchRunner();
  private static Path directory;
  private static String url;

  private final HttpClient client = new HttpClient();

  @BeforeAll
  static void start() throws IOException {
    directory = Files.createTempDirectory("opensearch");
    RUNNER
        .onBuild(
            (number, settings) -> {
              settings.put("discovery.type", "single-node");
              settings.put("network.host", "127.0.0.1");
            })
        .build(
            OpenSearchRunner.newConfigs()
                .numOfNode(1)
                .disableESLogger()
                .basePath(directory.toString()));
    RUNNER.ensureGreen();
    url = "http://127.0.0.1:" + RUNNER.node().settings().get("http.port");
  }

  @AfterAll
  static void stop() throws IOException {
    RUNNER.close();
    RUNNER.clean();
  }

  @BeforeEach
  void mapping() throws Exception {
    index("text");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Override
  protected Signals signals() {
    return new ElasticsearchSignals(endpoint(), "time");
  }

  @Override
  protected void has(Instant at, Reading.Split entries) throws Exception {
    StringBuilder bulk = new StringBuilder();
    add(bulk, at, "other commit_stats", entries.treated());
    add(bulk, at, "other commit_stats_v2", entries.control());
    send("POST", "/gitaly-1/_bulk?refresh=true", bulk.toString());
  }

  @Override
  protected void hasOthers(Instant at) throws Exception {
    StringBuilder bulk = new StringBuilder();
    add(bulk, at, "", "Other", "OK");
    send("POST", "/gitaly-1/_bulk?refresh=true", bulk.toString());
  }

  @Override
  protected void hasNoIndex() throws Exception {
    send("DELETE", "/gitaly-1", "");
  }

  /** However the field is mapped, a name is found whole and only whole. */
  @ParameterizedTest
  @ValueSource(strings = {"text", "keyword"})
  void aFlagIsAWholeWordOfItsField(String type) throws Exception {
    index(type);
    StringBuilder bulk = new StringBuilder();
    List<String> treated =
        List.of(
            "\"commit_stats\"",
            "\"commit_stats other\"",
            "\"other commit_stats\"",
            "\"a commit_stats b\"",
            "\"a,commit_stats\"",
            "[\"a\",\"commit_stats\"]");
    List<String> control =
        List.of("\"\"", "\"commit_stats_v2\"", "\"my_commit_stats\"", "\"a_commit stats\"", "[]");
    for (String flags : treated) {
      add(bulk, WINDOW.from(), flags);
    }
    for (String flags : control) {
      add(bulk, WINDOW.from(), flags);
    }
    send("POST", "/gitaly-1/_bulk?refresh=true", bulk.toString());

    SignalQuery split =
        new SignalQuery.LogSplit("logs", "gitaly-*", "flags", "commit_stats", ERRORS, REQUESTS);
    assertEquals(
        new Reading.Split(
            new Reading.Counts(treated.size(), treated.size()),
            new Reading.Counts(control.size(), control.size())),
        signals().read(split, WINDOW));
  }

  @Test
  void itsHealthTellsAFieldThatIsNotThere() {
    List<Health.Finding> findings =
        new ElasticsearchHealth(
                endpoint(),
                "time",
                List.of(
                    new SignalQuery.LogSplit(
                        "logs", "gitaly-*", "flagz", "commit_stats", ERRORS, REQUESTS)),
                () -> WINDOW.to())
            .examine();

    assertEquals(
        List.of(Health.Wellness.ILL),
        findings.stream()
            .filter(one -> one.subject().equals("flag_field"))
            .map(Health.Finding::wellness)
            .toList());
  }

  private HttpEndpoint endpoint() {
    return new HttpEndpoint(client, url, Credentials.NONE, HttpLimits.DEFAULT);
  }

  private static void index(String type) throws Exception {
    send("DELETE", "/gitaly-1", "");
    send(
        "PUT",
        "/gitaly-1",
        "{\"mappings\":{\"properties\":{\"time\":{\"type\":\"date\"},\"flags\":{\"type\":\""
            + type
            + "\"},\"method\":{\"type\":\"keyword\"},\"code\":{\"type\":\"keyword\"}}}}");
  }

  private static void add(StringBuilder bulk, Instant at, String flags, Reading.Counts counts) {
    for (int i = 0; i < counts.requests(); i++) {
      add(bulk, at, flags, "CommitStats", i < counts.errors() ? "Internal" : "OK");
    }
  }

  private static void add(
      StringBuilder bulk, Instant at, String flags, String method, String code) {
    bulk.append("{\"index\":{}}\n")
        .append(entry(at, "\"" + flags + "\"", method, code))
        .append('\n');
  }

  private static void add(StringBuilder bulk, Instant at, String flags) {
    bulk.append("{\"index\":{}}\n").append(entry(at, flags, "CommitStats", "Internal")).append('\n');
  }

  private static String entry(Instant at, String flags, String method, String code) {
    return "{\"time\":\"%s\",\"flags\":%s,\"method\":\"%s\",\"code\":\"%s\"}"
        .formatted(at, flags, method, code);
  }

  private static void send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = JDK.send(request, HttpResponse.BodyHandlers.ofString());
    boolean gone = method.equals("DELETE") && answer.statusCode() == 404;
    if (!gone && (answer.statusCode() != 200 || answer.body().contains("\"errors\":true"))) {
      throw new IllegalStateException(answer.body());
    }
  }
}
