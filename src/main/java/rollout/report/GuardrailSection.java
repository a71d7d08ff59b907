package rollout.report;

import java.util.List;
import java.util.Optional;
import rollout.core.Watch;
import rollout.judge.Verdict;
import rollout.plan.OnBreach;

/** Each guardrail with its verdict, value, limit, passes and last values. */
final class GuardrailSection {
  private static final int WIDEST_NAME = 24;
  private static final int ROOM_BESIDE_LOOKS = 76;
  private static final int MOST_LOOKS = 32;
  private static final int FEWEST_LOOKS = 8;
  private static final String NOTE_INDENT = "    ";

  private GuardrailSection() {}

  static List<Line> of(Standing standing, int width) {
    List<GuardrailRow> rows = standing.watching().guardrails();
    if (rows.isEmpty()) {
      return List.of();
    }
    int looks = Math.min(MOST_LOOKS, width - ROOM_BESIDE_LOOKS);
    boolean drawn = looks >= FEWEST_LOOKS;
    Table table = new Table();
    table.head(
        "  " + title(standing), "verdict", "value", "limit", "passes", drawn ? "last looks" : "");
    for (GuardrailRow row : rows) {
      addRow(table, row, drawn ? looks : 0);
      if (row.verdict() != Verdict.Kind.PASS && row.watch().latest().isPresent()) {
        reason(row, width).forEach(table::note);
      }
    }
    return table.lines("  ");
  }

  /** While a stage is entering, the one before it is still watched. */
  private static String title(Standing standing) {
    Watch watch = standing.state().watch().orElseThrow();
    return standing.watching().present().isPresent()
        ? "guardrail"
        : "guardrail of stage " + Escape.line(watch.stage());
  }

  private static void addRow(Table table, GuardrailRow row, int looks) {
    Tint tint = tint(row);
    String name = Columns.fit(Escape.line(row.name()), WIDEST_NAME);
    table.row(
        Line.of(symbol(row), tint).add(" " + name),
        Line.of(verdict(row), tint),
        Line.of(number(row, row.value())),
        Line.of(number(row, row.limit())),
        Line.of(Math.min(row.watch().passes(), row.required()) + "/" + row.required()),
        Line.of(looks == 0 ? "" : Drawing.sparkline(row.recent(), row.limit(), looks), tint));
  }

  private static List<Line> reason(GuardrailRow row, int width) {
    String indent = NOTE_INDENT;
    return Wrap.lines(Escape.line(row.reason()), indent, width - 2, tint(row));
  }

  private static String number(GuardrailRow row, Optional<Double> number) {
    return number.map(value -> Numbers.text(value, row.unit())).orElse("–");
  }

  private static String verdict(GuardrailRow row) {
    if (row.watch().latest().isEmpty()) {
      return "no look yet";
    }
    if (row.isPending()) {
      return "breach";
    }
    boolean warns = row.onBreach() == OnBreach.WARN && row.verdict() == Verdict.Kind.FAIL;
    return warns ? "warning" : LookWords.kind(row.verdict());
  }

  private static String symbol(GuardrailRow row) {
    if (row.isPending()) {
      return "▲";
    }
    return switch (row.verdict()) {
      case PASS -> "✔";
      case FAIL -> row.onBreach() == OnBreach.WARN ? "▲" : "✖";
      case INCONCLUSIVE, NO_DATA, ERROR -> "◌";
    };
  }

  private static Tint tint(GuardrailRow row) {
    return switch (row.verdict()) {
      case PASS -> Tint.GOOD;
      case FAIL -> row.onBreach() == OnBreach.WARN ? Tint.DOUBTFUL : Tint.BAD;
      case INCONCLUSIVE, NO_DATA, ERROR -> Tint.DOUBTFUL;
    };
  }
}
