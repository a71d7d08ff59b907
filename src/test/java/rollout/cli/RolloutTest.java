package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ScriptedPrometheus;
import rollout.testing.ShortPlans;

/**
 * Whole rollouts in real time, against servers over real HTTP: how each ends, and what was sent.
 */
@Timeout(60)
class RolloutTest {
  @TempDir Path directory;
  private Playground playground;

  @AfterEach
  void close() {
    playground.close();
  }

  private void open(String plan, String scenario) {
    playground = Playground.open(directory, plan, scenario);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aHealthyFlagGoesThroughItsStagesAndNothingIsSentTwice() {
    open(ShortPlans.fourStages(), "healthy");

    Ended ended = playground.run("start", FLAG);

    assertEquals(0, ended.code(), ended::toString);
    assertEquals(List.of("staging", "low", "mid", "full"), playground.passed());
    Map<String, String> marker = Map.of("value", "true", "user", "rollout-bot");
    assertEquals(List.of(marker, Map.of("value", "true")), playground.writes("staging"));
    assertEquals(
        List.of(
            marker,
            Map.of("value", "5", "key", "percentage_of_actors"),
            Map.of("value", "50", "key", "percentage_of_actors"),
            Map.of("value", "true")),
        playground.writes("production"));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({"low, 5%", "mid, 50%", "full, 100%"})
  void aBreachTakesTheFlagBackWithinTwoSecondsOfTheLookThatCompletesIt(
      String stage, String exposure) {
    open(ShortPlans.fourStages(), "errors@" + stage);

    Ended ended = playground.run("start", FLAG, "-o", "json");

    assertEquals(20, ended.code(), ended::toString);
    assertEquals("rolled_back", ended.json().path("phase").asText());
    assertEquals("off", ended.json().path("exposure").path("production").asText());
    assertTrue(playground.gates("production").isOff(), () -> "" + playground.gates("production"));
    assertTrue(playground.gates("staging").everybody(), "only the stage's environment goes back");
    JsonNode decided = playground.history("RollbackDecided").get(0);
    assertEquals(exposure, decided.path("exposure").asText());
    assertEquals("grpc-errors", decided.path("guardrail").asText());
    Duration took = Duration.between(lastLookDue(), time(playground.history("SwitchedOff").get(0)));
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, () -> "off only after " + took);
    assertFalse(playground.passed().contains(stage));
  }

  private Instant lastLookDue() {
    List<JsonNode> looks = playground.history("Judged");
    return Instant.parse(looks.get(looks.size() - 1).path("due_at").asText());
  }

  private static Instant time(JsonNode event) {
    return Instant.parse(event.path("at").asText());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aHealthyServiceWithoutAnyErrorSeriesPasses() {
    open(ShortPlans.oneStage(), "healthy");
    try (ScriptedPrometheus prometheus = new ScriptedPrometheus(RolloutTest::onlyRequests)) {
      playground.set("PROMETHEUS_URL", prometheus.url());

      Ended ended = playground.run("start", FLAG);

      assertEquals(0, ended.code(), ended::toString);
    }
  }

  private static OptionalDouble onlyRequests(String query) {
    return query.contains("requests_total") ? OptionalDouble.of(1000) : OptionalDouble.empty();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({"1, 0", "2, 0", "3, 20"})
  void fewerBadLooksInARowThanItsForChangeNothing(int bad, int code) {
    open(ShortPlans.oneStage(), "healthy");
    AtomicInteger looks = new AtomicInteger();
    try (ScriptedPrometheus prometheus =
        new ScriptedPrometheus(
            query ->
                query.contains("requests_total")
                    ? OptionalDouble.of(1000)
                    : OptionalDouble.of(looks.incrementAndGet() <= bad ? 500 : 0))) {
      playground.set("PROMETHEUS_URL", prometheus.url());

      Ended ended = playground.run("start", FLAG);

      assertEquals(code, ended.code(), ended::toString);
      assertEquals(bad, breachedLooks());
      assertEquals(List.of("5"), playground.raises("production"));
      assertEquals(List.of(), playground.history("Held"));
    }
  }

  private long breachedLooks() {
    return playground.history("Judged").stream()
        .flatMap(look -> StreamSupport.stream(look.path("findings").spliterator(), false))
        .filter(finding -> finding.path("breached").asBoolean())
        .count();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void withTheRollbackSwitchedOffHarmIsSeenAndNothingPassesOnIt() {
    open(ShortPlans.oneStage().replace("on_breach: rollback", "on_breach: hold"), "errors@low");

    Ended ended = playground.run("start", FLAG, "--max-wait", "2s", "-o", "json");

    assertEquals(4, ended.code(), ended::toString);
    assertEquals("held", ended.json().path("phase").asText());
    assertEquals("low", ended.json().path("stage").asText());
    assertEquals("fail", ended.json().path("guardrails").path(0).path("verdict").asText());
    assertEquals(List.of(), playground.passed());
    assertFalse(playground.gates("production").isOff(), "nobody took it back");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aGuardrailThatOnlyWarnsLetsHarmPassAndSaysSo() {
    open(ShortPlans.fourStages().replace("on_breach: rollback", "on_breach: warn"), "errors@low");

    Ended ended = playground.run("start", FLAG);

    assertEquals(0, ended.code(), ended::toString);
    assertEquals(List.of("low", "mid", "full"), warned());
    assertTrue(ended.out().contains("grpc-errors"), ended::toString);
  }

  private List<String> warned() {
    return playground.history("Warned").stream()
        .map(event -> event.path("stage").asText())
        .distinct()
        .toList();
  }
}
