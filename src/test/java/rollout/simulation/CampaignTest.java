package rollout.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The production core and engine under a virtual clock, with faults aimed at them: what may never
 * happen does not, and each safety rule is missed when it is switched off. {@code -Drollout.seed=N}
 * plays one rollout and tells its story; {@code -Psimulation} plays a million.
 */
class CampaignTest {
  private static final long FIRST = Long.getLong("rollout.firstSeed", 1);
  private static final long SEEDS = Long.getLong("rollout.seeds", 50_000);
  private static final Duration AT_MOST = Duration.ofSeconds(Long.getLong("rollout.seconds", 60));
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final long SEEDS_FOR_A_RULE = 20_000;

  /** Of fewer, chance alone leaves some combination out. */
  private static final long ENOUGH_TO_COUNT = 500_000;

  @Test
  void nothingThatMayNeverHappenDoes() throws Exception {
    Long one = Long.getLong("rollout.seed");
    if (one != null) {
      replay(one);
      return;
    }
    Campaign.Report report = new Campaign(Rules.ALL, THREADS, FIRST, SEEDS).run(AT_MOST, 10);
    System.out.println("simulation: from seed " + FIRST + ", " + report.summary());
    assertTrue(report.violations().isEmpty(), () -> told(report.violations().get(0)));
    if (SEEDS >= ENOUGH_TO_COUNT) {
      System.out.println(report.coverage().summary());
      assertEquals(List.of(), report.coverage().missed(), "reached too seldom");
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRuleThatIsSwitchedOffIsMissed(Rule rule) throws Exception {
    Campaign.Report report =
        new Campaign(Rules.without(rule), THREADS, FIRST, SEEDS_FOR_A_RULE)
            .run(Duration.ofMinutes(10), 1);
    System.out.println("simulation without " + rule + ": " + report.summary());
    assertEquals(1, report.violations().size(), () -> "nobody misses the rule " + rule);
    Simulation.Violation violation = report.violations().get(0);
    assertTrue(rule.prevents(violation), () -> violation.what() + "\n" + violation.scenario());
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    Simulation simulation =
        new Simulation(new Timeline.Threads(), Rules.without(Rule.FRESH_CONNECTION));
    Simulation.Violation first = firstViolation(simulation);
    Simulation.Violation again = simulation.play(first.scenario(), new Coverage(), true);
    assertEquals(again.story(), simulation.play(first.scenario(), new Coverage(), true).story());
    assertEquals(first.what(), again.what());
  }

  @Test
  void aViolationIsShrunkToTheFaultsItTakes() {
    Simulation simulation =
        new Simulation(new Timeline.Threads(), Rules.without(Rule.FRESH_CONNECTION));
    Simulation.Violation found = firstViolation(simulation);
    Simulation.Violation small = new Shrinking(simulation).shrink(found);
    assertEquals(found.kind(), small.kind());
    for (int i = 0; i < small.scenario().faults().size(); i++) {
      Simulation.Violation less =
          simulation.play(small.scenario().without(i), new Coverage(), false);
      assertTrue(less == null || !less.kind().equals(found.kind()), small.scenario()::toString);
    }
  }

  private static Simulation.Violation firstViolation(Simulation simulation) {
    for (long seed = FIRST; seed < FIRST + SEEDS_FOR_A_RULE; seed++) {
      Simulation.Violation violation = simulation.play(Scenarios.of(seed), new Coverage(), false);
      if (violation != null) {
        return violation;
      }
    }
    throw new AssertionError("no violation from seed " + FIRST + " on");
  }

  private static void replay(long seed) {
    Simulation simulation = new Simulation(new Timeline.Threads(), Rules.ALL);
    Simulation.Violation violation = simulation.play(Scenarios.of(seed), new Coverage(), true);
    assertNull(violation, () -> told(violation));
  }

  /** The seed, the faults it takes, and the story. */
  private static String told(Simulation.Violation violation) {
    Simulation simulation = new Simulation(new Timeline.Threads(), Rules.ALL);
    Simulation.Violation small = new Shrinking(simulation).shrink(violation);
    assertNotNull(small);
    return small.what()
        + "\nplay it again: -Drollout.seed="
        + violation.scenario().seed()
        + "\n"
        + small.scenario()
        + "\n"
        + small.story();
  }
}
