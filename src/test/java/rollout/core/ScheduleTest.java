package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * Random schedules of faults, kills and commands. A failure prints its seed; {@code -Drollout.seed}
 * plays that one first, {@code -Drollout.schedules} plays more of them.
 */
class ScheduleTest {
  static final long SEED = Long.getLong("rollout.seed", 20261122);
  private static final GateState BEFORE = GateState.of(List.of("User:5"), List.of("team"));
  private static final int SCHEDULES = Integer.getInteger("rollout.schedules", 400);

  @Test
  void nothingThatMayNeverHappenDoes() {
    Map<Phase, Integer> ends = new EnumMap<>(Phase.class);
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed);
      try {
        schedule.play();
        schedule.heal();
        assertEnds(schedule);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed " + seed + " (-Drollout.seed=" + seed + "): " + e.getMessage() + trace(schedule),
            e);
      }
      ends.merge(schedule.driver().state().phase(), 1, Integer::sum);
    }
    assertEquals(3, ends.size(), () -> "these schedules end in too few ways: " + ends);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cells"})
  void aHealthyWorldEndsInTime(String option) {
    Driver driver = new Driver(ShortPlan.of(Set.of(option)));
    driver.start(ShortPlan.FLAG, Optional.empty(), List.of());
    Duration bound = bound(driver.plan);
    while (driver.state().end().isEmpty()) {
      Stage stage = driver.state().stage().orElse(driver.plan.stages().get(0));
      driver.ask(new Input.Approve(driver.now, stage.name(), Driver.PERSON, Optional.empty()));
      driver.run(Duration.ofSeconds(1));
      Duration taken = Duration.between(Driver.BEGIN, driver.now);
      assertTrue(taken.compareTo(bound) <= 0, () -> taken + " of " + bound);
    }
    assertEquals(Phase.COMPLETED, driver.state().phase());
  }

  /** L1, and the marker's wait in each environment. */
  private static Duration bound(Plan plan) {
    Duration bound = plan.safety().propagation().multipliedBy(plan.environments().size());
    for (Stage stage : plan.stages()) {
      Duration bake = stage.bake().multipliedBy(11).dividedBy(10);
      Duration raises = plan.safety().propagation().multipliedBy(stage.environments().size());
      bound = bound.plus(bake).plus(raises).plus(plan.judgement().lag()).plus(stage.interval());
    }
    return bound;
  }

  private static void assertEnds(Schedule schedule) {
    Driver driver = schedule.driver();
    RolloutState state = driver.state();
    assertTrue(state.end().isPresent(), () -> "never ends: " + state.phase() + state.holds());
    for (Event event : driver.journal) {
      if (event instanceof Event.Sealed sealed && !wasTouched(schedule, sealed)) {
        assertStays(driver, sealed.environment());
      }
    }
  }

  /** Off, or what was there before; where somebody joined in, at most that and theirs. */
  private static void assertStays(Driver driver, String environment) {
    GateState gates = driver.world.gates(environment);
    Optional<Event> last = lastOfSeal(driver, environment);
    if (last.filter(Event.BaselineLeft.class::isInstance).isPresent()) {
      assertFalse(gates.isWide(), () -> "I1: " + gates);
    } else {
      boolean restored = last.filter(Event.BaselineRestored.class::isInstance).isPresent();
      assertEquals(restored ? BEFORE : GateState.OFF, gates, "I1");
    }
  }

  /** The last word on one environment: off, put back, or left. */
  private static Optional<Event> lastOfSeal(Driver driver, String environment) {
    return driver.journal.stream()
        .filter(
            event ->
                event instanceof Event.SwitchedOff e && e.environment().equals(environment)
                    || event instanceof Event.BaselineRestored r
                        && r.environment().equals(environment)
                    || event instanceof Event.BaselineLeft l && l.environment().equals(environment))
        .reduce((earlier, later) -> later);
  }

  private static boolean wasTouched(Schedule schedule, Event.Sealed sealed) {
    Instant touched = schedule.touched.get(sealed.environment());
    return touched != null && touched.isAfter(sealed.at());
  }

  private static String trace(Schedule schedule) {
    List<Event> journal = schedule.driver().journal;
    List<String> lines = new java.util.ArrayList<>(schedule.acts);
    Lines.of(journal).forEach(lines::add);
    return "\n" + String.join("\n", lines);
  }
}
