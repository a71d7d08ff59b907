package rollout.testing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Access;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.Exposure;
import rollout.plan.ExposureCheck;
import rollout.plan.FlagName;
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

/** Plans made by hand, for tests that need one without reading a file. */
public final class Plans {
  /** The flag whose settings both plans hold. */
  public static final FlagName FLAG = new FlagName("gitaly_commit_stats");

  private static final String CLIENT_REQUESTS = "gitaly_service_client_requests_total";
  private static final String SENTRY_SEARCH = "grpc.method:/gitaly.CommitService/{{method}}";
  private static final List<String> ALL = List.of("grpc-errors", "p99", "new-issues", "events");

  private Plans() {}

  /**
   * The checklist's five stages, from dev to a week at 100 %, watched by the contract's threshold
   * guardrails on Prometheus and Sentry.
   */
  public static Plan checklist() {
    return plan(new Pace(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30)));
  }

  /** The same with milliseconds: looks every 100 ms, bakes of 300 ms to 1 s, no lag, no seal. */
  public static Plan tiny() {
    Duration look = Duration.ofMillis(100);
    Plan plan = plan(new Pace(look, look.multipliedBy(2), look.multipliedBy(3)));
    Judgement judgement =
        new Judgement(0.01, Judgement.NoData.HOLD, Duration.ofSeconds(1), Duration.ZERO, 4.0);
    Safety safety =
        new Safety(
            Safety.DEFAULT.gate(),
            Safety.Scope.ENVIRONMENT,
            Safety.RollbackTo.OFF,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(1),
            Optional.empty(),
            Duration.ofSeconds(2),
            Safety.Marker.SELF);
    List<Stage> stages = plan.stages().stream().map(stage -> shorter(stage, look)).toList();
    return new Plan(
        plan.environments(),
        plan.sources().stream().map(Plans::withoutLag).toList(),
        plan.flags(),
        plan.variables(),
        plan.overrides(),
        plan.guardrails(),
        plan.exposureCheck(),
        stages,
        judgement,
        safety,
        plan.conditions());
  }

  private record Pace(Duration interval, Duration window, Duration eventsWindow) {}

  private static Plan plan(Pace pace) {
    return new Plan(
        List.of(
            environment("dev", "https://dev.gitlab.org"),
            environment("staging", "https://staging.gitlab.com"),
            environment("production", "https://gitlab.com")),
        List.of(
            new Source.Prometheus(
                "prometheus", text("${PROMETHEUS_URL}"), Access.NONE, Optional.empty()),
            new Source.Sentry(
                "sentry",
                text("https://sentry.gitlab.net"),
                bearer("${SENTRY_TOKEN}"),
                Optional.of(Duration.ofMinutes(2)),
                "gitlab")),
        Map.of(FLAG.value(), new FlagSettings(Map.of("method", "CommitStats"))),
        Map.of(),
        Map.of(),
        List.of(errors(pace), latency(pace), newIssues(), events(pace)),
        Optional.of(exposureCheck(pace)),
        stages(pace),
        Judgement.DEFAULT,
        Safety.DEFAULT,
        RaiseConditions.NONE);
  }

  private static Environment environment(String name, String url) {
    return new Environment(
        name,
        text(url),
        Optional.of(text("${ROLLOUT_" + name.toUpperCase(Locale.ROOT) + "_TOKEN}")),
        Map.of("env", name));
  }

  private static Guardrail errors(Pace pace) {
    String requests =
        "sum(increase("
            + CLIENT_REQUESTS
            + "{env=\"{{env}}\",grpc_method=\"{{method}}\"%s}[{{window}}]))";
    Check ratio =
        new Check.Ratio(
            requests.formatted(",grpc_code!~\"OK|NotFound|Canceled\""),
            requests.formatted(""),
            0.01,
            10,
            5);
    return threshold("grpc-errors", "prometheus", ratio, pace.window(), 3, OnBreach.ROLLBACK);
  }

  private static Guardrail latency(Pace pace) {
    Check value =
        new Check.Value(
            "histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket"
                + "{env=\"{{env}}\",grpc_method=\"{{method}}\"}[{{window}}])))",
            Optional.of(0.5),
            Optional.empty());
    return threshold("p99", "prometheus", value, pace.window(), 3, OnBreach.ROLLBACK);
  }

  private static Guardrail newIssues() {
    Check check = new Check.NewIssues("gitaly-production", SENTRY_SEARCH, 0);
    return new Guardrail(
        "new-issues", "sentry", check, Optional.empty(), Lasting.ONE_LOOK, OnBreach.HOLD);
  }

  private static Guardrail events(Pace pace) {
    Check check =
        new Check.Events(
            "gitaly-production",
            SENTRY_SEARCH,
            Optional.empty(),
            Optional.of(2.0),
            Duration.ofDays(7),
            20);
    return threshold("events", "sentry", check, pace.eventsWindow(), 3, OnBreach.ROLLBACK);
  }

  private static Guardrail threshold(
      String name, String source, Check check, Duration window, int looks, OnBreach onBreach) {
    return new Guardrail(name, source, check, Optional.of(window), Lasting.looks(looks), onBreach);
  }

  private static ExposureCheck exposureCheck(Pace pace) {
    String query =
        "sum by (enabled) (increase(gitaly_feature_flag_checks_total"
            + "{env=\"{{env}}\",flag=\"{{feature}}\"}[{{window}}]))";
    return new ExposureCheck("prometheus", query, pace.window().multipliedBy(3), 3.0);
  }

  private static List<Stage> stages(Pace pace) {
    return List.of(
        new Stage(
            "dev",
            List.of("dev"),
            Exposure.FULL,
            Duration.ofMinutes(15),
            pace.interval(),
            List.of(),
            true,
            Optional.of("Tested on dev.gitlab.org"),
            Optional.empty()),
        new Stage(
            "staging",
            List.of("staging"),
            Exposure.FULL,
            Duration.ofHours(1),
            pace.interval(),
            List.of("grpc-errors"),
            false,
            Optional.of("Tested on staging.gitlab.com"),
            Optional.of(10L)),
        production("low", "5%", Duration.ofHours(2), pace),
        production("mid", "50%", Duration.ofHours(24), pace),
        production("full", "100%", Duration.ofDays(7), pace));
  }

  private static Stage production(String name, String exposure, Duration bake, Pace pace) {
    return new Stage(
        name,
        List.of("production"),
        Exposure.parse(exposure),
        bake,
        pace.interval(),
        ALL,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static Stage shorter(Stage stage, Duration look) {
    boolean last = stage.exposure().isFull() && stage.isIn("production");
    return new Stage(
        stage.name(),
        stage.environments(),
        stage.exposure(),
        look.multipliedBy(last ? 10 : 3),
        look,
        stage.guardrails(),
        stage.unguarded(),
        stage.approval(),
        stage.minRequests());
  }

  private static Source withoutLag(Source source) {
    Optional<Duration> none = Optional.of(Duration.ZERO);
    return source instanceof Source.Sentry sentry
        ? new Source.Sentry(
            sentry.name(), sentry.url(), sentry.access(), none, sentry.organization())
        : new Source.Prometheus(source.name(), source.url(), source.access(), none);
  }

  private static Access bearer(String token) {
    return Access.bearer(text(token));
  }

  private static SecretRef text(String text) {
    return SecretRef.text(text, Origin.NONE);
  }
}
