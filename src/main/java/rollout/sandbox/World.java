package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Window;

/**
 * What really happens in the sandbox: a pure function of time, seed and the true gates. Counts over
 * windows side by side add up to the count over the window around them, and a fault hurts only
 * while the flag is on.
 */
public final class World {
  /** Of all calls, flag or not. */
  private static final double FAILING = 0.0005;

  /** Of the calls that see a flag that does harm. */
  private static final double HARMED = 0.3;

  private static final Duration SHORTLY = Duration.ofSeconds(45);

  /** What passes by itself is so many times the usual: within most limits, were it for good. */
  private static final double PASSING = 10;

  private static final int STEPS_OF_A_RAMP = 10;
  private static final int LOOKS_OF_A_TRANSIENT = 2;
  private static final int LOOKS_OF_AN_INCIDENT = 10;

  private final FlagName flag;
  private final Scenario scenario;
  private final TrueGates gates;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final Plan plan;

  /**
   * @param plan whose environments, floors and propagation it has
   * @param seed of all its unevenness
   */
  public World(Plan plan, FlagName flag, Scenario scenario, TrueGates gates, long seed) {
    this.plan = plan;
    this.flag = flag;
    this.scenario = scenario;
    this.gates = gates;
    for (Environment environment : plan.environments()) {
      services.put(environment.name(), service(environment.name(), seed));
    }
  }

  private Service service(String name, long seed) {
    double calls = Traffic.perSecond(plan, name);
    return new Service(
        new Flow(calls, Noise.seed(seed, name)),
        new Flow(calls * FAILING, Noise.seed(seed, name + " failures")),
        () -> Stretch.of(gates.changes(name), plan.safety().propagation()),
        exposure -> share(name, exposure));
  }

  /** All calls in a window. */
  public long requests(String environment, Window window) {
    return Flow.count(services.get(environment).calls()::until, window);
  }

  /** The calls in a window that failed. */
  public long errors(String environment, Window window) {
    Service service = services.get(environment);
    return Flow.count(
        time ->
            service.failures().until(time)
                + failedByFlag(environment, time)
                + failedBeside(environment, time),
        window);
  }

  /** The calls in a window that fail whatever the flag does: as a service without it would. */
  long usualErrors(String environment, Window window) {
    return Flow.count(services.get(environment).failures()::until, window);
  }

  /** The calls in a window for which the flag was on. */
  public long treated(String environment, Window window) {
    return Flow.count(services.get(environment)::treated, window);
  }

  /** The calls in a window for which the flag was off. */
  public long untreated(String environment, Window window) {
    return Flow.count(services.get(environment)::untreated, window);
  }

  /** The calls in a window for which the flag was on and that failed. */
  public long treatedErrors(String environment, Window window) {
    Service service = services.get(environment);
    return Flow.count(
        time -> service.treatedFailures(time) + failedByFlag(environment, time), window);
  }

  /** The calls in a window for which the flag was off and that failed. */
  public long untreatedErrors(String environment, Window window) {
    Service service = services.get(environment);
    return Flow.count(
        time -> service.failures().until(time) - service.treatedFailures(time), window);
  }

  /** The share of all calls in a window that were slow because of the flag, 0 to 1. */
  public double slowed(String environment, Window window) {
    if (scenario.kind() != Scenario.Kind.LATENCY || window.isEmpty()) {
      return 0;
    }
    Flow calls = services.get(environment).calls();
    double harmed = harmed(environment, window.to()) - harmed(environment, window.from());
    return harmed / (calls.until(window.to()) - calls.until(window.from()));
  }

  /** Calls that failed because of the flag, from the beginning until then. */
  double failedByFlag(String environment, Instant time) {
    return switch (scenario.kind()) {
      case ERRORS, RAMP, TRANSIENT -> harmed(environment, time);
      default -> 0;
    };
  }

  /** Calls that failed though the flag had no part in it, and not as usual. */
  private double failedBeside(String environment, Instant time) {
    if (scenario.kind() != Scenario.Kind.SHARED) {
      return 0;
    }
    Flow calls = services.get(environment).calls();
    return passing(LOOKS_OF_AN_INCIDENT)
        .map(between -> between.upTo(time))
        .map(between -> harm() * (calls.until(between.to()) - calls.until(between.from())))
        .orElse(0.0);
  }

  /** Calls that the flag has harmed in all environments, from the beginning until then. */
  public long harmed(Instant time) {
    return Math.round(services.keySet().stream().mapToDouble(where -> harmed(where, time)).sum());
  }

  /** Calls that the flag harmed in whatever way, from the beginning until then. */
  double harmed(String environment, Instant time) {
    return switch (scenario.kind()) {
      case HEALTHY, SHARED, OUTAGE, NOBODY_USES_IT, INCIDENT, FREEZE, ALERT -> 0;
      case ERRORS, LATENCY, NEW_ISSUE -> struck(environment, time);
      case RAMP -> ramp(environment, time);
      case TRANSIENT ->
          passing(LOOKS_OF_A_TRANSIENT)
              .map(between -> struck(environment, between.upTo(time)))
              .orElse(0.0);
    };
  }

  /** Steps of equal size, which come as evenly. */
  private double ramp(String environment, Instant time) {
    Instant begin = onset().orElse(Instant.MAX);
    if (!begin.isBefore(time)) {
      return 0;
    }
    Duration step = scenario.stage().orElseThrow().bake().dividedBy(2L * STEPS_OF_A_RAMP);
    double sum = 0;
    for (int i = 1; i <= STEPS_OF_A_RAMP; i++) {
      Instant from = begin.plus(step.multipliedBy(i));
      if (from.isBefore(time)) {
        sum += struck(environment, new Between(from, time)) / STEPS_OF_A_RAMP;
      }
    }
    return sum;
  }

  /** A stretch of time, perhaps an empty one. */
  private record Between(Instant from, Instant to) {
    Between upTo(Instant time) {
      Instant end = time.isBefore(to) ? time : to;
      return new Between(from, end.isBefore(from) ? from : end);
    }
  }

  /** When that is at work which passes by itself: well inside the bake. */
  private Optional<Between> passing(int looks) {
    return onset()
        .map(
            begin -> {
              Stage stage = scenario.stage().orElseThrow();
              Instant from = begin.plus(propagation()).plus(stage.bake().dividedBy(4));
              return new Between(from, from.plus(stage.interval().multipliedBy(looks)));
            });
  }

  private double struck(String environment, Between between) {
    return struck(environment, between.to()) - struck(environment, between.from());
  }

  private double struck(String environment, Instant time) {
    return services
        .get(environment)
        .treatedWhile(
            time,
            exposure ->
                scenario.strikes(environment, exposure)
                    ? harm() * share(environment, exposure)
                    : 0);
  }

  /** Of the calls concerned, beside those that fail anyway. */
  private double harm() {
    boolean passes =
        scenario.kind() == Scenario.Kind.TRANSIENT || scenario.kind() == Scenario.Kind.SHARED;
    return scenario
        .times()
        .or(() -> passes ? Optional.of(PASSING) : Optional.empty())
        .map(times -> FAILING * (times - 1))
        .orElse(HARMED);
  }

  /**
   * Events that a share of all calls leaves behind, whatever the flag does.
   *
   * @param number tells several trickles apart
   */
  Flow trickle(String environment, double ofCalls, int number) {
    Flow calls = services.get(environment).calls();
    return new Flow(calls.perSecond() * ofCalls, calls.seed() + number);
  }

  /** How far a gauge is off its usual value in that minute, -1 to 1. */
  double unrest(String environment, Instant time) {
    long seed = services.get(environment).calls().seed();
    return Noise.at(seed, Math.floorDiv(time.getEpochSecond(), 60));
  }

  /** How long until every process of its GitLab has seen a change. */
  Duration propagation() {
    return plan.safety().propagation();
  }

  /** What goes wrong. */
  Scenario scenario() {
    return scenario;
  }

  /**
   * When people see what goes wrong: early in the bake, however short that is; the bake begins when
   * a raise is seen everywhere.
   */
  Optional<Instant> noticed() {
    return onset()
        .map(
            onset -> {
              Duration early = scenario.stage().orElseThrow().bake().dividedBy(20);
              return onset.plus(propagation()).plus(early.compareTo(SHORTLY) < 0 ? early : SHORTLY);
            });
  }

  /** When the stage from which things go wrong was reached first. */
  public Optional<Instant> onset() {
    return scenario.stage().stream()
        .flatMap(stage -> stage.environments().stream())
        .flatMap(environment -> onset(environment).stream())
        .min(Instant::compareTo);
  }

  private Optional<Instant> onset(String environment) {
    return services.get(environment).exposed().get().stream()
        .filter(stretch -> scenario.strikes(environment, stretch.exposure()))
        .map(Stretch::from)
        .findFirst();
  }

  /**
   * Of several environments the one the rollout is in: whose gates were changed last.
   *
   * @param environments not empty, in the plan's order
   * @return the last of them while none was touched
   */
  String current(Collection<String> environments, Instant time) {
    String current = null;
    Instant latest = Instant.MIN;
    for (String environment : environments) {
      Instant touched = touched(environment, time);
      if (!touched.isBefore(latest)) {
        current = environment;
        latest = touched;
      }
    }
    return current;
  }

  private Instant touched(String environment, Instant time) {
    List<GateChange> changes = gates.changes(environment);
    return changes.stream()
        .map(GateChange::at)
        .filter(at -> !at.isAfter(time))
        .reduce(Instant.MIN, (earlier, later) -> later);
  }

  /**
   * Rails asks for repository, user, project and group of a Gitaly flag, and one yes is enough: 5 %
   * of actors are 18.5 % of calls.
   */
  private double share(String environment, Exposure exposure) {
    if (scenario.kind() == Scenario.Kind.NOBODY_USES_IT
        && scenario.strikes(environment, exposure)) {
      return 0;
    }
    double actors = exposure.share().fraction();
    return flag.isGitaly() ? 1 - Math.pow(1 - actors, 4) : actors;
  }
}
