package rollout.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import rollout.adapter.alertmanager.AlertmanagerHealth;
import rollout.adapter.alertmanager.AlertmanagerSignals;
import rollout.adapter.elasticsearch.ElasticsearchHealth;
import rollout.adapter.elasticsearch.ElasticsearchSignals;
import rollout.adapter.gitlab.GitLabCalendar;
import rollout.adapter.gitlab.GitLabFlags;
import rollout.adapter.gitlab.GitLabHealth;
import rollout.adapter.http.Credentials;
import rollout.adapter.http.HttpClient;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpLimits;
import rollout.adapter.http.Secret;
import rollout.adapter.prometheus.PrometheusArchive;
import rollout.adapter.prometheus.PrometheusHealth;
import rollout.adapter.prometheus.PrometheusSignals;
import rollout.adapter.sentry.SentryHealth;
import rollout.adapter.sentry.SentrySignals;
import rollout.config.ConfigException;
import rollout.config.Problem;
import rollout.config.SecretResolver;
import rollout.engine.Servers;
import rollout.engine.SharedSignals;
import rollout.plan.Access;
import rollout.plan.Check;
import rollout.plan.Environment;
import rollout.plan.ExposureCheck;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.SecretRef;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.port.Archive;
import rollout.port.Calendar;
import rollout.port.Flags;
import rollout.port.Health;
import rollout.port.Signals;
import rollout.report.ExitCode;

/** The only place where adapters meet ports. Makes each server's adapter once. */
final class Wiring implements AutoCloseable {
  private final Machine machine;
  private final SecretResolver secrets;
  private final Map<String, Environment> inFile;
  private final HttpClient http = new HttpClient();

  /** What is known of one source serves all rollouts of this process. */
  private final Map<Source, Signals> shared = new ConcurrentHashMap<>();

  /**
   * @param inFile the environments of rollout.yaml, for secrets that the journal does not keep
   */
  Wiring(Machine machine, SecretResolver secrets, Collection<Environment> inFile) {
    this.machine = machine;
    this.secrets = secrets;
    this.inFile = new LinkedHashMap<>();
    inFile.forEach(one -> this.inFile.put(one.name(), one));
  }

  /**
   * The servers of a plan, with every address and secret that its stages need resolved.
   *
   * @throws ConfigException with file, line and column when one is not set
   * @throws CommandFailure when an environment has no token at all
   */
  Servers servers(Plan plan) {
    requireSettings(plan);
    Map<String, Flags> flags = new ConcurrentHashMap<>();
    Map<String, Signals> signals = new ConcurrentHashMap<>();
    for (Stage stage : plan.stages()) {
      for (String environment : stage.environments()) {
        flags.computeIfAbsent(environment, name -> flags(plan.environment(name)));
      }
      stage.guardrails().stream()
          .map(plan::guardrail)
          .map(Guardrail::source)
          .forEach(name -> signals.computeIfAbsent(name, key -> shared(plan.source(key))));
    }
    plan.exposureCheck()
        .ifPresent(
            check -> signals.computeIfAbsent(check.source(), key -> shared(plan.source(key))));
    Map<String, Calendar> calendars = new ConcurrentHashMap<>();
    plan.conditions()
        .asked()
        .forEach(name -> calendars.put(name, calendar(plan.environment(name))));
    return new Servers(
        name -> flags.computeIfAbsent(name, key -> flags(plan.environment(key))),
        signals::get,
        calendars::get);
  }

  /** Whoever sets one variable after the other should hear of them all at once. */
  private void requireSettings(Plan plan) {
    List<Problem> unset = new ArrayList<>();
    for (Runnable server : used(plan)) {
      try {
        server.run();
      } catch (ConfigException missing) {
        missing.problems().stream().filter(one -> !unset.contains(one)).forEach(unset::add);
      }
    }
    if (!unset.isEmpty()) {
      throw new ConfigException(unset);
    }
  }

  private List<Runnable> used(Plan plan) {
    List<Runnable> servers = new ArrayList<>();
    Stream.concat(
            plan.stages().stream().flatMap(stage -> stage.environments().stream()),
            plan.conditions().asked().stream())
        .distinct()
        .forEach(name -> servers.add(() -> gitLab(plan.environment(name))));
    Stream.concat(
            plan.stages().stream()
                .flatMap(stage -> stage.guardrails().stream())
                .map(name -> plan.guardrail(name).source()),
            plan.exposureCheck().stream().map(ExposureCheck::source))
        .distinct()
        .forEach(name -> servers.add(() -> endpoint(plan.source(name))));
    return servers;
  }

  Flags flags(Environment environment) {
    return new GitLabFlags(gitLab(environment));
  }

  /** The flags of an instance given by its address alone. */
  Flags flags(String url, String token) {
    return new GitLabFlags(endpoint(url, Credentials.bearer(Secret.of(token))));
  }

  Calendar calendar(Environment environment) {
    return new GitLabCalendar(gitLab(environment));
  }

  Health health(Environment environment) {
    return new GitLabHealth(gitLab(environment), machine.clock());
  }

  Health health(Plan plan, Source source) {
    if (source instanceof Source.Prometheus) {
      return new PrometheusHealth(endpoint(source), machine.clock());
    } else if (source instanceof Source.Sentry sentry) {
      return new SentryHealth(
          endpoint(source), sentry.organization(), projects(plan, source), machine.clock());
    } else if (source instanceof Source.Elasticsearch logs) {
      return new ElasticsearchHealth(
          endpoint(source), logs.timeField(), LogQueries.of(plan, logs), machine.clock());
    } else if (source instanceof Source.Alertmanager alerts) {
      return new AlertmanagerHealth(endpoint(source), alerts.watchdog(), machine.clock());
    }
    throw new AssertionError("no health for " + source);
  }

  private Signals shared(Source source) {
    return shared.computeIfAbsent(
        source, one -> new SharedSignals(signals(one), machine.nanoTime()));
  }

  private Signals signals(Source source) {
    if (source instanceof Source.Prometheus) {
      return new PrometheusSignals(endpoint(source));
    } else if (source instanceof Source.Sentry sentry) {
      return new SentrySignals(endpoint(source), sentry.organization(), machine.clock());
    } else if (source instanceof Source.Elasticsearch logs) {
      return new ElasticsearchSignals(endpoint(source), logs.timeField());
    } else if (source instanceof Source.Alertmanager alerts) {
      return new AlertmanagerSignals(endpoint(source), alerts.watchdog());
    }
    throw new AssertionError("no signals for " + source);
  }

  /** The sources of these guardrails that can look back, by name. */
  Map<String, Archive> archives(Plan plan) {
    Map<String, Archive> archives = new LinkedHashMap<>();
    for (Guardrail guardrail : plan.guardrails()) {
      if (plan.source(guardrail.source()) instanceof Source.Prometheus source) {
        archives.computeIfAbsent(source.name(), name -> new PrometheusArchive(endpoint(source)));
      }
    }
    return archives;
  }

  private static Collection<String> projects(Plan plan, Source source) {
    TreeSet<String> projects = new TreeSet<>();
    for (Guardrail guardrail : plan.guardrails()) {
      if (guardrail.source().equals(source.name())) {
        if (guardrail.check() instanceof Check.NewIssues issues) {
          projects.add(issues.project());
        } else if (guardrail.check() instanceof Check.Events events) {
          projects.add(events.project());
        }
      }
    }
    return projects;
  }

  private HttpEndpoint gitLab(Environment environment) {
    Secret token = Secret.of(token(environment));
    return endpoint(secrets.resolve(environment.url()), Credentials.bearer(token));
  }

  private HttpEndpoint endpoint(Source source) {
    return endpoint(secrets.resolve(source.url()), credentials(source.access()));
  }

  private HttpEndpoint endpoint(String url, Credentials credentials) {
    try {
      return new HttpEndpoint(http, url, credentials, HttpLimits.DEFAULT);
    } catch (IllegalArgumentException bad) {
      throw new CommandFailure(ExitCode.USAGE, bad.getMessage(), bad);
    }
  }

  private Credentials credentials(Access access) {
    Credentials credentials =
        access
            .token()
            .map(token -> Credentials.bearer(secret(token)))
            .or(
                () ->
                    access
                        .basic()
                        .map(
                            basic ->
                                Credentials.basic(secret(basic.user()), secret(basic.password()))))
            .or(() -> access.apiKey().map(key -> Credentials.apiKey(secret(key))))
            .orElse(Credentials.NONE);
    for (Map.Entry<String, SecretRef> header : access.headers().entrySet()) {
      credentials = credentials.with(header.getKey(), secret(header.getValue()));
    }
    return credentials;
  }

  private Secret secret(SecretRef reference) {
    return Secret.of(secrets.resolve(reference));
  }

  /** The plan's own token, else the file's where the journal keeps none, else a variable's. */
  String token(Environment environment) {
    Optional<SecretRef> reference =
        environment
            .token()
            .filter(token -> token.kind() != SecretRef.Kind.WITHHELD)
            .or(
                () ->
                    Optional.ofNullable(inFile.get(environment.name()))
                        .flatMap(Environment::token));
    if (reference.isPresent()) {
      return secrets.resolve(reference.get());
    }
    List<String> names = tokenVariables(environment.name());
    return names.stream()
        .flatMap(name -> machine.variable(name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "There is no token for environment "
                        + environment.name()
                        + ": set its token in rollout.yaml or one of the variables "
                        + String.join(", ", names)
                        + "."));
  }

  static List<String> tokenVariables(String environment) {
    return List.of("ROLLOUT_" + shout(environment) + "_TOKEN", "ROLLOUT_TOKEN", "GITLAB_TOKEN");
  }

  static String shout(String environment) {
    return environment.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public void close() {
    http.close();
  }
}
