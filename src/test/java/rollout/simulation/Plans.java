package rollout.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Access;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Judgement;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.RaiseConditions;
import rollout.plan.Safety;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/** The plan of a simulated rollout: dev, then 5 %, 50 % and all of production. */
final class Plans {
  static final FlagName FLAG = new FlagName("gitaly_stats");

  private static final Guardrail ERRORS =
      new Guardrail(
          "errors",
          "prometheus",
          new Check.Ratio("errors", "requests", 0.01, 100, 5),
          Optional.empty(),
          Lasting.looks(2),
          OnBreach.ROLLBACK);
  private static final Guardrail VERSUS =
      new Guardrail(
          "versus",
          "prometheus",
          new Check.Compare(
              new Arms.Series(
                  new Arms.Pair("treated errors[{{window}}]", "treated requests[{{window}}]"),
                  Optional.of(
                      new Arms.Pair("control errors[{{window}}]", "control requests[{{window}}]")),
                  Optional.empty()),
              Tolerance.DEFAULT,
              WithoutControl.ROLLBACK),
          Optional.empty(),
          Lasting.ONE_LOOK,
          OnBreach.ROLLBACK);

  private Plans() {}

  static Plan of(Scenario scenario) {
    return new Plan(
        environments(scenario).stream().map(Plans::environment).toList(),
        List.of(
            new Source.Prometheus("prometheus", text("http://p"), Access.NONE, Optional.empty())),
        Map.of(),
        Map.of(),
        Map.of(),
        scenario.compares() ? List.of(ERRORS, VERSUS) : List.of(ERRORS),
        Optional.empty(),
        List.of(
            stage(scenario, "dev", List.of("dev"), "100%", 1),
            stage(scenario, "low", production(scenario), "5%", 3),
            stage(scenario, "mid", production(scenario), "50%", 2),
            stage(scenario, "full", production(scenario), "100%", 2)),
        judgement(scenario),
        safety(scenario),
        RaiseConditions.NONE);
  }

  private static List<String> production(Scenario scenario) {
    return scenario.has(Scenario.Option.CELLS)
        ? List.of("cell-a", "cell-b")
        : List.of("production");
  }

  private static List<String> environments(Scenario scenario) {
    List<String> all = new ArrayList<>(List.of("dev"));
    all.addAll(production(scenario));
    return all;
  }

  private static Stage stage(
      Scenario scenario, String name, List<String> cells, String exposure, int minutes) {
    boolean unguarded = name.equals("dev");
    boolean asks = name.equals("low") && scenario.has(Scenario.Option.APPROVAL);
    List<String> guardrails = scenario.compares() ? List.of("errors", "versus") : List.of("errors");
    return new Stage(
        name,
        cells,
        Exposure.parse(exposure),
        Duration.ofMinutes(minutes),
        Stage.DEFAULT_INTERVAL,
        unguarded ? List.of() : guardrails,
        unguarded,
        asks ? Optional.of("Tested?") : Optional.empty(),
        Optional.empty());
  }

  private static Judgement judgement(Scenario scenario) {
    Judgement usual = Judgement.DEFAULT;
    return new Judgement(
        usual.falseRollback(),
        scenario.has(Scenario.Option.NO_DATA_ROLLS_BACK)
            ? Judgement.NoData.ROLLBACK
            : Judgement.NoData.HOLD,
        Duration.ofMinutes(5),
        scenario.has(Scenario.Option.NO_LAG) ? Duration.ZERO : usual.lag(),
        usual.extendAtMost());
  }

  private static Safety safety(Scenario scenario) {
    Safety usual = Safety.DEFAULT;
    return new Safety(
        usual.gate(),
        scenario.has(Scenario.Option.SCOPE_ALL) ? Safety.Scope.ALL : usual.scope(),
        scenario.has(Scenario.Option.BASELINE) ? Safety.RollbackTo.BASELINE : Safety.RollbackTo.OFF,
        usual.propagation(),
        usual.seal(),
        scenario.has(Scenario.Option.SHORT_LEASE) ? aShortLease(scenario) : usual.lease(),
        usual.inFlight(),
        usual.gitlabBudget(),
        scenario.has(Scenario.Option.NO_MARKER) ? Safety.Marker.NONE : usual.marker());
  }

  /** Any length from 5 min on, so that it ends at any moment of the rollout. */
  private static Duration aShortLease(Scenario scenario) {
    return Duration.ofSeconds(new Chance(scenario.seed()).between(300, 720));
  }

  private static Environment environment(String name) {
    return new Environment(name, text("http://" + name), Optional.empty(), Map.of("env", name));
  }

  private static SecretRef text(String text) {
    return SecretRef.text(text, Origin.NONE);
  }
}
