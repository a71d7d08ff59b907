package rollout.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.CounterSum;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.plan.Template;
import rollout.plan.Window;

/**
 * Every PromQL query that a plan asks of one source, and what each is answered with: by its role,
 * not by what it says.
 */
final class Catalogue {
  /** What an environment shows in a window. */
  private interface Role extends BiFunction<String, Window, List<Sample>> {}

  /**
   * @param environments whose stages ask it, in the plan's order
   */
  private record Entry(RenderedQuery query, Set<String> environments, Role role) {}

  private final Plan plan;
  private final FlagName flag;
  private final World world;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Scrapes scrapes;

  /**
   * @param source the name of a Prometheus
   * @throws IllegalArgumentException when nothing fills a placeholder
   */
  Catalogue(Plan plan, FlagName flag, World world, String source) {
    this.plan = plan;
    this.flag = flag;
    this.world = world;
    this.scrapes = new Scrapes(world);
    for (Stage stage : plan.stages()) {
      stage.guardrails().stream()
          .map(plan::guardrail)
          .filter(guardrail -> guardrail.source().equals(source))
          .forEach(guardrail -> add(stage, guardrail));
      plan.exposureCheck()
          .filter(check -> check.source().equals(source))
          .ifPresent(check -> add(stage, check));
    }
  }

  /** The series of an expression at a moment; none when the plan does not ask for it. */
  List<Sample> answer(String expression, Instant time) {
    for (Entry entry : entries.values()) {
      var window = entry.query.windowOf(expression);
      if (window.isPresent()) {
        String environment = world.current(entry.environments, time);
        return entry.role.apply(environment, new Window(time.minus(window.get()), time));
      }
    }
    return List.of();
  }

  /** What was scraped of a counter; empty when the expression is no range of one of the plan's. */
  Optional<Map<Instant, Double>> scrapes(String expression, Instant time) {
    return scrapes.in(expression, time);
  }

  private void add(Stage stage, Guardrail guardrail) {
    Duration window = guardrail.windowFor(stage.interval());
    if (guardrail.check() instanceof Check.Ratio ratio) {
      count(stage, ratio.errors(), window, true);
      count(stage, ratio.requests(), window, false);
    } else if (guardrail.check() instanceof Check.Value value) {
      Gauge gauge = Gauge.of(value);
      add(stage, value.query(), window, (where, when) -> gauge(gauge, where, when));
    } else if (guardrail.check() instanceof Check.Compare compare
        && compare.arms() instanceof Arms.Series series) {
      pair(stage, series.treatment(), window, this::treatedErrors, this::treated);
      series
          .control()
          .ifPresent(pair -> pair(stage, pair, window, this::untreatedErrors, this::untreated));
      series
          .reference()
          .ifPresent(pair -> pair(stage, pair, window, this::usualErrors, this::requests));
    }
  }

  private void pair(Stage stage, Arms.Pair pair, Duration window, Role errors, Role requests) {
    add(stage, pair.errors(), window, errors);
    add(stage, pair.requests(), window, requests);
  }

  private void count(Stage stage, String template, Duration window, boolean errors) {
    if (CounterSum.parse(template).isEmpty()) {
      add(stage, template, window, errors ? this::errors : this::requests);
      return;
    }
    for (String environment : stage.environments()) {
      Map<String, String> values = plan.values(flag, environment);
      String rendered = Template.render(template, values, Template.Language.PROMQL);
      CounterSum.parse(rendered).ifPresent(sum -> scrapes.add(sum, environment, errors));
    }
  }

  private void add(Stage stage, ExposureCheck check) {
    add(stage, check.query(), check.window(), this::checks);
  }

  private void add(Stage stage, String template, Duration window, Role role) {
    for (String environment : stage.environments()) {
      RenderedQuery query = RenderedQuery.of(template, plan.values(flag, environment), window);
      entries
          .computeIfAbsent(query.shape(), shape -> new Entry(query, new LinkedHashSet<>(), role))
          .environments
          .add(environment);
    }
  }

  /** A healthy service has no series of errors. */
  private List<Sample> errors(String environment, Window window) {
    long errors = world.errors(environment, window);
    return errors == 0 ? List.of() : List.of(Sample.of(errors));
  }

  private List<Sample> requests(String environment, Window window) {
    return List.of(Sample.of(world.requests(environment, window)));
  }

  private List<Sample> treated(String environment, Window window) {
    return counted(world.treated(environment, window));
  }

  private List<Sample> untreated(String environment, Window window) {
    return counted(world.untreated(environment, window));
  }

  private List<Sample> treatedErrors(String environment, Window window) {
    return counted(world.treatedErrors(environment, window));
  }

  private List<Sample> untreatedErrors(String environment, Window window) {
    return counted(world.untreatedErrors(environment, window));
  }

  private List<Sample> usualErrors(String environment, Window window) {
    return counted(world.usualErrors(environment, window));
  }

  /** A counter that never counted is not there. */
  private static List<Sample> counted(long count) {
    return count == 0 ? List.of() : List.of(Sample.of(count));
  }

  private List<Sample> gauge(Gauge gauge, String environment, Window window) {
    double unrest = world.unrest(environment, window.to());
    return List.of(Sample.of(gauge.at(world.slowed(environment, window), unrest)));
  }

  /** A counter that never counted is not there. */
  private List<Sample> checks(String environment, Window window) {
    return List.of(
            new Sample(Map.of("enabled", "true"), world.treated(environment, window)),
            new Sample(Map.of("enabled", "false"), world.untreated(environment, window)))
        .stream()
        .filter(sample -> sample.value() > 0)
        .toList();
  }
}
