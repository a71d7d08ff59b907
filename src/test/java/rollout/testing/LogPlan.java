package rollout.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.plan.Access;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Guardrail;
import rollout.plan.Lasting;
import rollout.plan.OnBreach;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/** The checklist's plan, whose stages in production are watched by logs and alerts too. */
public final class LogPlan {
  private LogPlan() {}

  /** Sources {@code logs} and {@code alerts}, with a guardrail each. */
  public static Plan plan() {
    Plan plan = Plans.checklist();
    List<Source> sources = new ArrayList<>(plan.sources());
    sources.add(
        new Source.Elasticsearch(
            "logs",
            text("https://elastic.example"),
            Access.NONE,
            Optional.empty(),
            "gitaly-{{env}}-*",
            "time"));
    sources.add(
        new Source.Alertmanager(
            "alerts",
            text("https://alerts.example"),
            Access.NONE,
            Optional.empty(),
            Optional.of("Watchdog")));
    List<Guardrail> guardrails = new ArrayList<>(plan.guardrails());
    guardrails.add(guardrail("errors-vs-control", "logs", compare()));
    guardrails.add(
        guardrail(
            "alerts",
            "alerts",
            new Check.Alerts(List.of("type=\"gitaly\"", "env=\"{{env}}\""), 0)));
    return new Plan(
        plan.environments(),
        sources,
        plan.flags(),
        plan.variables(),
        plan.overrides(),
        guardrails,
        plan.exposureCheck(),
        plan.stages().stream().map(LogPlan::watched).toList(),
        plan.judgement(),
        plan.safety(),
        plan.conditions());
  }

  private static Check compare() {
    return new Check.Compare(
        new Arms.Logs("flags", "code:Internal", "method:{{method}}"),
        Tolerance.DEFAULT,
        WithoutControl.STEP_BACK);
  }

  private static Guardrail guardrail(String name, String source, Check check) {
    return new Guardrail(name, source, check, Optional.empty(), Lasting.ONE_LOOK, OnBreach.HOLD);
  }

  private static Stage watched(Stage stage) {
    List<String> guardrails = new ArrayList<>(stage.guardrails());
    if (stage.isIn("production")) {
      guardrails.addAll(List.of("errors-vs-control", "alerts"));
    }
    return new Stage(
        stage.name(),
        stage.environments(),
        stage.exposure(),
        stage.bake(),
        stage.interval(),
        guardrails,
        stage.unguarded(),
        stage.approval(),
        stage.minRequests());
  }

  private static SecretRef text(String text) {
    return SecretRef.text(text, Origin.NONE);
  }
}
