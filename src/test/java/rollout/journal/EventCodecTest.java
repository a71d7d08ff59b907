package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rollout.core.Actor;
import rollout.core.Event;
import rollout.core.HoldKind;
import rollout.judge.Reading;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.OpenHours;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.RaiseConditions;
import rollout.plan.RolloutId;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.port.PortException;

/**
 * The stored form of version 1, one file an event. {@code -Drollout.rewrite=true} writes files that
 * are missing; one that was released is never rewritten, because journals hold its like for ever.
 */
class EventCodecTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FILES =
      Path.of(System.getProperty("rollout.basedir", "."), "src/test/resources/rollout/journal/v1");

  static Stream<Event> events() {
    return Examples.events().stream();
  }

  @Test
  void everyTypeHasAnExample() {
    Set<Class<?>> missing = new HashSet<>(Arrays.asList(Event.class.getPermittedSubclasses()));
    events().map(Event::getClass).forEach(missing::remove);
    assertEquals(Set.of(), missing);
  }

  @Test
  void theExamplesHaveEveryKindOfReadingCheckAndSource() {
    var readings =
        Stream.of(Examples.measured(1), Examples.measuredLater())
            .flatMap(measured -> measured.measurements().stream())
            .flatMap(one -> one.readings().values().stream());
    var plans = List.of(ExamplePlan.plan(), ExamplePlan.later(), ExamplePlan.comparing());
    var checks = plans.stream().flatMap(plan -> plan.guardrails().stream()).map(Guardrail::check);
    assertEquals(permitted(Reading.class), classes(readings));
    assertEquals(permitted(Check.class), classes(checks));
    assertEquals(
        permitted(Source.class), classes(plans.stream().flatMap(plan -> plan.sources().stream())));
  }

  static Stream<Arguments> stored() {
    return Stream.concat(
        Examples.events().stream().map(event -> arguments(EventCodec.typeOf(event), event)),
        Examples.later().entrySet().stream().map(one -> arguments(one.getKey(), one.getValue())));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void whatIsWrittenIsReadBack(String name, Event event) throws PortException {
    assertEquals(event, EventCodec.decode("it", EventCodec.encode(event)));
  }

  @Test
  void theConditionsOfRaisesAreReadBack() throws PortException {
    Event.Started started = Examples.started(new RolloutId("r-1"), true);
    Plan plan = started.plan();
    OpenHours night =
        new OpenHours(
            EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.MONDAY),
            LocalTime.of(22, 30),
            LocalTime.of(6, 0),
            ZoneId.of("Europe/Berlin"));
    RaiseConditions conditions =
        new RaiseConditions(
            Map.of("production", night, "dev", OpenHours.ALWAYS),
            Optional.of(new RaiseConditions.Incidents("production", "infra", List.of("a", "b"))),
            Optional.of(new RaiseConditions.Freeze("dev", "gitlab")));
    Event with =
        new Event.Started(
            started.at(),
            started.rollout(),
            started.flag(),
            new Plan(
                plan.environments(),
                plan.sources(),
                plan.flags(),
                plan.variables(),
                plan.overrides(),
                plan.guardrails(),
                plan.exposureCheck(),
                plan.stages(),
                plan.judgement(),
                plan.safety(),
                conditions),
            started.actor(),
            started.reason(),
            started.program(),
            started.sandbox(),
            started.overrides());
    Event.Started read = (Event.Started) EventCodec.decode("it", EventCodec.encode(with));
    assertEquals(conditions, read.plan().conditions());
  }

  @ParameterizedTest
  @MethodSource("stored")
  void theStoredFormIsTheOneOfVersionOne(String name, Event event)
      throws IOException, PortException {
    Path file = FILES.resolve(name + ".json");
    JsonNode stored = MAPPER.readTree(EventCodec.encode(event));
    if (Boolean.getBoolean("rollout.rewrite") && !Files.exists(file)) {
      String pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(stored);
      Files.writeString(file, pretty + "\n");
    }
    String golden = Files.readString(file);
    assertEquals(MAPPER.readTree(golden), stored);
    assertEquals(event, EventCodec.decode("it", golden));
  }

  @ParameterizedTest
  @MethodSource("events")
  void theNameOfTheTypeIsTheContracts(Event event) {
    assertEquals(event.getClass().getSimpleName(), EventCodec.typeOf(event));
  }

  @Test
  void fieldsOfANewerVersionAreLeftAlone() throws PortException {
    String text = EventCodec.encode(new Event.Sealed(Examples.AT, "dev"));
    String more = text.replace("{\"v\":1,", "{\"v\":1,\"mood\":{\"good\":[1]},");
    assertEquals(new Event.Sealed(Examples.AT, "dev"), EventCodec.decode("it", more));
  }

  @Test
  void anEventOfANewerVersionIsRefusedInWords() {
    assertRefused(
        "{\"v\":1,\"type\":\"Danced\",\"at\":\"2026-11-22T14:05:00Z\"}",
        "Event 7 of rollout x was written by a newer version of this program"
            + " (\"Danced\" is no event it knows); upgrade this one and try again");
    assertRefused(
        "{\"v\":2,\"type\":\"Sealed\",\"at\":\"2026-11-22T14:05:00Z\",\"environment\":\"dev\"}",
        "Event 7 of rollout x was written by a newer version of this program"
            + " (its form is number 2, not 1); upgrade this one and try again");
    assertRefused(
        EventCodec.encode(Examples.judged(1)).replace("\"NO_DATA\"", "\"MAYBE\""),
        "Event 7 of rollout x was written by a newer version of this program"
            + " (\"MAYBE\" is no Kind it knows); upgrade this one and try again");
  }

  @Test
  void aDamagedEventIsRefusedInWords() {
    String what = "; restore the journal from a copy, and end the rollout with abort meanwhile";
    assertRefused(
        "{\"v\":1,\"type\":\"Sealed\",\"at\":\"2026-11-22T14:05:00Z\"}",
        "Event 7 of rollout x is damaged (\"environment\" is missing)" + what);
    assertRefused(
        "{\"v\":1,\"type\":\"Completed\",\"at\":\"soon\"}",
        "Event 7 of rollout x is damaged (Text 'soon' could not be parsed at index 0)" + what);
    assertRefused(
        "[]", "Event 7 of rollout x is damaged ([] stands where an object should)" + what);
    assertRefused("", "Event 7 of rollout x is damaged ( stands where an object should)" + what);
    PortException cut =
        assertThrows(PortException.class, () -> EventCodec.decode("it", "{\"v\":1,\"ty"));
    assertTrue(cut.getMessage().startsWith("it is damaged (Unexpected end-of-input"), "" + cut);
  }

  @Test
  void whoActedIsKeptWithHostAndClaimAndReadWithoutThem() throws PortException {
    Actor job =
        new Actor(
            "root", "https://gitlab.com/jobs/7", Optional.of("runner-7"), Optional.of("jane"));
    Event held = new Event.Held(Examples.AT, HoldKind.PERSON, "lunch", job);
    String text = EventCodec.encode(held);
    assertEquals(held, EventCodec.decode("it", text));
    String old = text.replace(",\"host\":\"runner-7\",\"claim\":\"jane\"", "");
    assertEquals(
        new Event.Held(
            Examples.AT, HoldKind.PERSON, "lunch", new Actor("root", "https://gitlab.com/jobs/7")),
        EventCodec.decode("it", old));
  }

  @Test
  void aLiteralSecretNeverReachesTheJournal() throws PortException {
    Origin origin = new Origin("rollout.yaml", 3, 14);
    var plan = ExamplePlan.plan(SecretRef.text(ExamplePlan.LITERAL, origin));
    var example = Examples.started(Examples.ROLLOUT, false);
    var started =
        new Event.Started(
            example.at(),
            example.rollout(),
            example.flag(),
            plan,
            example.actor(),
            example.reason(),
            example.program(),
            false,
            example.overrides());
    String text = EventCodec.encode(started);
    assertFalse(text.contains(ExamplePlan.LITERAL), text);
    SecretRef token =
        ((Event.Started) EventCodec.decode("it", text))
            .plan()
            .environment("production")
            .token()
            .orElseThrow();
    assertEquals(SecretRef.Kind.WITHHELD, token.kind());
    assertEquals(origin, token.origin());
  }

  private static void assertRefused(String text, String sentence) {
    PortException refused =
        assertThrows(
            PortException.class, () -> EventCodec.decode("Event 7 of rollout x", text), text);
    assertEquals(sentence, refused.getMessage());
    assertEquals(PortException.Kind.REFUSED, refused.kind());
  }

  private static Set<Class<?>> permitted(Class<?> type) {
    return Set.of(type.getPermittedSubclasses());
  }

  private static Set<Class<?>> classes(Stream<?> values) {
    return values.map(Object::getClass).collect(Collectors.toSet());
  }
}
