package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.judge.Verdict;
import rollout.testing.Histories;
import rollout.testing.Scenes;

class StatusJsonTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final List<String> CONTRACT =
      List.of(
          "flag",
          "rollout",
          "phase",
          "sealed",
          "stage",
          "exposure",
          "reason",
          "started_at",
          "stage_verified_at",
          "bake_ends_at",
          "next_look_at",
          "guardrails",
          "exit_code");
  private static final Set<String> PHASES =
      Set.of(
          "preflight",
          "entering",
          "baking",
          "awaiting_approval",
          "awaiting_window",
          "held",
          "rolling_back",
          "sealing",
          "completed",
          "rolled_back",
          "aborted");

  @ParameterizedTest
  @EnumSource(Scenes.class)
  void everyMomentHasEveryFieldOfTheContract(Scenes scene) {
    ObjectNode status = status(scene.tell());
    CONTRACT.forEach(field -> assertTrue(status.has(field), field));
    assertTrue(PHASES.contains(status.get("phase").asText()));
    assertEquals(Set.of("dev", "staging", "production"), names(status.get("exposure")));
    for (String time : List.of("started_at", "stage_verified_at", "bake_ends_at", "next_look_at")) {
      assertTrue(status.get(time).isNull() || isUtc(status.get(time).asText()), time);
    }
    for (JsonNode guardrail : status.get("guardrails")) {
      assertTrue(
          names(guardrail).containsAll(Set.of("name", "verdict", "value", "limit", "looks")));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Scenes.class,
      names = {"BAKING", "EVIDENCE_HOLD", "SEALING", "RAISING", "AWAITING_APPROVAL"})
  void looksAsItDid(Scenes scene) throws IOException {
    String json = MAPPER.writeValueAsString(status(scene.tell())) + "\n";
    Golden.check("json/status-" + scene.name().toLowerCase(Locale.ROOT) + ".json", json);
  }

  @Test
  void aRaiseWithoutAnAnswerMakesTheExposureUnknown() {
    assertEquals(
        "unknown", status(Scenes.RAISING.tell()).get("exposure").get("production").asText());
  }

  @Test
  void onlyTheMarkerIsOff() {
    assertEquals("off", status(Scenes.ENTERING.tell()).get("exposure").get("dev").asText());
  }

  @Test
  void theBakeEndsLaterWhenALookProvedNothing() {
    Histories told = Histories.baking("low").looks("low", 10, Histories.allPass());
    Instant planned = Instant.parse(status(told).get("bake_ends_at").asText());
    told.looks(
        "low",
        1,
        Histories.allPassBut(
            Histories.silent("p99", Verdict.Kind.NO_DATA, "the query matched no series")));
    Instant later = Instant.parse(status(told).get("bake_ends_at").asText());
    assertEquals(planned.plusSeconds(120), later);
  }

  @Test
  void aStageThatIsEnteredAgainIsNotVerifiedYetAndLaterOnesAreToCome() {
    Histories told = Histories.baking("mid").looks("mid", 3, Histories.allPass());
    told.held(HoldKind.DRIFT, "production is at 5% of actors");
    told.add(
        new Event.Resumed(
            told.now(), List.of(HoldKind.DRIFT), Optional.empty(), Histories.ANA, Map.of()));
    told.entered("low");
    ObjectNode status = status(told);
    assertTrue(status.get("stage_verified_at").isNull());
    assertTrue(status.get("bake_ends_at").isNull());
    Standing standing = new Standing(told.state(), told.now());
    assertEquals(
        List.of(
            Standing.Mark.PASSED,
            Standing.Mark.PASSED,
            Standing.Mark.PRESENT,
            Standing.Mark.TO_COME,
            Standing.Mark.TO_COME),
        told.state().plan().stages().stream().map(standing::mark).toList());
  }

  @Test
  void whatIsNoNumberIsNull() {
    Histories told = Histories.baking("low");
    told.looks(
        "low",
        1,
        Histories.finding("p99", Verdict.Kind.ERROR, "NaN", Double.NaN, 0.5),
        Histories.finding(
            "events", Verdict.Kind.ERROR, "Inf", Double.POSITIVE_INFINITY, Double.NaN));
    for (JsonNode guardrail : status(told).get("guardrails")) {
      assertTrue(guardrail.get("value").isNull());
    }
  }

  @Test
  void textFromOutsideIsEscaped() {
    Histories told = Histories.baking("low").held(HoldKind.REFUSED, "403: \u001b[2J\u202e\nno");
    assertEquals("403: \\u001B[2J\\u202E\\u000Ano", status(told).get("reason").asText());
  }

  @Test
  void sealedIsSaidOnlyOnceItIs() {
    assertEquals(false, status(Scenes.SEALING.tell()).get("sealed").asBoolean());
    assertEquals(true, status(Scenes.ROLLED_BACK.tell()).get("sealed").asBoolean());
    assertEquals(false, status(Scenes.COMPLETED.tell()).get("sealed").asBoolean());
  }

  @Test
  void listsHoldOneStatusEach() {
    assertEquals("{\"rollouts\":[]}", ListJson.of(List.of(), Histories.BEGIN).toString());
    ObjectNode list =
        ListJson.of(
            List.of(Scenes.BAKING.tell().state(), Scenes.ABORTED.tell().state()), Histories.BEGIN);
    assertEquals("baking", list.get("rollouts").get(0).get("phase").asText());
    assertEquals("aborted", list.get("rollouts").get(1).get("phase").asText());
  }

  private static ObjectNode status(Histories told) {
    return StatusJson.of(told.state(), told.now());
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new java.util.HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isUtc(String text) {
    return text.endsWith("Z") && Instant.parse(text) != null;
  }
}
