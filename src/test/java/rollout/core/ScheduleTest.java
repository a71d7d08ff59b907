package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.plan.GateState;
import rollout.plan.Plan;
import rollout.plan.Stage;

/**
 * Random schedules of faults, kills and commands. A failure prints its seed; {@code -Drollout.seed}
 * plays that one first, {@code -Drollout.schedules} plays more of them.
 */
class ScheduleTest {
  static final long SEED = Long.getLong("rollout.seed", 20261122);
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

  @Test
  void aHealthyWorldEndsInTime() {
    Driver driver = new Driver(ShortPlan.of(java.util.Set.of()));
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
      bound =
          bound
              .plus(bake)
              .plus(plan.safety().propagation())
              .plus(plan.judgement().lag())
              .plus(stage.interval());
    }
    return bound;
  }

  private static void assertEnds(Schedule schedule) {
    Driver driver = schedule.driver();
    RolloutState state = driver.state();
    assertTrue(state.end().isPresent(), () -> "never ends: " + state.phase() + state.holds());
    for (Event event : driver.journal) {
      if (event instanceof Event.Sealed sealed && !wasTouched(schedule, sealed)) {
        assertEquals(GateState.OFF, driver.world.gates(sealed.environment()), "I1: not off");
      }
    }
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
