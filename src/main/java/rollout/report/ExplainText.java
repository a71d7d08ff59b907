package rollout.report;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Difference;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.Hindsight;
import rollout.core.Look;
import rollout.core.LookAgain;
import rollout.judge.Measurement;
import rollout.judge.Verdict;
import rollout.plan.Durations;
import rollout.plan.Plan;
import rollout.plan.Role;
import rollout.plan.Stage;
import rollout.port.History;

/** Why one event came about, for somebody who was just woken up. */
public final class ExplainText {
  private static final String INDENT = "  ";
  private static final int NAME = 13;

  private final Times times;
  private final boolean all;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  private ExplainText(Times times, boolean all, int width) {
    this.times = times;
    this.all = all;
    this.width = width;
  }

  /**
   * The text, lines ended by {@code \n}. Queries are never cut: they are there to be copied.
   *
   * @param all every guardrail of the look in full, not only those that did not pass
   * @param width where sentences are wrapped
   */
  public static String of(
      History history, Hindsight hindsight, ZoneId zone, boolean all, int width, Style style) {
    ExplainText text = new ExplainText(new Times(zone), all, width);
    text.add(history, hindsight, style);
    return Line.draw(text.lines, Integer.MAX_VALUE, style);
  }

  private void add(History history, Hindsight hindsight, Style style) {
    lines.add(
        Line.of("event " + hindsight.seq() + " of " + history.events().size(), Tint.FAINT)
            .add(", " + times.day(hindsight.event().at()) + ", rollout " + history.rollout()));
    String words = EventWords.of(hindsight.before(), hindsight.event());
    lines.addAll(Wrap.lines(words, "", width, Tint.STRONG));
    Map<String, String> facts = Explanation.facts(hindsight);
    if (!facts.isEmpty()) {
      lines.add(Line.blank());
      facts.forEach(this::fact);
    }
    hindsight.look().ifPresent(this::addLook);
    lines.add(Line.blank());
    addOutcome(hindsight);
    String flag = hindsight.after().flag().value();
    lines.add(
        Line.of("another event: " + style.invocation().line("explain", flag, "SEQ"), Tint.FAINT)
            .add("; all: " + style.invocation().line("history", flag), Tint.FAINT));
  }

  private void addLook(LookAgain look) {
    lines.add(Line.blank());
    lines.add(
        Line.of("look " + look.stored().look() + " of stage " + Escape.line(look.stored().stage()))
            .add(
                " (event " + look.seq() + "), for the moment " + times.stamp(look.dueAt()),
                Tint.PLAIN));
    for (Finding finding : look.stored().findings()) {
      addVerdict(look, finding);
    }
  }

  private void addVerdict(LookAgain look, Finding finding) {
    Line lead =
        Line.of(INDENT + symbol(finding) + " ", tint(finding))
            .add(Columns.pad(Escape.line(finding.guardrail()), NAME + 3))
            .add(" " + Columns.pad(LookWords.kind(finding.kind()), 14), tint(finding));
    lines.addAll(Wrap.behind(lead, Escape.line(finding.reason()), Math.max(width, 60)));
    if (!all && finding.kind() == Verdict.Kind.PASS) {
      return;
    }
    Plan plan = look.before().plan();
    Stage stage = plan.stages().get(plan.indexOf(look.stored().stage()).orElseThrow());
    detail("rule", GuardrailWords.of(plan, finding.guardrail(), stage));
    for (Measurement measurement : look.measurements(finding.guardrail())) {
      addMeasurement(look, measurement, stage.environments().size() > 1);
    }
    Optional.ofNullable(look.after().guardrails().get(finding.guardrail()))
        .ifPresent(watch -> detail("looks", looks(watch)));
  }

  private void addMeasurement(LookAgain look, Measurement measurement, boolean cells) {
    if (cells) {
      detail("in", measurement.environment().orElse("?"));
    }
    detail("window", window(measurement));
    detail("source", GuardrailWords.source(look.before().plan(), measurement.guardrail()));
    Optional<Look.Inquiry> asked = look.asked(measurement);
    measurement
        .readings()
        .forEach(
            (role, reading) -> {
              detail(Json.word(role).replace('_', ' '), ReadingText.of(reading));
              query(asked, role).ifPresent(query -> detail("", query));
            });
  }

  private static Optional<String> query(Optional<Look.Inquiry> asked, Role role) {
    return asked.stream()
        .flatMap(inquiry -> inquiry.questions().stream())
        .filter(question -> question.role() == role)
        .map(question -> GuardrailWords.query(question.query()))
        .findFirst();
  }

  private String window(Measurement measurement) {
    if (measurement.window().isEmpty()) {
      return "empty: no part of the stage was old enough to be measured";
    }
    return times.stamp(measurement.window().from())
        + " – "
        + times.stamp(measurement.window().to())
        + " ("
        + Durations.words(measurement.window().length())
        + (measurement.full() ? ")" : ", shortened: the stage was younger than the window)");
  }

  private String looks(GuardrailWatch watch) {
    String streak =
        watch.streak() == 0
            ? ""
            : "; crossed in "
                + watch.streak()
                + (watch.streak() == 1 ? " look" : " looks in a row")
                + watch.breachedSince().map(at -> " since " + times.stamp(at)).orElse("");
    return watch.conclusive() + " conclusive, " + watch.passes() + " of them passes" + streak;
  }

  private void addOutcome(Hindsight hindsight) {
    if (hindsight.differences().isEmpty()) {
      boolean anything = hindsight.decided() || hindsight.look().isPresent();
      lines.add(
          anything
              ? Line.of("✔ ", Tint.GOOD).add("recomputed from the journal: the same")
              : Line.of("a person or a server said so; there is nothing to recompute"));
      return;
    }
    lines.add(Line.of("✖ ", Tint.BAD).add("recomputed from the journal: NOT the same", Tint.BAD));
    for (Difference one : hindsight.differences()) {
      String text =
          one.of() + ", " + one.field() + ": stored " + one.stored() + ", recomputed " + said(one);
      lines.addAll(Wrap.lines(Escape.line(text), INDENT + INDENT, width, Tint.BAD));
    }
    lines.addAll(
        Wrap.lines(
            "Either the journal was changed (audit verify says where), or another version of this"
                + " program judged then: "
                + hindsight.after().started().program()
                + " began this rollout.",
            INDENT,
            width,
            Tint.PLAIN));
  }

  private static String said(Difference one) {
    return one.again().isEmpty() ? "nothing" : one.again();
  }

  private void fact(String name, String text) {
    Line lead = Line.of(INDENT + Columns.pad(name, NAME), Tint.FAINT);
    lines.addAll(Wrap.behind(lead, Escape.line(text), Math.max(width, 60)));
  }

  private void detail(String name, String text) {
    lines.add(Line.of("      " + Columns.pad(name, NAME - 1), Tint.FAINT).add(Escape.line(text)));
  }

  private static String symbol(Finding finding) {
    return switch (finding.kind()) {
      case PASS -> "✔";
      case FAIL -> "✖";
      case INCONCLUSIVE, NO_DATA, ERROR -> finding.breached() ? "▲" : "◌";
    };
  }

  private static Tint tint(Finding finding) {
    return switch (finding.kind()) {
      case PASS -> Tint.GOOD;
      case FAIL -> Tint.BAD;
      case INCONCLUSIVE, NO_DATA, ERROR -> Tint.DOUBTFUL;
    };
  }
}
