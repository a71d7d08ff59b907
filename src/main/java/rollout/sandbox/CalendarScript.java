package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import rollout.plan.RaiseConditions;
import rollout.plan.Window;

/**
 * An incident or a freeze that begins in the middle of the scenario's stage and lasts longer than
 * its bake: the raise after it has to wait.
 */
final class CalendarScript {
  private static final Duration OVERTIME = Duration.ofHours(2);

  private final Scenario scenario;
  private final World world;
  private final InstantSource clock;

  CalendarScript(Scenario scenario, World world, InstantSource clock) {
    this.scenario = scenario;
    this.world = world;
    this.clock = clock;
  }

  /** What is to be seen of an open incident now, with the first of the plan's labels. */
  List<SandboxCalendar.Issue> incidents(RaiseConditions.Incidents asked) {
    return time(Scenario.Kind.INCIDENT)
        .filter(time -> !clock.instant().isBefore(time.from()))
        .filter(time -> clock.instant().isBefore(time.to()))
        .map(
            time ->
                new SandboxCalendar.Issue(
                    7,
                    "Elevated error rate on git",
                    asked.labels().stream().limit(1).toList(),
                    true))
        .stream()
        .toList();
  }

  /** The freeze period, once it is known when it begins. */
  List<SandboxCalendar.Freeze> freezes() {
    return time(Scenario.Kind.FREEZE)
        .map(time -> new SandboxCalendar.Freeze(1, cron(time.from()), cron(time.to()), "UTC"))
        .stream()
        .toList();
  }

  private Optional<Window> time(Scenario.Kind kind) {
    return scenario.kind() == kind ? world.onset().map(this::around) : Optional.empty();
  }

  private Window around(Instant onset) {
    Duration bake = scenario.stage().orElseThrow().bake();
    return new Window(onset.plus(bake.dividedBy(2)), onset.plus(bake).plus(OVERTIME));
  }

  private static String cron(Instant at) {
    ZonedDateTime time = at.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC);
    return "%d %d %d %d *"
        .formatted(time.getMinute(), time.getHour(), time.getDayOfMonth(), time.getMonthValue());
  }
}
