package rollout.report;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rollout.core.BacktestOutcome;
import rollout.plan.Durations;
import rollout.plan.Plan;

/** What a plan would have done in the past, for people. */
public final class BacktestText {
  private static final int MOST_STOPS = 20;

  private final BacktestOutcome outcome;
  private final Plan plan;
  private final Times times;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  private BacktestText(BacktestOutcome outcome, Plan plan, Times times, int width) {
    this.outcome = outcome;
    this.plan = plan;
    this.times = times;
    this.width = width;
  }

  /**
   * The text, lines ended by {@code \n}.
   *
   * @param plan whose guardrails they are, for units
   */
  public static String of(BacktestOutcome outcome, Plan plan, ZoneId zone, int width, Style style) {
    BacktestText text = new BacktestText(outcome, plan, new Times(zone), width);
    text.addAll();
    return Line.draw(text.lines, Integer.MAX_VALUE, style);
  }

  private void addAll() {
    Duration length = Duration.between(outcome.from(), outcome.to());
    lines.add(
        Line.of(outcome.flag().value(), Tint.STRONG)
            .add(
                ", the last "
                    + Durations.words(length)
                    + " until "
                    + times.day(outcome.to())
                    + ", one rollout after the other"));
    lines.add(Line.blank());
    lines.add(verdict());
    if (!outcome.stops().isEmpty()) {
      lines.add(Line.blank());
      addStops();
    }
    lines.add(Line.blank());
    addTallies();
    addSilences();
    addPassedOver();
  }

  private Line verdict() {
    int stopped = outcome.stops().size();
    String looks = number(outcome.looks()) + " looks in all; " + outcome.completed() + " completed";
    String would =
        "would have stopped "
            + (stopped == 0 ? "none" : stopped)
            + " of "
            + number(outcome.rollouts())
            + (outcome.rollouts() == 1 ? " rollout" : " rollouts");
    return Line.of(would, stopped == 0 ? Tint.GOOD : Tint.BAD).add(" (" + looks + ")");
  }

  private void addStops() {
    Table table = new Table().head("  at", "stage", "why");
    outcome.stops().stream().limit(MOST_STOPS).forEach(stop -> addStop(table, stop));
    lines.addAll(table.lines(""));
    int more = outcome.stops().size() - MOST_STOPS;
    if (more > 0) {
      lines.add(Line.of("  and " + more + " more; all of them with -o json", Tint.FAINT));
    }
  }

  private void addStop(Table table, BacktestOutcome.Stop stop) {
    table.row(
        Line.of("  " + times.stamp(stop.at())),
        Line.of(Escape.line(stop.stage())),
        Line.of(Escape.line(Json.word(stop.action()) + ": " + stop.reason())));
  }

  private void addTallies() {
    Table table = new Table().head("  guardrail", "looks", "proved", "crossed", "stops", "limit");
    for (BacktestOutcome.Tally tally : outcome.tallies()) {
      Numbers.Unit unit = GuardrailRow.unit(plan, tally.guardrail());
      String advice =
          tally
              .better()
              .map(
                  better ->
                      "; a limit of " + Numbers.text(better, unit) + " would have stopped none")
              .orElse("");
      table.row(
          Line.of("  " + Escape.line(tally.guardrail())),
          Line.of(number(tally.looks())),
          Line.of(number(tally.conclusive())),
          Line.of(number(tally.crossed())),
          Line.of(number(tally.stops())),
          Line.of(tally.limit().map(limit -> Numbers.text(limit, unit)).orElse("–"))
              .add(advice, Tint.DOUBTFUL));
    }
    lines.addAll(table.lines(""));
  }

  private void addSilences() {
    if (outcome.silences().isEmpty()) {
      return;
    }
    lines.add(Line.blank());
    BacktestOutcome.Silence first = outcome.silences().get(0);
    int more = outcome.silences().size() - 1;
    String text =
        "evidence stayed away "
            + (more == 0 ? "once, " : outcome.silences().size() + " times, first ")
            + times.stamp(first.at())
            + " in stage "
            + first.stage()
            + ": "
            + first.reason();
    lines.addAll(Wrap.lines(Escape.line(text), "  ", width, Tint.DOUBTFUL));
  }

  /** What shares a reason is named together. */
  private void addPassedOver() {
    if (outcome.passedOver().isEmpty()) {
      return;
    }
    Map<String, String> names = new LinkedHashMap<>();
    outcome
        .passedOver()
        .forEach(one -> names.merge(one.why(), one.name(), (some, next) -> some + ", " + next));
    lines.add(Line.blank());
    lines.add(Line.of("  not looked back at", Tint.FAINT));
    names.forEach(
        (why, name) ->
            lines.addAll(Wrap.lines(Escape.line(name + ": " + why), "    ", width, Tint.PLAIN)));
  }

  private static String number(long count) {
    return Numbers.text(count, Numbers.Unit.PLAIN);
  }

  /** A line that says how far a replay has come. */
  public static String progress(double share, String moment, int width, Style style) {
    int room = Math.max(8, Math.min(40, width - 40));
    int done = (int) Math.round(share * room);
    Line line =
        Line.of("█".repeat(done), Tint.GOOD)
            .add("░".repeat(room - done), Tint.FAINT)
            .add("  " + Math.round(share * 100) + "%  " + moment);
    return line.draw(width, style);
  }
}
