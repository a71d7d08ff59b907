package rollout.report;

import java.util.List;
import rollout.core.Progress;
import rollout.plan.Durations;
import rollout.plan.Stage;

/** The stages of a rollout, and how far it is among them. */
final class StageSection {
  private StageSection() {}

  static List<Line> of(Standing standing) {
    Table table = new Table();
    for (Stage stage : standing.state().plan().stages()) {
      Standing.Mark mark = standing.mark(stage);
      table.row(
          Line.of(symbol(mark), tint(mark)).add(" " + Escape.line(stage.name()), nameTint(mark)),
          Line.of(stage.exposure() + " of " + Escape.line(stage.place()), nameTint(mark)),
          Line.of(Durations.words(stage.bake()), nameTint(mark)),
          Line.of(note(standing, stage, mark), Tint.FAINT));
    }
    return table.lines("  ");
  }

  private static String note(Standing standing, Stage stage, Standing.Mark mark) {
    if (mark == Standing.Mark.PRESENT) {
      return activity(standing.state().progress().activity());
    }
    if (mark == Standing.Mark.TO_COME) {
      return stage.approval().map(asked -> "then asks: " + Escape.line(asked)).orElse("");
    }
    return "";
  }

  private static String activity(Progress.Activity activity) {
    return switch (activity) {
      case ENTERING -> "entering";
      case BAKING -> "baking";
      case AWAITING_APPROVAL -> "awaiting approval";
      case STEPPING_BACK -> "stepping back";
      case PREFLIGHT, PASSED -> "";
    };
  }

  private static String symbol(Standing.Mark mark) {
    return switch (mark) {
      case PASSED -> "✔";
      case PRESENT -> "●";
      case TO_COME -> "○";
      case FAILED -> "✖";
    };
  }

  private static Tint tint(Standing.Mark mark) {
    return switch (mark) {
      case PASSED -> Tint.GOOD;
      case PRESENT -> Tint.STRONG;
      case TO_COME -> Tint.FAINT;
      case FAILED -> Tint.BAD;
    };
  }

  private static Tint nameTint(Standing.Mark mark) {
    return switch (mark) {
      case PRESENT, FAILED -> Tint.STRONG;
      case PASSED -> Tint.PLAIN;
      case TO_COME -> Tint.FAINT;
    };
  }
}
