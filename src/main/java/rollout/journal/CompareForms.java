package rollout.journal;

import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.TEXT;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Compared;
import rollout.judge.sequential.Arm;
import rollout.judge.sequential.Past;
import rollout.judge.sequential.TestState;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/** The stored form of what a comparison counts and tolerates. */
final class CompareForms {
  private static final Form<Arms.Pair> PAIR =
      new Shape<>(
          (to, pair) ->
              to.put("errors", TEXT, pair.errors()).put("requests", TEXT, pair.requests()),
          from -> new Arms.Pair(from.get("errors", TEXT), from.get("requests", TEXT)));

  private static final Form<Arms> ARMS =
      new Variants<Arms>("pair of arms")
          .with(
              "logs",
              Arms.Logs.class,
              (to, logs) ->
                  to.put("flag_field", TEXT, logs.flagField())
                      .put("errors", TEXT, logs.errors())
                      .put("requests", TEXT, logs.requests()),
              from ->
                  new Arms.Logs(
                      from.get("flag_field", TEXT),
                      from.get("errors", TEXT),
                      from.get("requests", TEXT)))
          .with(
              "series",
              Arms.Series.class,
              (to, series) ->
                  to.put("treatment", PAIR, series.treatment())
                      .maybe("control", PAIR, series.control())
                      .maybe("reference", PAIR, series.reference()),
              from ->
                  new Arms.Series(
                      from.get("treatment", PAIR),
                      from.maybe("control", PAIR),
                      from.maybe("reference", PAIR)))
          .with(
              "new_issues",
              Arms.NewIssues.class,
              (to, issues) ->
                  to.put("project", TEXT, issues.project()).put("query", TEXT, issues.query()),
              from -> new Arms.NewIssues(from.get("project", TEXT), from.get("query", TEXT)));

  private static final Form<Tolerance> TOLERANCE =
      new Shape<>(
          (to, tolerance) ->
              to.put("concurrent", NUMBER, tolerance.concurrent())
                  .put("reference", NUMBER, tolerance.reference())
                  .put("history", NUMBER, tolerance.history()),
          from ->
              new Tolerance(
                  from.get("concurrent", NUMBER),
                  from.get("reference", NUMBER),
                  from.get("history", NUMBER)));

  private static final Form<WithoutControl> WITHOUT_CONTROL = Forms.word(WithoutControl.class);

  private static final Form<TestState> STATE =
      new Form<>() {
        @Override
        public void write(JsonGenerator json, TestState state) throws IOException {
          json.writeStartArray();
          for (double number : state.numbers()) {
            writeShort(json, number);
          }
          json.writeEndArray();
        }

        @Override
        public TestState read(JsonNode json) {
          List<Double> numbers = new ArrayList<>();
          json.forEach(number -> numbers.add(NUMBER.read(number)));
          return new TestState(numbers);
        }
      };

  /** What a comparison remembers after a look. */
  static final Form<Compared> COMPARED =
      new Shape<>(
          (to, one) ->
              to.put("guardrail", TEXT, one.guardrail())
                  .put("environment", TEXT, one.environment())
                  .put("state", STATE, one.state())
                  .put("requests", NUMBER, one.requests())
                  .put("detectable", NUMBER, one.detectable()),
          from ->
              new Compared(
                  from.get("guardrail", TEXT),
                  from.get("environment", TEXT),
                  from.get("state", STATE),
                  from.get("requests", NUMBER),
                  from.get("detectable", NUMBER)));

  private static final Form<Arm> ARM =
      new Form<>() {
        @Override
        public void write(JsonGenerator json, Arm arm) throws IOException {
          json.writeStartArray();
          NUMBER.write(json, arm.errors());
          NUMBER.write(json, arm.requests());
          json.writeEndArray();
        }

        @Override
        public Arm read(JsonNode json) {
          if (!json.isArray() || json.size() != 2) {
            throw new IllegalArgumentException(json + " is no pair of errors and requests");
          }
          return new Arm(NUMBER.read(json.get(0)), NUMBER.read(json.get(1)));
        }
      };

  /** What a service was like before the rollout. */
  static final Form<Past> PAST =
      new Shape<>(
          (to, past) ->
              to.put("dispersion", NUMBER, past.dispersion())
                  .put("reference_scale", NUMBER, past.referenceScale())
                  .put("reference_dispersion", NUMBER, past.referenceDispersion())
                  .maybe(
                      "reference_worst",
                      NUMBER,
                      Optional.of(past.referenceWorst()).filter(worst -> worst > 0))
                  .put("history_dispersion", NUMBER, past.historyDispersion())
                  .put("week_begins", NUMBER, past.weekBegins())
                  .list("week", ARM, past.week()),
          from ->
              new Past(
                  from.get("dispersion", NUMBER),
                  from.get("reference_scale", NUMBER),
                  from.get("reference_dispersion", NUMBER),
                  from.maybe("reference_worst", NUMBER).orElse(0.0),
                  from.get("history_dispersion", NUMBER),
                  from.get("week_begins", NUMBER),
                  from.list("week", ARM)));

  private CompareForms() {}

  /** Most of them are whole, and there are thirty in each look. */
  private static void writeShort(JsonGenerator json, double number) throws IOException {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      json.writeNumber((long) number);
    } else {
      NUMBER.write(json, number);
    }
  }

  static void write(FieldWriter to, Check.Compare compare) {
    to.put("arms", ARMS, compare.arms())
        .put("tolerance", TOLERANCE, compare.tolerance())
        .put("without_control", WITHOUT_CONTROL, compare.withoutControl());
  }

  static Check read(FieldReader from) {
    return new Check.Compare(
        from.get("arms", ARMS),
        from.get("tolerance", TOLERANCE),
        from.get("without_control", WITHOUT_CONTROL));
  }
}
