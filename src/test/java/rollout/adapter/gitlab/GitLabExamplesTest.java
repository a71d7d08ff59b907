package rollout.adapter.gitlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.plan.FlagName;
import rollout.port.FlagView;
import rollout.port.PortException;
import rollout.port.PortException.Kind;
import rollout.testing.Shared;

/** Every recorded or documented body of the Features API is understood, or refused in words. */
class GitLabExamplesTest {
  private final MockWebServer server = new MockWebServer();
  private final HttpClient client = new HttpClient();
  private GitLabFlags flags;

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
    String url = "http://127.0.0.1:" + server.getPort();
    flags = new GitLabFlags(new HttpEndpoint(client, url, Credentials.NONE, HttpLimits.DEFAULT));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void flagsAreRead() throws Exception {
    for (JsonNode example : examples("gitlab/feature.schema.json").toList()) {
      answer(example);
      String body = body(example);
      String name = new ObjectMapper().readTree(body).get("name").asText();
      FlagView view = flags.switchOff(new FlagName(name));
      assertEquals(view.state().equals("on"), view.gates().everybody(), body);
      assertEquals(view.state().equals("off"), view.gates().isOff(), body);
      assertTrue(view.gates().others().isEmpty(), body);
    }
  }

  @Test
  void listsAreRead() throws Exception {
    for (JsonNode example : examples("gitlab/features-list.schema.json").toList()) {
      answer(example);
      int stored = new ObjectMapper().readTree(body(example)).size();
      List<FlagView> views = flags.list();
      assertEquals(stored, views.size());
    }
  }

  @Test
  void errorsAreSentences() throws Exception {
    List<JsonNode> errors =
        index().filter(example -> example.get("status").asInt() >= 400).toList();
    assertFalse(errors.isEmpty());
    for (JsonNode example : errors) {
      answer(example);
      PortException failure =
          assertThrows(PortException.class, () -> flags.switchOff(new FlagName("gitaly_x")));
      int status = example.get("status").asInt();
      Kind unlessRefused = status == 429 ? Kind.NOT_DONE : Kind.UNKNOWN;
      assertEquals(status < 500 && status != 429 ? Kind.REFUSED : unlessRefused, failure.kind());
      assertEquals(status, failure.status());
      assertTrue(failure.getMessage().contains("GitLab answered " + status));
      assertFalse(failure.getMessage().contains("<"), failure.getMessage());
    }
  }

  private void answer(JsonNode example) throws IOException {
    MockResponse.Builder response =
        new MockResponse.Builder().code(example.get("status").asInt()).body(body(example));
    example
        .path("headers")
        .properties()
        .forEach(header -> response.setHeader(header.getKey(), header.getValue().asText()));
    server.enqueue(response.build());
  }

  private static Stream<JsonNode> examples(String schema) throws IOException {
    return index().filter(example -> example.path("schema").asText().equals(schema));
  }

  private static Stream<JsonNode> index() throws IOException {
    JsonNode index =
        new ObjectMapper().readTree(Shared.require("data/schemas/index.json").toFile());
    return StreamSupport.stream(index.spliterator(), false)
        .filter(example -> example.get("file").asText().startsWith("gitlab/"));
  }

  private static String body(JsonNode example) throws IOException {
    return Files.readString(Shared.require("data/schemas/" + example.get("file").asText()));
  }
}
