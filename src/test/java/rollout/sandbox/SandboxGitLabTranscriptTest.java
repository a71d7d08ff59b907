package rollout.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import rollout.sandbox.SandboxToken.Standing;
import rollout.testing.Shared;

/**
 * Every recorded request to GitLab's own code, in order, against the sandbox. All are sent, because
 * state carries over; of the few below the body is not compared.
 */
class SandboxGitLabTranscriptTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Rows of which only the status is compared, and why. */
  private static final Map<Integer, String> BODY_NOT_COMPARED =
      Map.of(
          80, "malformed JSON: the text is that of an older Grape",
          139, "the address of a Ruby object",
          140, "the address of a Ruby object",
          147, "the address of a Ruby object",
          183, "the recorder left the list out",
          199, "the recorder left the list out");

  /** The recording says that a real server may answer JSON null otherwise. */
  private static final int JSON_NULL = 76;

  /** Rows whose list the recorder cut down to one flag. */
  private static final Map<Integer, String> FILTERED =
      Map.of(5, "gitaly_a", 13, "gitaly_a", 106, "ff_l2", 109, "ff_l2", 116, "ff_l4");

  private int comparisons;
  private final List<String> differences = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void theSandboxAnswersLikeTheRecording() throws Exception {
    JsonNode recording =
        JSON.readTree(Shared.require("data/gitlab-features-transcripts.json").toFile());
    try (SandboxGitLab gitlab = new SandboxGitLab(InstantSource.system(), world(recording))) {
      gitlab.start();
      for (JsonNode row : recording.get("transcripts")) {
        replay(row, gitlab.address());
      }
    }
    assertTrue(differences.isEmpty(), () -> String.join("\n", differences));
    assertEquals(203 * 3 - 2 - BODY_NOT_COMPARED.size(), comparisons);
  }

  private static SandboxWorld world(JsonNode recording) {
    SandboxWorld world =
        SandboxWorld.standard()
            .withToken("glpat-admin-full", SandboxToken.administrator("root"))
            .withToken("glpat-admin-noadmmode", token("root", true, "api"))
            .withToken("glpat-admin-readapi", token("root", true, "read_api", "admin_mode"))
            .withToken("glpat-alice", token("alice", false, "api"))
            .withToken("glpat-expired", standing(Standing.EXPIRED))
            .withToken("glpat-revoked", standing(Standing.REVOKED));
    for (JsonNode definition : row(recording, 198).at("/response/body")) {
      world = world.withDefinition(definition);
    }
    return world;
  }

  private static SandboxToken token(String user, boolean administrator, String... scopes) {
    return new SandboxToken(user, administrator, Set.of(scopes), Standing.ACTIVE);
  }

  private static SandboxToken standing(Standing standing) {
    return new SandboxToken("root", true, Set.of("api", "admin_mode"), standing);
  }

  private static JsonNode row(JsonNode recording, int n) {
    return recording.get("transcripts").get(n - 1);
  }

  private void replay(JsonNode row, URI address) throws Exception {
    HttpResponse<String> answer = client.send(request(row, address), BodyHandlers.ofString());
    int n = row.get("n").asInt();
    JsonNode expected = row.get("response");
    if (n != JSON_NULL) {
      compare(n, "status", expected.get("status"), JSON.valueToTree(answer.statusCode()));
    }
    if (n != JSON_NULL && !BODY_NOT_COMPARED.containsKey(n)) {
      compare(n, "body", expected.get("body"), shown(n, answer.body()));
    }
    String authenticate = expected.at("/headers/WWW-Authenticate").asText("");
    String sent = answer.headers().firstValue("WWW-Authenticate").orElse("");
    compare(n, "header", JSON.valueToTree(authenticate), JSON.valueToTree(sent));
  }

  private static JsonNode shown(int n, String body) throws JsonProcessingException {
    if (body.isEmpty()) {
      return JSON.getNodeFactory().nullNode();
    }
    JsonNode all = JSON.readTree(body);
    if (!FILTERED.containsKey(n)) {
      return all;
    }
    ArrayNode filtered = JSON.createArrayNode();
    all.forEach(
        flag -> {
          if (flag.get("name").asText().equals(FILTERED.get(n))) {
            filtered.add(flag);
          }
        });
    return filtered;
  }

  private void compare(int n, String what, JsonNode expected, JsonNode actual) {
    comparisons++;
    if (!expected.equals(SandboxGitLabTranscriptTest::sameNumber, actual)) {
      differences.add("row " + n + " " + what + ": expected " + expected + " was " + actual);
    }
  }

  private static int sameNumber(JsonNode one, JsonNode other) {
    boolean same =
        one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue()) == 0
            : one.equals(other);
    return same ? 0 : 1;
  }

  private static HttpRequest request(JsonNode row, URI address) {
    JsonNode recorded = row.get("request");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + recorded.get("path").asText()))
            .method(recorded.get("method").asText(), body(recorded));
    recorded
        .get("headers")
        .properties()
        .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
    return request.build();
  }

  private static BodyPublisher body(JsonNode recorded) {
    if (recorded.get("form").isObject()) {
      StringJoiner form = new StringJoiner("&");
      recorded
          .get("form")
          .properties()
          .forEach(pair -> form.add(pair.getKey() + "=" + encoded(pair.getValue().asText())));
      return BodyPublishers.ofString(form.toString());
    }
    if (!recorded.get("json").isNull()) {
      return BodyPublishers.ofString(recorded.get("json").toString());
    }
    JsonNode raw = recorded.get("raw_body");
    return raw.isNull() ? BodyPublishers.noBody() : BodyPublishers.ofString(raw.asText());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
