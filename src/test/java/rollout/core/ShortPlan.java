package rollout.core;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import rollout.plan.Access;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Judgement;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.OpenHours;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.RaiseConditions;
import rollout.plan.Safety;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/**
 * Three stages, short enough to read: dev (unguarded, asks for a yes), low (5 %) and full in
 * production, or in two cells of it, with one guardrail that rolls back, one that holds and one
 * that warns.
 */
final class ShortPlan {
  static final FlagName FLAG = new FlagName("gitaly_stats");

  private final Set<String> options;

  private ShortPlan(Set<String> options) {
    this.options = options;
  }

  /**
   * @param options of {@code cells}, {@code scope=all}, {@code to=baseline}, {@code
   *     no_data=rollback}, {@code marker=none}, {@code for=3m}, {@code window}, {@code calendar};
   *     and, for a plan that replaces another, {@code max=5%} (errors), {@code bake=30m} (stage
   *     full), {@code low=10%}, {@code quarter} (a stage before full), {@code no-full}, {@code
   *     unasked} (dev), {@code seal=100s}, {@code moved} (dev's server), {@code staging} (full in
   *     an environment that is new); and {@code compare} (a guardrail that compares, and a stage
   *     mid at 50 %), with {@code reference}, {@code alone=hold}, {@code alone=rollback}, {@code
   *     detect=1.5x}, {@code floor} (of requests)
   */
  static Plan of(Set<String> options) {
    return new ShortPlan(options).plan();
  }

  private Plan plan() {
    List<String> production =
        options.contains("cells") ? List.of("gprd-a", "gprd-b") : List.of("production");
    return new Plan(
        Stream.concat(
                Stream.of("dev"),
                options.contains("staging")
                    ? Stream.of("production", "staging")
                    : production.stream())
            .map(this::environment)
            .toList(),
        List.of(
            new Source.Prometheus("prometheus", text("http://p"), Access.NONE, Optional.empty()),
            new Source.Sentry("sentry", text("http://s"), Access.NONE, Optional.empty(), "gitlab")),
        Map.of(),
        Map.of(),
        Map.of(),
        guardrails(),
        Optional.of(
            new ExposureCheck("prometheus", "checks{env=\"{{env}}\"}", Duration.ofMinutes(1), 3)),
        stages(production),
        judgement(),
        safety(),
        conditions());
  }

  private List<Stage> stages(List<String> production) {
    List<Stage> stages = new ArrayList<>();
    stages.add(
        stage(
            "dev",
            List.of("dev"),
            "100%",
            5,
            true,
            asked().filter(any -> !options.contains("unasked"))));
    String low = options.contains("low=10%") ? "10%" : "5%";
    stages.add(stage("low", production, low, 10, false, Optional.empty()));
    if (options.contains("compare")) {
      stages.add(stage("mid", production, "50%", 10, false, Optional.empty()));
    }
    if (options.contains("quarter")) {
      stages.add(stage("quarter", production, "25%", 10, false, Optional.empty()));
    }
    int bake = options.contains("bake=30m") ? 30 : 10;
    List<String> last = options.contains("staging") ? List.of("staging") : production;
    if (!options.contains("no-full")) {
      stages.add(stage("full", last, "100%", bake, false, Optional.empty()));
    }
    return stages;
  }

  private static Optional<String> asked() {
    return Optional.of("Tested on dev?");
  }

  private List<Guardrail> guardrails() {
    List<Guardrail> all = new ArrayList<>(thresholds());
    if (options.contains("compare")) {
      all.add(comparison());
    }
    return all;
  }

  private Guardrail comparison() {
    return new Guardrail(
        "versus",
        "prometheus",
        new Check.Compare(
            new Arms.Series(
                pair("treated"),
                Optional.of(pair("control")),
                Optional.of(pair("reference")).filter(any -> options.contains("reference"))),
            Tolerance.DEFAULT,
            options.contains("alone=hold")
                ? WithoutControl.HOLD
                : options.contains("alone=rollback")
                    ? WithoutControl.ROLLBACK
                    : WithoutControl.STEP_BACK),
        Optional.empty(),
        Lasting.ONE_LOOK,
        OnBreach.ROLLBACK);
  }

  private static Arms.Pair pair(String arm) {
    return new Arms.Pair(
        arm + "_errors{env=\"{{env}}\"}[{{window}}]",
        arm + "_requests{env=\"{{env}}\"}[{{window}}]");
  }

  private List<Guardrail> thresholds() {
    Lasting lasting =
        options.contains("for=3m") ? Lasting.span(Duration.ofMinutes(3)) : Lasting.looks(3);
    return List.of(
        new Guardrail(
            "errors",
            "prometheus",
            new Check.Ratio("errors", "requests", options.contains("max=5%") ? 0.05 : 0.01, 100, 5),
            Optional.empty(),
            lasting,
            OnBreach.ROLLBACK),
        new Guardrail(
            "issues",
            "sentry",
            new Check.NewIssues("gitaly", "is:unresolved", 0),
            Optional.empty(),
            Lasting.ONE_LOOK,
            OnBreach.HOLD),
        new Guardrail(
            "slow",
            "prometheus",
            new Check.Value("p99", Optional.of(0.5), Optional.empty()),
            Optional.empty(),
            Lasting.ONE_LOOK,
            OnBreach.WARN));
  }

  private Judgement judgement() {
    boolean back = options.contains("no_data=rollback");
    Judgement usual = Judgement.DEFAULT;
    return new Judgement(
        usual.falseRollback(),
        back ? Judgement.NoData.ROLLBACK : Judgement.NoData.HOLD,
        usual.maxGap(),
        usual.lag(),
        usual.extendAtMost());
  }

  private Safety safety() {
    Safety usual = Safety.DEFAULT;
    return new Safety(
        usual.gate(),
        options.contains("scope=all") ? Safety.Scope.ALL : usual.scope(),
        options.contains("to=baseline") ? Safety.RollbackTo.BASELINE : usual.rollbackTo(),
        usual.propagation(),
        options.contains("seal=100s") ? Duration.ofSeconds(100) : usual.seal(),
        usual.lease(),
        usual.inFlight(),
        usual.gitlabBudget(),
        options.contains("marker=none") ? Safety.Marker.NONE : usual.marker());
  }

  /** A window from ten to twelve in production only; Monday 08:00 is the transcripts' beginning. */
  private RaiseConditions conditions() {
    boolean asks = options.contains("calendar");
    Map<String, OpenHours> windows =
        options.contains("window")
            ? Map.of(
                "production",
                new OpenHours(
                    EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
                    LocalTime.of(10, 0),
                    LocalTime.of(12, 0),
                    ZoneOffset.UTC))
            : Map.of();
    return new RaiseConditions(
        windows,
        asks
            ? Optional.of(new RaiseConditions.Incidents("production", "infra", List.of("blocks")))
            : Optional.empty(),
        asks ? Optional.of(new RaiseConditions.Freeze("production", "gitlab")) : Optional.empty());
  }

  private Stage stage(
      String name,
      List<String> environments,
      String exposure,
      int minutes,
      boolean unguarded,
      Optional<String> approval) {
    return new Stage(
        name,
        environments,
        Exposure.parse(exposure),
        Duration.ofMinutes(minutes),
        Stage.DEFAULT_INTERVAL,
        unguarded ? List.of() : guardrails().stream().map(Guardrail::name).toList(),
        unguarded,
        approval,
        Optional.of(900L).filter(any -> options.contains("floor") && name.equals("low")),
        Optional.of(1.5).filter(any -> options.contains("detect=1.5x") && name.equals("low")),
        Optional.empty());
  }

  private Environment environment(String name) {
    boolean moved = name.equals("dev") && options.contains("moved");
    String url = "http://" + name + (moved ? ".example" : "");
    return new Environment(name, text(url), Optional.empty(), Map.of("env", name));
  }

  private static SecretRef text(String text) {
    return SecretRef.text(text, Origin.NONE);
  }
}
