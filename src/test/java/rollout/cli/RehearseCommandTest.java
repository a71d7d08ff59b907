package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Product;

/** {@code rehearse} without any variable set. */
@Timeout(120)
class RehearseCommandTest {
  @TempDir Path directory;

  private Product product;

  @BeforeEach
  void plan() throws IOException {
    Files.writeString(
        directory.resolve("rollout.yaml"),
        """
        version: 1
        environments:
          production: { url: "${NOBODY}", token: "${SETS_THESE}", variables: { env: gprd } }
        sources:
          prometheus: { type: prometheus, url: "${VARIABLES}" }
        guardrails:
          - name: errors
            source: prometheus
            errors: sum(increase(errors_total{env="{{env}}"}[{{window}}]))
            requests: sum(increase(requests_total{env="{{env}}"}[{{window}}]))
            max_ratio: 1%
            for: 3
          - { name: p99, source: prometheus, value: 'p99{env="{{env}}"}', max: 0.5, for: 3 }
        stages:
          - { name: low, environment: production, exposure: 5%,  bake: 1h }
          - { name: mid, environment: production, exposure: 50%, bake: 1h }
        """);
    product = Product.in(directory);
  }

  @Test
  void whatIsHarmfulIsTakenBackAndWhatIsNotPasses() {
    Ended ended =
        product.run(
            "rehearse",
            FLAG,
            "-o",
            "json",
            "--harm",
            "step",
            "--harm",
            "ramp",
            "--harm",
            "latency",
            "--harm",
            "transient",
            "--harm",
            "shared@mid");
    assertEquals(0, ended.code(), ended::toString);
    JsonNode json = ended.json();
    assertTrue(json.get("well").asBoolean());
    assertEquals(5, json.get("harms").size());
    JsonNode step = json.get("harms").get(0);
    assertEquals("rolled_back", step.get("ending").asText());
    assertEquals("errors", step.get("guardrail").asText());
    assertEquals("low", step.get("stage").asText());
    assertTrue(step.get("decided_after_s").asDouble() < 600, step::toString);
    assertTrue(step.get("harmed_requests").asLong() > 0, step::toString);
    assertEquals("p99", json.get("harms").get(2).get("guardrail").asText());
    assertEquals("passed", json.get("harms").get(3).get("ending").asText());
    assertEquals("mid", json.get("harms").get(4).get("stage").asText());
    assertFalse(Files.exists(directory.resolve("state")), "the ordinary state is left alone");
  }

  @Test
  void harmThatNobodySeesEndsWith4AndNamesWhoShouldHaveSeenIt() {
    Ended ended = product.run("rehearse", FLAG, "--harm", "step:3x", "--harm", "new-issue");
    assertEquals(4, ended.code(), ended::toString);
    String flat = ended.out().replaceAll("\\s+", " ");
    assertTrue(flat.contains("errors would have to see it"), ended::toString);
    assertTrue(flat.contains("a guardrail that counts new_issues"), ended::toString);
    assertTrue(flat.contains("2 of 2 ended as they should not"), ended::toString);
  }

  @Test
  void everyStageIsTriedOnRequest() {
    JsonNode json =
        product.run("rehearse", FLAG, "-o", "json", "--harm", "step:100x", "--every-stage").json();
    assertEquals("low", json.get("harms").get(0).get("stage").asText());
    assertEquals("mid", json.get("harms").get(1).get("stage").asText());
  }

  @Test
  void whatIsNoHarmIsAMistakeInTheCall() {
    Ended kind = product.run("rehearse", FLAG, "--harm", "fire");
    assertEquals(2, kind.code(), kind::toString);
    assertTrue(kind.err().contains("step, ramp, latency, new-issue"), kind::toString);
    assertEquals(2, product.run("rehearse", FLAG, "--harm", "step:0x").code());
    assertEquals(2, product.run("rehearse", FLAG, "--harm", "step@nowhere").code());
    assertEquals(2, product.run("rehearse").code());
  }
}
