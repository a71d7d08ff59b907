package rollout.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import rollout.plan.Arms;
import rollout.plan.Check;
import rollout.plan.CounterSum;
import rollout.plan.Template;
import rollout.plan.Tolerance;
import rollout.plan.WithoutControl;

/** Reads what a compare guardrail counts on either side, and how much worse is still fine. */
final class CompareReader {
  private static final List<String> PAIRS = List.of("treatment", "control", "reference");
  private static final List<String> COUNTS = List.of("errors", "requests");

  private final Spec file;
  private final Problems problems;

  CompareReader(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Says what is missing, contradictory or without effect. */
  void check(Spec guardrail) {
    Optional<String> type = new Names(problems).sourceType(file, guardrail);
    Optional<CompareKind> kind = type.flatMap(CompareKind::over);
    if (type.isPresent() && kind.isEmpty()) {
      problems.error(
          guardrail.originOf("source"),
          "a source of type " + type.get() + " cannot tell two arms apart; that needs " + all());
    }
    kind.ifPresent(known -> check(guardrail, known));
  }

  private void check(Spec guardrail, CompareKind kind) {
    for (String key : kind.needed()) {
      if (!guardrail.has(key)) {
        problems.error(
            guardrail.origin(),
            "guardrail "
                + guardrail.name()
                + " has no "
                + key
                + "; over "
                + kind.source()
                + " it compares by "
                + kind.words());
      }
    }
    for (YamlNode.Entry entry : guardrail.node().entries()) {
      if (!kind.heeds(entry.key())) {
        problems.warning(entry.keyOrigin(), entry.key() + " has no effect over " + kind.source());
      }
    }
    PAIRS.forEach(pair -> windows(guardrail, pair));
  }

  /** Looks lie side by side: with a range of its own each would count the same requests again. */
  private void windows(Spec guardrail, String pair) {
    for (String key : COUNTS) {
      for (YamlNode.Scalar query : guardrail.section(pair).texts(key)) {
        boolean counters = CounterSum.parse(query.text()).isPresent();
        if (!counters && !Template.placeholders(query.text()).contains(Template.WINDOW)) {
          problems.error(
              query.origin(),
              pair
                  + "."
                  + key
                  + " does not count over [{{window}}]; what one look has counted the next must not"
                  + " count again");
        }
      }
    }
  }

  /** The check of a guardrail without errors. */
  Check read(Spec guardrail) {
    return new Check.Compare(arms(guardrail), tolerance(guardrail), withoutControl(guardrail));
  }

  private Arms arms(Spec guardrail) {
    String source = guardrail.text("source").orElseThrow();
    String type = file.section("sources").section(source).text(FormCheck.TYPE).orElseThrow();
    return switch (CompareKind.over(type).orElseThrow()) {
      case LOGS ->
          new Arms.Logs(
              text(guardrail, "flag_field"),
              text(guardrail, "errors"),
              text(guardrail, "requests"));
      case SERIES ->
          new Arms.Series(
              pair(guardrail, "treatment").orElseThrow(),
              pair(guardrail, "control"),
              pair(guardrail, "reference"));
      case NEW_ISSUES -> new Arms.NewIssues(text(guardrail, "project"), text(guardrail, "query"));
    };
  }

  private static Optional<Arms.Pair> pair(Spec guardrail, String key) {
    return Optional.of(guardrail)
        .filter(one -> one.has(key))
        .map(one -> one.section(key))
        .map(one -> new Arms.Pair(text(one, "errors"), text(one, "requests")));
  }

  private static Tolerance tolerance(Spec guardrail) {
    Tolerance by = Tolerance.DEFAULT;
    return new Tolerance(
        guardrail.ratioAbove("tolerate").orElse(by.concurrent()),
        guardrail.ratioAbove("tolerate_reference").orElse(by.reference()),
        guardrail.ratioAbove("tolerate_history").orElse(by.history()));
  }

  private static WithoutControl withoutControl(Spec guardrail) {
    return guardrail
        .text("on_breach_without_control")
        .map(word -> WithoutControl.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
        .orElse(WithoutControl.STEP_BACK);
  }

  private static String text(Spec section, String key) {
    return section.text(key).orElseThrow();
  }

  private static String all() {
    return Arrays.stream(CompareKind.values())
        .map(kind -> kind.source() + " (" + kind.words() + ")")
        .collect(Collectors.joining(", "));
  }
}
