package rollout.sandbox;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Access;
import rollout.plan.Environment;
import rollout.plan.FlagName;
import rollout.plan.Origin;
import rollout.plan.Plan;
import rollout.plan.SecretRef;
import rollout.plan.Source;

/**
 * Every server a plan names, on the loopback: a {@link SandboxGitLab} for each environment, whose
 * true gates make the {@link World} that the sources of evidence show.
 */
public final class Sandbox implements AutoCloseable {
  private static final String SOURCE_TOKEN = "sandbox-token";

  private final Plan plan;
  private final FlagName flag;
  private final InstantSource clock;
  private final World world;
  private final Map<String, SandboxGitLab> gitLabs = new LinkedHashMap<>();
  private final Map<String, URI> addresses = new LinkedHashMap<>();
  private final List<Runnable> closers = new ArrayList<>();

  /**
   * @param clock what all its servers take for now
   * @param seed the same seed and the same writes at the same times give the same numbers
   */
  public Sandbox(Plan plan, FlagName flag, Scenario scenario, InstantSource clock, long seed) {
    this.plan = plan;
    this.flag = flag;
    this.clock = clock;
    for (Environment environment : plan.environments()) {
      gitLabs.put(environment.name(), new SandboxGitLab(clock));
    }
    this.world = new World(plan, flag, scenario, name -> gitLab(name).changes(flag.value()), seed);
    fillCalendars(new CalendarScript(scenario, world, clock));
  }

  private void fillCalendars(CalendarScript script) {
    plan.conditions()
        .incidents()
        .ifPresent(
            asked ->
                gitLab(asked.environment())
                    .calendar()
                    .scriptIssues(asked.project(), () -> script.incidents(asked)));
    plan.conditions()
        .freeze()
        .ifPresent(
            asked ->
                gitLab(asked.environment())
                    .calendar()
                    .scriptFreezes(asked.project(), script::freezes));
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalArgumentException when nothing fills a placeholder of a query
   */
  public void start() {
    gitLabs.values().forEach(SandboxGitLab::start);
    gitLabs.values().forEach(server -> closers.add(server::close));
    plan.sources().forEach(this::start);
  }

  private void start(Source source) {
    if (source instanceof Source.Prometheus prometheus) {
      var server = new SandboxPrometheus(plan, flag, prometheus, world, clock);
      closers.add(server::close);
      addresses.put(source.name(), server.address());
    } else if (source instanceof Source.Sentry sentry) {
      var server = new SandboxSentry(plan, flag, sentry, world, clock);
      closers.add(server::close);
      addresses.put(source.name(), server.address());
    } else {
      throw new AssertionError("the sandbox has no server for " + source);
    }
  }

  /** The GitLab of an environment. */
  public SandboxGitLab gitLab(String environment) {
    return gitLabs.get(environment);
  }

  /** What really happens behind the servers. */
  public World world() {
    return world;
  }

  /**
   * The same plan with every server replaced by ours, once they listen: no url, token, header or
   * password of the original is left.
   */
  public Plan sandboxPlan() {
    return new Plan(
        plan.environments().stream().map(this::ours).toList(),
        plan.sources().stream().map(this::ours).toList(),
        plan.flags(),
        plan.variables(),
        plan.overrides(),
        plan.guardrails(),
        plan.exposureCheck(),
        plan.stages(),
        plan.judgement(),
        plan.safety(),
        plan.conditions());
  }

  @Override
  public void close() {
    closers.forEach(Runnable::run);
    closers.clear();
  }

  private Environment ours(Environment original) {
    return new Environment(
        original.name(),
        text(gitLab(original.name()).address().toString()),
        Optional.of(text(SandboxWorld.TOKEN)),
        original.variables());
  }

  private Source ours(Source original) {
    SecretRef url = text(addresses.get(original.name()).toString());
    Access access = Access.bearer(text(SOURCE_TOKEN));
    return original instanceof Source.Sentry sentry
        ? new Source.Sentry(sentry.name(), url, access, sentry.lag(), sentry.organization())
        : new Source.Prometheus(original.name(), url, access, original.lag());
  }

  private static SecretRef text(String text) {
    return SecretRef.text(text, Origin.NONE);
  }
}
