package rollout.report;

import java.util.ArrayList;
import java.util.List;
import rollout.core.Rehearsed;
import rollout.plan.Durations;
import rollout.plan.FlagName;

/** What a plan did about each scripted harm, as a table. */
public final class RehearsalText {
  private RehearsalText() {}

  /** The text, lines ended by {@code \n}. */
  public static String of(FlagName flag, List<Rehearsed> outcomes, int width, Style style) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.of(flag.value(), Tint.STRONG).add(", rehearsed against the sandbox, one harm a time"));
    lines.add(Line.blank());
    Table table =
        new Table().head("  harm", "stage", "ending", "decided after", "off after", "harmed", "by");
    outcomes.forEach(one -> add(table, one));
    lines.addAll(table.lines(""));
    lines.add(Line.blank());
    for (Rehearsed one : outcomes) {
      if (!one.isWell()) {
        String text = one.harm() + " in stage " + one.stage().name() + ": " + why(one);
        lines.addAll(Wrap.lines(Escape.line(text), "  ", width, Tint.BAD));
      }
    }
    long wrong = outcomes.stream().filter(one -> !one.isWell()).count();
    lines.add(
        wrong == 0
            ? Line.of("✔ ", Tint.GOOD)
                .add("what is harmful was stopped, what is not was let through")
            : Line.of("✖ ", Tint.BAD)
                .add(wrong + " of " + outcomes.size() + " ended as they should not"));
    return Line.draw(lines, Integer.MAX_VALUE, style);
  }

  private static String why(Rehearsed one) {
    return one.harmful()
        ? "passed, " + one.requests() + " requests harmed; " + one.reason()
        : "stopped, though the flag did no lasting harm: " + one.reason();
  }

  private static void add(Table table, Rehearsed one) {
    Tint tint = one.isWell() ? Tint.GOOD : Tint.BAD;
    table.row(
        Line.of(one.isWell() ? "✔ " : "✖ ", tint).add(Escape.line(one.harm())),
        Line.of(Escape.line(one.stage().name())),
        Line.of(Json.word(one.ending()).replace('_', ' '), tint),
        Line.of(one.after().map(Durations::words).orElse("–")),
        Line.of(one.off().map(Durations::words).orElse("–")),
        Line.of(Numbers.text(one.requests(), Numbers.Unit.PLAIN)),
        Line.of(Escape.line(one.guardrail().orElse("–"))));
  }
}
