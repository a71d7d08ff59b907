package rollout.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Access;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagSettings;
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

/** A plan with every kind of source, check and reference to a secret. */
final class ExamplePlan {
  /** A secret that somebody wrote into rollout.yaml. */
  static final String LITERAL = "glpat-literal";

  private static final Origin HERE = new Origin("rollout.yaml", 3, 14);

  private ExamplePlan() {}

  /** References to secrets only. */
  static Plan plan() {
    return plan(variable("TOKEN"));
  }

  /** The same with this secret wherever one may stand. */
  static Plan plan(SecretRef secret) {
    return new Plan(
        List.of(
            new Environment(
                "production",
                SecretRef.text("https://gitlab.example", HERE),
                Optional.of(secret),
                Map.of("env", "gprd", "cell", "1")),
            new Environment("dev", variable("DEV_URL"), Optional.empty(), Map.of())),
        List.of(
            new Source.Prometheus(
                "prometheus",
                SecretRef.text("http://prometheus.example:9090", HERE),
                new Access(
                    Optional.empty(),
                    Optional.of(new Access.Basic(secret, secret)),
                    Optional.empty(),
                    Map.of("X-Scope-OrgID", secret)),
                Optional.of(Duration.ofSeconds(90))),
            new Source.Sentry(
                "sentry",
                SecretRef.text("https://sentry.example", HERE),
                Access.bearer(SecretRef.file("/etc/${NAME}/token", HERE)),
                Optional.empty(),
                "gitlab")),
        Map.of("gitaly_commit_stats", new FlagSettings(Map.of("method", "CommitStats"))),
        Map.of("a", "1", "b", "2"),
        Map.of("b", "3"),
        guardrails(),
        Optional.of(new ExposureCheck("prometheus", "sum(x)", Duration.ofMinutes(15), 3.0)),
        stages(),
        Judgement.DEFAULT,
        Safety.DEFAULT,
        RaiseConditions.NONE);
  }

  /** One that compares, in each of the ways there are. */
  static Plan comparing() {
    Plan plan = plan();
    List<Source> sources = new java.util.ArrayList<>(plan.sources());
    sources.add(later().source("logs"));
    return new Plan(
        plan.environments(),
        sources,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            comparison("logs", "logs", new Arms.Logs("json.flags", "a AND b", "a")),
            comparison(
                "series",
                "prometheus",
                new Arms.Series(
                    new Arms.Pair("e[{{window}}]", "r[{{window}}]"),
                    Optional.of(new Arms.Pair("ce", "cr")),
                    Optional.empty())),
            comparison(
                "reference",
                "prometheus",
                new Arms.Series(
                    new Arms.Pair("e", "r"),
                    Optional.empty(),
                    Optional.of(new Arms.Pair("re", "rr")))),
            comparison("issues", "sentry", new Arms.NewIssues("gitaly", "method:x"))),
        Optional.empty(),
        List.of(
            new Stage(
                "low",
                List.of("production"),
                Exposure.parse("5%"),
                Duration.ofHours(2),
                Duration.ofMinutes(1),
                List.of("logs", "series", "reference", "issues"),
                false,
                Optional.empty(),
                Optional.of(3000L),
                Optional.of(1.5),
                Optional.of(Duration.ofHours(12)))),
        Judgement.DEFAULT,
        Safety.DEFAULT,
        RaiseConditions.NONE);
  }

  private static Guardrail comparison(String name, String source, Arms arms) {
    return new Guardrail(
        name,
        source,
        new Check.Compare(arms, new Tolerance(1.1, 1.5, 2.25), WithoutControl.STEP_BACK),
        Optional.empty(),
        Lasting.ONE_LOOK,
        OnBreach.ROLLBACK);
  }

  /** One whose evidence comes from logs and alerts. */
  static Plan later() {
    Access key =
        new Access(
            Optional.empty(), Optional.empty(), Optional.of(variable("ELASTIC_KEY")), Map.of());
    return new Plan(
        List.of(new Environment("dev", variable("DEV_URL"), Optional.empty(), Map.of())),
        List.of(
            new Source.Elasticsearch(
                "logs",
                variable("ELASTIC_URL"),
                key,
                Optional.of(Duration.ofMinutes(3)),
                "gitaly-{{env}}-*",
                "json.time"),
            new Source.Alertmanager(
                "alerts",
                SecretRef.text("http://alerts.example:9093", HERE),
                Access.NONE,
                Optional.empty(),
                Optional.of("Watchdog"))),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            guardrail(
                "alerts",
                "alerts",
                new Check.Alerts(List.of("type=\"gitaly\"", "env=\"{{env}}\""), 0),
                looks(1))),
        Optional.empty(),
        stages().subList(0, 1),
        Judgement.DEFAULT,
        Safety.DEFAULT,
        RaiseConditions.NONE);
  }

  private static List<Guardrail> guardrails() {
    return List.of(
        guardrail(
            "ratio", "prometheus", new Check.Ratio("errors", "requests", 0.01, 100, 5), looks(3)),
        guardrail(
            "value",
            "prometheus",
            new Check.Value("p99", Optional.of(0.5), Optional.empty()),
            Lasting.span(Duration.ofMillis(1500))),
        guardrail("issues", "sentry", new Check.NewIssues("gitaly", "method:x", 0), looks(1)),
        guardrail(
            "events",
            "sentry",
            new Check.Events(
                "gitaly", "method:x", Optional.empty(), Optional.of(2.0), Duration.ofDays(7), 20),
            looks(2)));
  }

  private static List<Stage> stages() {
    return List.of(
        new Stage(
            "dev",
            List.of("dev"),
            Exposure.FULL,
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            List.of(),
            true,
            Optional.of("Tested?"),
            Optional.empty()),
        new Stage(
            "low",
            List.of("production"),
            Exposure.parse("5%"),
            Duration.ofHours(2),
            Duration.ofMillis(100),
            List.of("ratio", "events"),
            false,
            Optional.empty(),
            Optional.of(10L)));
  }

  private static Guardrail guardrail(String name, String source, Check check, Lasting lasting) {
    return new Guardrail(
        name, source, check, Optional.of(Duration.ofMinutes(5)), lasting, OnBreach.HOLD);
  }

  private static Lasting looks(int looks) {
    return Lasting.looks(looks);
  }

  private static SecretRef variable(String name) {
    return SecretRef.text("${" + name + "}", HERE);
  }
}
