package rollout.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Seal;
import rollout.core.TakeBack;
import rollout.core.Trouble;

/** Exposure going back: why, and how far each environment is. */
final class TakeBackSection {
  private final Standing standing;
  private final Times times;
  private final int width;

  private TakeBackSection(Standing standing, Times times, int width) {
    this.standing = standing;
    this.times = times;
    this.width = width;
  }

  static List<Line> of(Standing standing, TakeBack back, Times times, int width) {
    return new TakeBackSection(standing, times, width).lines(back);
  }

  private List<Line> lines(TakeBack back) {
    List<Line> lines = new ArrayList<>();
    String what = "taking the flag back since " + times.clock(back.since());
    lines.add(Line.of("  ").add(what, Tint.BAD));
    lines.addAll(Wrap.lines(Escape.line(back.reason()), "    ", width, Tint.PLAIN));
    lines.add(Line.blank());
    Table table = new Table();
    for (Map.Entry<String, Seal> one : back.seals().entrySet()) {
      addSeal(table, one.getKey(), one.getValue());
    }
    lines.addAll(table.lines("  "));
    return lines;
  }

  private void addSeal(Table table, String environment, Seal seal) {
    String symbol = seal.isSealed() ? "✔" : seal.isOff() ? "●" : "▲";
    Tint tint = seal.isSealed() ? Tint.GOOD : seal.isOff() ? Tint.DOUBTFUL : Tint.BAD;
    table.row(
        Line.of(symbol, tint).add(" " + Escape.line(environment), Tint.STRONG),
        Line.of(words(environment, seal), tint));
    if (!seal.isSealed()) {
      trouble(environment).ifPresent(trouble -> addTrouble(table, trouble));
    }
  }

  private String words(String environment, Seal seal) {
    if (seal.isSealed()) {
      return "off, sealed at " + times.clock(seal.sealedAt().orElseThrow());
    }
    if (seal.isOff()) {
      return "off at GitLab since "
          + times.clock(seal.offAt().orElseThrow())
          + seal.expectedAt().map(at -> ", not sealed until " + times.clock(at)).orElse("");
    }
    String exposure = Standing.exposure(standing.state().environment(environment));
    return "switching off, last verified " + exposure;
  }

  private Optional<Trouble> trouble(String environment) {
    return standing.state().environment(environment).trouble();
  }

  private void addTrouble(Table table, Trouble trouble) {
    Instant retry = trouble.retryAt();
    String text =
        "tried "
            + (trouble.attempts() == 1 ? "once" : trouble.attempts() + " times")
            + ", again "
            + Times.due(standing.now(), retry)
            + ": "
            + Escape.line(trouble.reason());
    Wrap.lines(text, "    ", width - 2, Tint.BAD).forEach(table::note);
  }
}
