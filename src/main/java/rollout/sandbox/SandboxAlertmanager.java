package rollout.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.Check;
import rollout.plan.FlagName;
import rollout.plan.Guardrail;
import rollout.plan.Plan;
import rollout.plan.Source;
import rollout.plan.Stage;
import rollout.plan.Template;

/**
 * An Alertmanager that knows the matchers of one plan, and whose watchdog fires. The scenario may
 * let one more alert fire.
 */
public final class SandboxAlertmanager implements AutoCloseable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern EQUALS =
      Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Pattern ANY_MATCHER =
      Pattern.compile("\\s*[a-zA-Z_][a-zA-Z0-9_]*\\s*(=~|!~|!=|=).*");

  private final Map<Set<String>, Set<String>> environments = new LinkedHashMap<>();
  private final Plan plan;
  private final FlagName flag;
  private final Source.Alertmanager source;
  private final World world;
  private final Outage outage;
  private final InstantSource clock;
  private final LoopbackServer server;

  /**
   * Starts to listen.
   *
   * @param source the one of the plan it stands for
   * @param clock what it takes for now
   * @throws IllegalArgumentException when nothing fills a placeholder of a matcher
   */
  public SandboxAlertmanager(
      Plan plan, FlagName flag, Source.Alertmanager source, World world, InstantSource clock) {
    this.plan = plan;
    this.flag = flag;
    this.source = source;
    this.world = world;
    this.outage = new Outage(plan, world);
    this.clock = clock;
    for (Stage stage : plan.stages()) {
      stage.guardrails().stream().map(plan::guardrail).forEach(one -> note(stage, one));
    }
    this.server = new LoopbackServer("sandbox-alertmanager", this::answer);
  }

  private void note(Stage stage, Guardrail guardrail) {
    if (guardrail.source().equals(source.name())
        && guardrail.check() instanceof Check.Alerts alerts) {
      for (String environment : stage.environments()) {
        Map<String, String> values = plan.values(flag, environment);
        Set<String> matchers = new LinkedHashSet<>();
        for (String matcher : alerts.matchers()) {
          matchers.add(Template.render(matcher, values, Template.Language.MATCHER));
        }
        environments.computeIfAbsent(matchers, any -> new LinkedHashSet<>()).add(environment);
      }
    }
  }

  /** Where it listens. */
  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private Reply answer(SandboxRequest request) {
    if (outage.isOn(clock.instant())) {
      return Reply.json(503, JSON.textNode("no quorum"));
    }
    return switch (request.path()) {
      case "/api/v2/alerts" -> alerts(request.all("filter"));
      case "/api/v2/status" -> Reply.json(200, status());
      default -> Reply.text(404, "text/plain; charset=utf-8", "404 page not found\n");
    };
  }

  private Reply alerts(List<String> filters) {
    for (String filter : filters) {
      if (!ANY_MATCHER.matcher(filter).matches()) {
        return Reply.json(400, JSON.textNode("bad matcher format: " + filter));
      }
    }
    ArrayNode found = JSON.arrayNode();
    Optional<String> watchdog = source.watchdog();
    if (filters.isEmpty() || watchdog.filter(name -> isNamed(filters, name)).isPresent()) {
      found.add(alert(watchdog.orElse("Watchdog"), LONG_AGO, Map.of("severity", "none")));
    }
    Set<String> asked = new LinkedHashSet<>(filters);
    if (environments.containsKey(asked)) {
      fires(environments.get(asked))
          .ifPresent(since -> found.add(alert("SandboxErrorSLOViolation", since, labels(asked))));
    }
    return Reply.json(200, found);
  }

  private static boolean isNamed(List<String> filters, String name) {
    return filters.stream()
        .map(EQUALS::matcher)
        .anyMatch(
            matcher ->
                matcher.matches()
                    && matcher.group(1).equals("alertname")
                    && matcher.group(2).equals(name));
  }

  private Optional<Instant> fires(Set<String> where) {
    return world.scenario().kind() == Scenario.Kind.ALERT
            && world.scenario().stage().orElseThrow().environments().stream()
                .anyMatch(where::contains)
        ? world.noticed().filter(since -> !clock.instant().isBefore(since))
        : Optional.empty();
  }

  private static Map<String, String> labels(Set<String> matchers) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String text : matchers) {
      Matcher matcher = EQUALS.matcher(text);
      if (matcher.matches()) {
        labels.put(matcher.group(1), matcher.group(2));
      }
    }
    return labels;
  }

  private ObjectNode alert(String name, Instant since, Map<String, String> labels) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ObjectNode alert = JSON.objectNode();
    alert.putObject("annotations").put("title", "made by the sandbox");
    alert.put("endsAt", now.plus(Duration.ofMinutes(4)).toString());
    alert.put("fingerprint", "%016x".formatted(name.hashCode()));
    alert.putArray("receivers").addObject().put("name", "none");
    alert.put("startsAt", since.toString());
    ObjectNode status = alert.putObject("status").put("state", "active");
    for (String by : List.of("inhibitedBy", "silencedBy", "mutedBy")) {
      status.putArray(by);
    }
    alert.put("updatedAt", now.toString());
    ObjectNode all = alert.putObject("labels").put("alertname", name);
    labels.forEach(all::put);
    return alert;
  }

  private ObjectNode status() {
    ObjectNode status = JSON.objectNode();
    ObjectNode cluster = status.putObject("cluster").put("status", "disabled");
    cluster.putArray("peers");
    status.putObject("config").put("original", "");
    status.put("uptime", LONG_AGO.toString());
    ObjectNode version = status.putObject("versionInfo").put("version", "0.28.0-sandbox");
    for (String detail : List.of("branch", "buildDate", "buildUser", "goVersion", "revision")) {
      version.put(detail, "sandbox");
    }
    return status;
  }
}
