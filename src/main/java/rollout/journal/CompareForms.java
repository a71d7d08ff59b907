package rollout.journal;

import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.TEXT;

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

  private CompareForms() {}

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
