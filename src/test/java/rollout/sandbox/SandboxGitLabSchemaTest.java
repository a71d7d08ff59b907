package rollout.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollout.testing.Shared;

/** The bodies of the sandbox have the shape of GitLab's. */
class SandboxGitLabSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITION =
      "{\"name\":\"new_library\",\"feature_issue_url\":null,\"introduced_by_url\":null,"
          + "\"rollout_issue_url\":null,\"milestone\":\"19.1\",\"log_state_changes\":null,"
          + "\"type\":\"beta\",\"group\":\"group::gitaly\",\"default_enabled\":false}";

  private final HttpClient client = HttpClient.newHttpClient();
  private SandboxGitLab gitlab;

  @BeforeEach
  void start() throws IOException {
    SandboxWorld world = SandboxWorld.standard().withDefinition(JSON.readTree(DEFINITION));
    gitlab = new SandboxGitLab(InstantSource.system(), world);
    gitlab.start();
  }

  @AfterEach
  void stop() {
    gitlab.close();
  }

  @Test
  void flagsHaveTheShapeOfFlags() throws Exception {
    for (String form :
        List.of(
            "value=true&user=alice",
            "value=true&feature_group=team",
            "value=5.5&key=percentage_of_actors",
            "value=30",
            "value=true",
            "value=false")) {
      valid("feature", post("/api/v4/features/new_library", form));
    }
    valid("features-list", get("/api/v4/features"));
    valid("features-definitions", get("/api/v4/features/definitions"));
  }

  @Test
  void errorsHaveTheShapeOfErrors() throws Exception {
    valid("error", post("/api/v4/features/x", "key=percentage_of_actors"));
    valid("error", post("/api/v4/features/x", "value=abc"));
    valid("error", post("/api/v4/features/x", "value=101"));
    valid("error", get("/api/v4/features/x"));
    valid("error", send(request("/api/v4/features").setHeader("PRIVATE-TOKEN", "unknown")));
  }

  private static void valid(String schema, String body) throws IOException {
    String text =
        Files.readString(Shared.require("data/schemas/gitlab/" + schema + ".schema.json"));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    JsonNode json = JSON.readTree(body);
    assertEquals(List.of(), compiled.validate(json), () -> schema + ": " + body);
  }

  private String post(String path, String form) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private String get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gitlab.address() + path))
        .header("PRIVATE-TOKEN", SandboxWorld.TOKEN);
  }

  private String send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }
}
