package rollout.journal;

import static rollout.journal.Forms.INSTANT;
import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.TRUTH;
import static rollout.journal.Forms.WHOLE;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import rollout.core.Finding;
import rollout.judge.Measurement;
import rollout.judge.Reading;
import rollout.judge.Verdict;
import rollout.plan.Role;
import rollout.plan.Window;

/** The stored forms of what sources said and what was found in it. */
final class EvidenceForms {
  private static final Form<Window> WINDOW =
      new Shape<>(
          (to, window) -> to.put("from", INSTANT, window.from()).put("to", INSTANT, window.to()),
          from -> new Window(from.get("from", INSTANT), from.get("to", INSTANT)));

  private static final Form<Reading.Counts> COUNTS =
      new Shape<>(
          (to, counts) ->
              to.put("errors", NUMBER, counts.errors()).put("requests", NUMBER, counts.requests()),
          from -> new Reading.Counts(from.get("errors", NUMBER), from.get("requests", NUMBER)));

  private static final Form<Reading.Alert> ALERT =
      new Shape<>(
          (to, alert) -> to.put("name", TEXT, alert.name()).put("since", INSTANT, alert.since()),
          from -> new Reading.Alert(from.get("name", TEXT), from.get("since", INSTANT)));

  private static final Form<Reading> READING =
      new Variants<Reading>("reading")
          .with(
              "value",
              Reading.Value.class,
              (to, value) -> to.put("value", NUMBER, value.value()),
              from -> new Reading.Value(from.get("value", NUMBER)))
          .with(
              "counts",
              Reading.Counts.class,
              (to, counts) ->
                  to.put("errors", NUMBER, counts.errors())
                      .put("requests", NUMBER, counts.requests()),
              from -> new Reading.Counts(from.get("errors", NUMBER), from.get("requests", NUMBER)))
          .with(
              "split",
              Reading.Split.class,
              (to, split) ->
                  to.put("treated", COUNTS, split.treated())
                      .put("control", COUNTS, split.control()),
              from -> new Reading.Split(from.get("treated", COUNTS), from.get("control", COUNTS)))
          .with(
              "firing",
              Reading.Firing.class,
              (to, firing) ->
                  to.put("count", WHOLE, firing.count()).list("newest", ALERT, firing.newest()),
              from -> new Reading.Firing(from.get("count", WHOLE), from.list("newest", ALERT)))
          .with(
              "series",
              Reading.Series.class,
              (to, series) -> to.map("values", NUMBER, new TreeMap<>(series.values())),
              from -> new Reading.Series(from.map("values", NUMBER)))
          .with(
              "no_data",
              Reading.NoData.class,
              (to, nothing) -> to.put("reason", TEXT, nothing.reason()),
              from -> new Reading.NoData(from.get("reason", TEXT)))
          .with(
              "partial",
              Reading.Partial.class,
              (to, partial) -> to.put("reason", TEXT, partial.reason()),
              from -> new Reading.Partial(from.get("reason", TEXT)))
          .with(
              "unavailable",
              Reading.Unavailable.class,
              (to, unavailable) -> to.put("reason", TEXT, unavailable.reason()),
              from -> new Reading.Unavailable(from.get("reason", TEXT)));

  static final Form<Measurement> MEASUREMENT =
      new Shape<>(
          (to, measurement) ->
              to.put("guardrail", TEXT, measurement.guardrail())
                  .maybe("environment", TEXT, measurement.environment())
                  .put("window", WINDOW, measurement.window())
                  .put("full", TRUTH, measurement.full())
                  .map("readings", READING, byName(measurement.readings())),
          from ->
              new Measurement(
                  from.get("guardrail", TEXT),
                  from.maybe("environment", TEXT),
                  from.get("window", WINDOW),
                  from.get("full", TRUTH),
                  byRole(from.map("readings", READING))));

  private static final Form<Verdict.Kind> KIND = Forms.word(Verdict.Kind.class);

  static final Form<Finding> FINDING =
      new Shape<>(
          (to, finding) ->
              to.put("guardrail", TEXT, finding.guardrail())
                  .put("kind", KIND, finding.kind())
                  .put("reason", TEXT, finding.reason())
                  .maybe("value", NUMBER, finding.value())
                  .maybe("limit", NUMBER, finding.limit())
                  .put("breached", TRUTH, finding.breached()),
          from ->
              new Finding(
                  from.get("guardrail", TEXT),
                  from.get("kind", KIND),
                  from.get("reason", TEXT),
                  from.maybe("value", NUMBER),
                  from.maybe("limit", NUMBER),
                  from.get("breached", TRUTH)));

  private static final Map<String, Role> ROLES =
      Arrays.stream(Role.values()).collect(Collectors.toMap(Role::name, Function.identity()));

  private EvidenceForms() {}

  private static Map<String, Reading> byName(Map<Role, Reading> readings) {
    Map<String, Reading> named = new TreeMap<>();
    readings.forEach((role, reading) -> named.put(role.name(), reading));
    return named;
  }

  private static Map<Role, Reading> byRole(Map<String, Reading> named) {
    Map<Role, Reading> readings = new EnumMap<>(Role.class);
    named.forEach((name, reading) -> readings.put(roleOf(name), reading));
    return readings;
  }

  private static Role roleOf(String name) {
    Role role = ROLES.get(name);
    if (role == null) {
      throw new UnknownWordException("\"" + name + "\" is no role of a reading it knows");
    }
    return role;
  }
}
