package rollout.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rollout.core.Look;
import rollout.plan.Durations;
import rollout.plan.FlagName;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.RaiseConditions;
import rollout.plan.Stage;

/** Everything a plan would do for a flag, before it does any of it. */
public final class PlanText {
  private static final String ASKED = "asked before every raise";

  private final Outline outline;
  private final Outlook outlook;
  private final Times times;
  private final Invocation invocation;
  private final List<Line> lines = new ArrayList<>();

  private PlanText(Outline outline, Outlook outlook, Times times, Invocation invocation) {
    this.outline = outline;
    this.outlook = outlook;
    this.times = times;
    this.invocation = invocation;
  }

  /**
   * The text, lines ended by {@code \n}. Never wrapped and never cut: queries, bodies and commands
   * are there to be copied.
   *
   * @param now when it would start
   * @param outlook what its stages could see
   * @throws IllegalArgumentException when a placeholder of a query stays open; the message says
   *     which
   */
  public static String of(
      Plan plan, FlagName flag, Instant now, Outlook outlook, ZoneId zone, Style style) {
    Outline outline = Outliner.outline(plan, flag, now);
    PlanText text = new PlanText(outline, outlook, new Times(zone), style.invocation());
    text.addAll();
    return Line.draw(text.lines, Integer.MAX_VALUE, style);
  }

  private void addAll() {
    lines.add(
        Line.of(outline.flag().value(), Tint.STRONG)
            .add(
                ", if it started now, "
                    + times.day(outline.from())
                    + " with the flag off everywhere (nothing is changed)"));
    Outline.StageOutline before = null;
    for (Outline.StageOutline stage : outline.stages()) {
      lines.add(Line.blank());
      addStage(stage, before);
      before = stage;
    }
    lines.add(Line.blank());
    addConditions();
    addSum();
  }

  private void addConditions() {
    RaiseConditions conditions = outline.plan().conditions();
    conditions
        .incidents()
        .map(one -> "an open incident of " + one.project() + labels(one) + ", ")
        .ifPresent(what -> fact("held by", what + ASKED));
    conditions
        .freeze()
        .map(one -> "a freeze of " + one.project() + ", ")
        .ifPresent(what -> fact("held by", what + ASKED));
  }

  private static String labels(RaiseConditions.Incidents incidents) {
    return incidents.labels().isEmpty()
        ? ""
        : " with any of " + String.join(", ", incidents.labels());
  }

  private void addStage(Outline.StageOutline one, Outline.StageOutline before) {
    Stage stage = one.stage();
    String share = EventWords.share(stage.exposure(), stage.place());
    lines.add(
        Line.of(Escape.line(stage.name()), Tint.STRONG)
            .add(Escape.line(": " + share + " for " + Durations.words(stage.bake()))));
    stage.environments().stream()
        .flatMap(cell -> Stream.ofNullable(outline.plan().conditions().windows().get(cell)))
        .distinct()
        .forEach(window -> fact("window", window.toString()));
    one.writes().forEach(this::addWrite);
    if (one.writes().isEmpty()) {
      fact("send", "nothing, it is in force already");
    }
    outline
        .shareOfCalls(stage.exposure())
        .ifPresent(calls -> fact("reach", stage.exposure() + " of actors is " + reach(calls)));
    fact("looks", looks(one));
    addQueries(one, before);
    if (!one.queriesADay().isEmpty()) {
      fact("queries", counts(one.queriesADay()) + " a day");
    }
    outlook.of(stage).forEach(sight -> fact("sees", OutlookWords.of(sight)));
    stage.approval().ifPresent(asked -> fact("approval", "asked after the bake: " + asked));
    fact("passes", times.day(one.endsAt()) + " at the earliest" + note(one.afterApproval()));
  }

  private static String reach(double calls) {
    return "up to " + Numbers.text(calls, Numbers.Unit.SHARE) + " of calls";
  }

  private void addWrite(Outline.Write write) {
    String at = times.day(write.at()) + note(write.afterApproval());
    String address = Address.of(write.environment(), outline.flag());
    fact("send", at + ": POST " + address + "  " + write.body());
  }

  private static String note(boolean afterApproval) {
    return afterApproval ? ", after approval" : "";
  }

  private static String looks(Outline.StageOutline one) {
    if (one.looks() == 0) {
      return "none: nothing watches this stage";
    }
    String interval = Durations.words(one.stage().interval());
    String sum = number(one.looks()) + ", one every " + interval;
    return one.stage().unguarded()
        ? sum + ", and it may pass without them"
        : sum + "; each guardrail must pass " + number(one.required());
  }

  private void addQueries(Outline.StageOutline one, Outline.StageOutline before) {
    if (one.looks() == 0) {
      return;
    }
    if (before != null && !before.queries().isEmpty() && before.queries().equals(one.queries())) {
      fact("asks", "the same as stage " + before.stage().name());
      return;
    }
    for (Look.Inquiry inquiry : one.questions()) {
      String name = inquiry.guardrail();
      String words = GuardrailWords.of(outline.plan(), name, one.stage());
      String source = GuardrailWords.source(outline.plan(), name);
      String where = one.stage().environments().size() > 1 ? " in " + inquiry.environment() : "";
      fact("asks", source + " for " + name + where + " (" + words + ")");
      inquiry.questions().forEach(this::addQuery);
    }
  }

  private void addQuery(Question question) {
    String role = Json.word(question.role()).replace('_', ' ');
    String query = GuardrailWords.query(question.query());
    Line lead =
        Line.of(Columns.pad("", 13))
            .add(Columns.pad(role, Math.max(10, role.length() + 2)), Tint.FAINT);
    lines.add(lead.add(Escape.line(query)));
  }

  private void addSum() {
    String length = Durations.words(outline.length());
    fact("in all", length + " without waiting for people; " + times.day(outline.endsAt()));
    outlook.silence().ifPresent(why -> fact("sees", "not known: " + why));
    fact("undo", invocation.line("abort", outline.flag().value()));
    outline.environments().stream()
        .map(environment -> Undo.curl(environment, outline.flag()))
        .forEach(curl -> fact("", curl));
    if (outline.restores()) {
      fact("", Undo.RESTORES);
    }
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(one -> one.getKey() + " " + number(one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String number(long count) {
    return Numbers.text(count, Numbers.Unit.PLAIN);
  }

  private void fact(String name, String text) {
    Line lead = Line.of(Columns.pad("  " + name, 13), Tint.FAINT);
    lines.add(lead.add(Escape.line(text)));
  }
}
