package rollout.sandbox;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.sandbox.History.window;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Window;
import rollout.testing.Plans;

class WorldTest {
  private static final String PRODUCTION = "production";
  private final Plan plan = Plans.checklist();
  private final History history =
      new History()
          .set("staging", ofHours(-2), "100%")
          .set(PRODUCTION, ofHours(0), "5%")
          .set(PRODUCTION, ofHours(2), "50%")
          .set(PRODUCTION, ofHours(3), "off");

  private World world(String scenario) {
    return new World(plan, Plans.FLAG, Scenario.parse(scenario, plan), history, 7);
  }

  @Test
  void countsOfNeighbouringWindowsAddUp() {
    long seed = 20_261_122;
    Random random = new Random(seed);
    World world = world("errors@mid");
    List<BiFunction<String, Window, Long>> counters =
        List.of(world::requests, world::errors, world::treated, world::untreated);
    for (int i = 0; i < 2_000; i++) {
      long[] edges = random.longs(3, -7_200_000, 18_000_000).sorted().toArray();
      for (var counter : counters) {
        for (String environment : List.of("dev", "staging", PRODUCTION)) {
          long first = counter.apply(environment, millis(edges[0], edges[1]));
          long second = counter.apply(environment, millis(edges[1], edges[2]));
          long both = counter.apply(environment, millis(edges[0], edges[2]));
          assertEquals(both, first + second, () -> "seed " + seed + ", " + List.of(edges));
          assertTrue(first >= 0 && second >= 0);
        }
      }
    }
  }

  @Test
  void theSeedDecidesEverything() {
    Window minute = window(ofHours(1), ofHours(1).plusMinutes(1));
    Scenario healthy = Scenario.HEALTHY;
    World again = new World(plan, Plans.FLAG, healthy, history, 7);
    World other = new World(plan, Plans.FLAG, healthy, history, 8);
    long count = world("healthy").requests(PRODUCTION, minute);
    assertEquals(count, again.requests(PRODUCTION, minute));
    assertTrue(count != other.requests(PRODUCTION, minute));
  }

  @Test
  void aDayOfProductionHasSixtyCallsASecondAndHardlyAnError() {
    Window day = window(ofDays(3), ofDays(4));
    World world = world("healthy");
    assertNear(60 * 86_400, world.requests(PRODUCTION, day), 0.01);
    assertNear(0.0005 * 60 * 86_400, world.errors(PRODUCTION, day), 0.01);
    assertTrue(world.requests("dev", day) < world.requests(PRODUCTION, day) / 10);
  }

  @Test
  void afternoonsAreBusierThanNights() {
    World world = world("healthy");
    long night = world.requests(PRODUCTION, window(ofHours(18), ofHours(20)));
    long afternoon = world.requests(PRODUCTION, window(ofHours(30), ofHours(32)));
    assertTrue(afternoon > 1.5 * night, () -> night + " at night, " + afternoon + " by day");
  }

  @Test
  void fivePercentOfActorsAreMoreOfAGitalyFlagsCalls() {
    assertNear(0.1855, treatedShare(Plans.FLAG), 0.01);
    assertNear(0.05, treatedShare(new FlagName("new_navigation")), 0.01);
  }

  private double treatedShare(FlagName flag) {
    World world = new World(plan, flag, Scenario.HEALTHY, history, 7);
    Window hour = window(ofMinutes(0), ofMinutes(60));
    return (double) world.treated(PRODUCTION, hour) / world.requests(PRODUCTION, hour);
  }

  @Test
  void harmBeginsWithItsStageAndEndsWhenTheLastProcessHasHeardOfTheEnd() {
    World world = world("errors@mid");
    Duration off = ofHours(3);
    Duration heard = off.plus(plan.safety().propagation());
    assertTrue(errorRate(world, ofMinutes(119), ofMinutes(120)) < 0.005);
    assertTrue(errorRate(world, ofMinutes(120), ofMinutes(121)) > 0.2);
    assertTrue(errorRate(world, off, heard) > 0.2);
    assertTrue(errorRate(world, heard, heard.plusMinutes(1)) < 0.005);
    assertTrue(errorRate(world("healthy"), ofMinutes(120), ofMinutes(121)) < 0.005);
  }

  @Test
  void harmInOneEnvironmentLeavesTheOthersAlone() {
    World world = world("errors@staging");
    Window hour = window(ofMinutes(0), ofMinutes(60));
    double staging = (double) world.errors("staging", hour) / world.requests("staging", hour);
    assertTrue(staging > 0.2);
    assertTrue(errorRate(world, ofMinutes(0), ofMinutes(60)) < 0.005);
  }

  @Test
  void aRaiseAfterACutDoesNotShortenIt() {
    History quick =
        new History()
            .set(PRODUCTION, ofSeconds(0), "100%")
            .set(PRODUCTION, ofSeconds(100), "off")
            .set(PRODUCTION, ofSeconds(110), "5%");
    assertEquals(
        List.of("0 165 100%", "165 forever 5%"),
        Stretch.of(quick.changes(PRODUCTION), ofSeconds(65)).stream().map(this::shown).toList());
  }

  @Test
  void whenNobodyUsesItNoCallSeesTheFlag() {
    World world = world("nobody-uses-it@low");
    Window hour = window(ofMinutes(0), ofMinutes(60));
    assertEquals(0, world.treated(PRODUCTION, hour));
    assertTrue(world.untreated(PRODUCTION, hour) > 1_000);
  }

  @Test
  void theRolloutIsWhereTheFlagWasTouchedLast() {
    List<String> all = List.of("dev", "staging", PRODUCTION);
    World world = world("healthy");
    assertEquals(PRODUCTION, world.current(all, History.at(ofHours(-3))));
    assertEquals("staging", world.current(all, History.at(ofHours(-1))));
    assertEquals(PRODUCTION, world.current(all, History.at(ofHours(1))));
  }

  @Test
  void aPlanOfMillisecondsStillHasEnoughCallsInAWindow() {
    Plan tiny = Plans.tiny();
    World world = new World(tiny, Plans.FLAG, Scenario.HEALTHY, history, 7);
    assertTrue(world.requests("staging", window(ofMillis(0), ofMillis(200))) >= 10);
    assertTrue(world.requests(PRODUCTION, window(ofMillis(0), ofMillis(600))) >= 1_000);
  }

  private String shown(Stretch stretch) {
    boolean lasts = stretch.to().equals(Instant.MAX);
    String to = lasts ? "forever" : seconds(stretch.to());
    return seconds(stretch.from()) + " " + to + " " + stretch.exposure();
  }

  private static String seconds(Instant time) {
    return Long.toString(Duration.between(History.START, time).toSeconds());
  }

  private double errorRate(World world, Duration from, Duration to) {
    Window window = window(from, to);
    return (double) world.errors(PRODUCTION, window) / world.requests(PRODUCTION, window);
  }

  private static Window millis(long from, long to) {
    return window(ofMillis(from), ofMillis(to));
  }

  private static void assertNear(double expected, double actual, double tolerance) {
    assertEquals(expected, actual, expected * tolerance);
  }
}
