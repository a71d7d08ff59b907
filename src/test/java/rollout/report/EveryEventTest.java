package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rollout.core.Actor;
import rollout.core.Attempt;
import rollout.core.Event;
import rollout.core.Failure;
import rollout.core.HoldKind;
import rollout.core.Obstacle;
import rollout.core.RolloutState;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.sequential.Past;
import rollout.plan.Exposure;
import rollout.plan.GateState;
import rollout.plan.Role;
import rollout.plan.Window;
import rollout.plan.diff.Change;
import rollout.testing.Histories;

/** No event may be forgotten: each is made here, and shown in every way there is. */
class EveryEventTest {
  private static final String HARM = "harm \u001b[31m\u202e";
  private static final Instant AT = Histories.BEGIN;
  private static final Exposure FIVE = Exposure.parse("5%");
  private static final GateState GATES = Histories.gates(FIVE);
  private static final Actor BO = new Actor(HARM, HARM);
  private static final Optional<String> WHY = Optional.of(HARM);

  static Stream<Class<?>> events() {
    return Arrays.stream(Event.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("events")
  void isShown(Class<?> type) {
    Event event = make(type);
    ObjectNode json = EventJson.of(7, event);
    assertEquals(7, json.get("seq").asInt());
    assertEquals("2026-11-22T14:00:00Z", json.get("at").asText());
    assertEquals(type.getSimpleName(), json.get("type").asText());
    isHarmless(json.toString());
    Optional<RolloutState> before =
        event instanceof Event.Started
            ? Optional.empty()
            : Optional.of(Histories.baking("low").state());
    String words = EventWords.of(before, event);
    assertFalse(words.isBlank());
    isHarmless(words);
    String line = EventLine.of(before, event, ZoneOffset.UTC);
    assertEquals(EventWords.isQuiet(before, event) ? "" : "14:00:00 " + words, line);
  }

  private static void isHarmless(String text) {
    assertTrue(text.chars().noneMatch(c -> c < ' ' || c == 0x202E), text);
    assertFalse(text.contains("TOKEN"), text);
  }

  private static Event make(Class<?> type) {
    return all().stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("make an example of " + type.getSimpleName()));
  }

  private static List<Event> all() {
    return Stream.concat(rising().stream(), ending().stream()).toList();
  }

  private static List<Event> rising() {
    return List.of(
        Histories.started().events().get(0),
        new Event.GatesRecorded(AT, "production", GATES),
        new Event.Replanned(
            AT,
            Histories.started().state().plan(),
            HARM,
            HARM,
            List.of(new Change(HARM, true)),
            true,
            BO,
            HARM),
        new Event.LimitSet(AT, Optional.of("low"), BO),
        new Event.StageEntered(AT, "low", List.of("production")),
        new Event.Overridden(
            AT, "freeze", List.of(new Obstacle("gitlab freeze period 3", HARM)), BO, WHY),
        new Event.MarkerIntended(AT, "production", "User:42"),
        new Event.MarkerConfirmed(AT, "production", GATES),
        new Event.ExposureIntended(AT, "low", "production", FIVE, GateState.OFF, GATES),
        new Event.ExposureConfirmed(AT, "low", "production", FIVE, GATES, true),
        new Event.AttemptFailed(
            AT, "production", Attempt.RAISE, Failure.UNKNOWN, HARM, AT.plusSeconds(2)),
        new Event.Answered(AT, "production"),
        new Event.StageVerified(AT, "low", List.of("production"), FIVE),
        new Event.Measured(AT, "low", 1, AT, List.of(measurement())),
        new Event.Judged(AT, "low", 1, AT, List.of(Histories.allPass())),
        new Event.PastRead(AT, "p99", "production", Past.UNKNOWN),
        new Event.PastUnread(AT, "p99", "production", HARM, AT.plusSeconds(2)),
        new Event.Warned(AT, "low", "p99", HARM),
        new Event.ApprovalAsked(AT, "low", HARM),
        new Event.Approved(AT, "low", BO, WHY),
        new Event.Promoted(AT, "low", BO, WHY),
        new Event.StagePassed(AT, "low", List.of("production"), FIVE));
  }

  private static List<Event> ending() {
    return List.of(
        new Event.Held(AT, HoldKind.BREACH, HARM, BO),
        new Event.Resumed(AT, List.of(HoldKind.DRIFT), WHY, BO, Map.of("production", GATES)),
        new Event.DriftSeen(AT, "production", GATES, GateState.on()),
        new Event.RollbackDecided(
            AT,
            Event.Cause.GUARDRAIL,
            "low",
            FIVE,
            List.of("production"),
            Optional.of("p99"),
            HARM,
            Optional.of(Double.NaN),
            Optional.of(0.5)),
        new Event.AbortRequested(AT, List.of("production"), BO, WHY),
        new Event.SwitchedOff(AT, "production"),
        new Event.Sealed(AT, "production"),
        new Event.BaselineIntended(AT, "production", GATES),
        new Event.BaselineRestored(AT, "production", GATES, List.of(HARM)),
        new Event.BaselineLeft(AT, "production", GATES, HARM),
        new Event.RolledBack(AT, HARM),
        new Event.Aborted(AT, HARM),
        new Event.Completed(AT));
  }

  private static Measurement measurement() {
    return new Measurement(
        "p99",
        new Window(AT.minus(Duration.ofMinutes(5)), AT),
        false,
        Map.of(
            Role.VALUE, new Reading.Value(Double.NaN),
            Role.ERRORS, new Reading.NoData(HARM),
            Role.REQUESTS, new Reading.Counts(1, 2),
            Role.CHECKS, new Reading.Series(Map.of(HARM, 3.0)),
            Role.BASELINE, new Reading.Partial(HARM)));
  }
}
