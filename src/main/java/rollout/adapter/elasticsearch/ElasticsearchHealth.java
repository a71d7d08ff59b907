package rollout.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import rollout.adapter.http.HttpAnswer;
import rollout.adapter.http.HttpAsk;
import rollout.adapter.http.HttpEndpoint;
import rollout.adapter.http.HttpFailure;
import rollout.judge.Reading;
import rollout.plan.SignalQuery;
import rollout.plan.Window;
import rollout.port.ClockSkew;
import rollout.port.Health;
import rollout.port.PortException;

/**
 * Looks whether an Elasticsearch answers us, and whether it could say bad: a search that matches
 * nothing and a field that no index has look healthy for ever.
 */
public final class ElasticsearchHealth implements Health {
  private static final Duration RECENT = Duration.ofHours(6);

  private final SearchApi api;
  private final SearchBody bodies;
  private final List<SignalQuery> queries;
  private final InstantSource clock;

  /**
   * @param timeField the field that holds an entry's time
   * @param queries what the plan asks of it
   * @param clock for comparing it with the server's
   */
  public ElasticsearchHealth(
      HttpEndpoint endpoint, String timeField, List<SignalQuery> queries, InstantSource clock) {
    this.api = new SearchApi(endpoint);
    this.bodies = new SearchBody(timeField);
    this.queries = List.copyOf(queries);
    this.clock = clock;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      HttpAnswer root = api.send(HttpAsk.get(""), "who it is");
      Instant here = clock.instant();
      if (root.status() == 401) {
        throw api.refused(root, "who it is");
      }
      findings.add(new Finding(Wellness.WELL, "reached", api.address() + version(root)));
      findings.add(who());
      for (SignalQuery query : queries) {
        examine(query, findings);
      }
      findings.add(ClockSkew.finding(root.date(), here));
    } catch (PortException failed) {
      String subject = failed.status() == 401 ? "token" : "reached";
      findings.add(new Finding(Wellness.ILL, subject, failed.getMessage()));
    }
    return findings;
  }

  /** A key that may only read some index may not ask for the version. */
  private static String version(HttpAnswer root) {
    JsonNode version = body(root).path("version");
    String number = HttpAnswer.oneLine(version.path("number").asText(""));
    String kind = version.path("distribution").asText("elasticsearch");
    return number.isEmpty() ? "" : ", " + HttpAnswer.oneLine(kind) + " " + number;
  }

  /** Elasticsearch and OpenSearch tell it at different addresses; without security at none. */
  private Finding who() throws PortException {
    JsonNode elastic = asked("_security", "_authenticate").path("username");
    JsonNode name =
        elastic.isTextual()
            ? elastic
            : asked("_plugins", "_security", "authinfo").path("user_name");
    return new Finding(
        Wellness.WELL,
        "token",
        name.isTextual() ? HttpAnswer.oneLine(name.asText()) : "the server does not tell whose");
  }

  private JsonNode asked(String... path) throws PortException {
    HttpAnswer answer = api.send(HttpAsk.get(path), "who we are");
    return answer.isSuccess() ? body(answer) : MissingNode.getInstance();
  }

  private static JsonNode body(HttpAnswer answer) {
    try {
      return answer.json();
    } catch (HttpFailure notJson) {
      return MissingNode.getInstance();
    }
  }

  private void examine(SignalQuery query, List<Finding> findings) {
    try {
      if (query instanceof SignalQuery.LogSplit split) {
        findings.add(flagField(split));
        findings.add(query(split.index(), split.requests()));
      } else if (query instanceof SignalQuery.LogCount count) {
        findings.add(query(count.index(), count.search()));
      }
    } catch (PortException failed) {
      findings.add(new Finding(Wellness.ILL, "query", failed.getMessage()));
    }
  }

  private Finding query(String index, String search) throws PortException {
    Instant now = clock.instant();
    Window window = new Window(now.minus(RECENT), now);
    Answer answer = api.search(index, bodies.count(search, List.of(window)));
    var missing = answer.missing();
    if (missing.isPresent()) {
      return new Finding(Wellness.DOUBTFUL, "query", index + ": " + missing.get());
    }
    Reading found = new SearchCounts(answer, 1).count(0);
    boolean any = !found.equals(new Reading.Value(0));
    return new Finding(
        any ? Wellness.WELL : Wellness.DOUBTFUL,
        "query",
        search
            + (any ? " has" : " has no")
            + " entries in "
            + index
            + " in the last "
            + RECENT.toHours()
            + " hours"
            + (any ? "" : "; is it mistyped?"));
  }

  /** Where no index has the field, every request would count as one without the flag. */
  private Finding flagField(SignalQuery.LogSplit split) throws PortException {
    HttpAsk ask = HttpAsk.get(split.index(), "_field_caps").query("fields", split.flagField());
    HttpAnswer answer = api.required(ask, "for the field " + split.flagField());
    JsonNode types = body(answer).path("fields").path(split.flagField());
    List<String> names = new ArrayList<>();
    types.fieldNames().forEachRemaining(names::add);
    return names.isEmpty()
        ? new Finding(
            Wellness.ILL,
            "flag_field",
            split.index()
                + " has no field "
                + split.flagField()
                + ": every request would count as one without the flag")
        : new Finding(
            Wellness.WELL, "flag_field", split.flagField() + " is " + String.join(", ", names));
  }
}
