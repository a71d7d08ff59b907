package rollout.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import rollout.plan.Check;

/** Reads what a threshold guardrail asks and where its limit lies. */
final class CheckReader {
  private static final long MIN_REQUESTS = 100;
  private static final Duration BASELINE = Duration.ofDays(7);

  private final Problems problems;

  CheckReader(Problems problems) {
    this.problems = problems;
  }

  /** The form this guardrail has; empty, and said, when it has none or several. */
  Optional<CheckKind> kind(Spec guardrail) {
    List<CheckKind> kinds =
        Arrays.stream(CheckKind.values()).filter(kind -> kind.isIn(guardrail)).toList();
    if (kinds.isEmpty()) {
      problems.error(guardrail.origin(), called(guardrail) + " asks for nothing; give it " + all());
      return Optional.empty();
    }
    if (kinds.size() > 1) {
      String mixed = kinds.stream().map(CheckKind::words).collect(Collectors.joining(" and "));
      problems.error(
          guardrail.origin(),
          called(guardrail) + " mixes " + mixed + "; make two guardrails of it");
      return Optional.empty();
    }
    return Optional.of(kinds.get(0));
  }

  /** Says what is missing, contradictory or without effect. */
  void check(Spec guardrail, CheckKind kind) {
    for (String key : kind.needed()) {
      if (!guardrail.has(key)) {
        problems.error(
            guardrail.origin(),
            called(guardrail) + " has no " + key + "; it is one of " + kind.words());
      }
    }
    for (YamlNode.Entry entry : guardrail.node().entries()) {
      if (!kind.heeds(entry.key())) {
        problems.warning(
            entry.keyOrigin(), entry.key() + " has no effect beside " + kind.needed().get(0));
      }
    }
    limits(guardrail, kind);
  }

  private void limits(Spec guardrail, CheckKind kind) {
    boolean events = guardrail.text("count").equals(Optional.of("events"));
    boolean upper = guardrail.has("max");
    boolean relative = guardrail.has("max_ratio_to_baseline");
    if (kind == CheckKind.VALUE && !upper && !guardrail.has("min")) {
      noLimit(guardrail, "max or min");
    } else if (kind == CheckKind.ALERTS && !upper) {
      noLimit(guardrail, "max");
    } else if (kind == CheckKind.SENTRY && !upper && !(events && relative)) {
      noLimit(guardrail, events ? "max or max_ratio_to_baseline" : "max");
    } else if (events && upper && relative) {
      problems.error(
          guardrail.keyOriginOf("max_ratio_to_baseline"),
          called(guardrail) + " has two limits; keep max or max_ratio_to_baseline");
    }
    if (guardrail.number("max").isPresent() && guardrail.number("min").isPresent()) {
      ordered(guardrail, guardrail.number("min").get(), guardrail.number("max").get());
    }
    guardrail
        .number("max_ratio_to_baseline")
        .filter(ratio -> ratio <= 0)
        .ifPresent(
            ratio ->
                problems.error(
                    guardrail.originOf("max_ratio_to_baseline"),
                    "max_ratio_to_baseline must be above 0, such as 2.0"));
  }

  private void ordered(Spec guardrail, double min, double max) {
    if (min > max) {
      problems.error(
          guardrail.originOf("min"),
          "min " + min + " is above max " + max + ": every value would be a breach");
    }
  }

  private void noLimit(Spec guardrail, String missing) {
    problems.error(guardrail.origin(), called(guardrail) + " has no limit; add " + missing);
  }

  /** The check of a guardrail without errors. */
  static Check read(Spec guardrail, CheckKind kind) {
    return switch (kind) {
      case RATIO ->
          new Check.Ratio(
              text(guardrail, "errors"),
              text(guardrail, "requests"),
              guardrail.percentage("max_ratio").orElseThrow().fraction(),
              guardrail.count("min_requests").orElse(MIN_REQUESTS),
              guardrail.count("min_errors").orElse(0L));
      case VALUE ->
          new Check.Value(
              text(guardrail, "value"), guardrail.number("max"), guardrail.number("min"));
      case SENTRY -> sentry(guardrail);
      case ALERTS ->
          new Check.Alerts(
              guardrail.texts("matchers").stream().map(YamlNode.Scalar::text).toList(),
              guardrail.number("max").orElseThrow());
    };
  }

  private static Check sentry(Spec guardrail) {
    String project = text(guardrail, "project");
    String query = text(guardrail, "query");
    if (text(guardrail, "count").equals("new_issues")) {
      return new Check.NewIssues(project, query, guardrail.number("max").orElseThrow());
    }
    return new Check.Events(
        project,
        query,
        guardrail.number("max"),
        guardrail.number("max_ratio_to_baseline"),
        guardrail.duration("baseline").orElse(BASELINE),
        guardrail.count("min_events").orElse(0L));
  }

  private static String text(Spec guardrail, String key) {
    return guardrail.text(key).orElseThrow();
  }

  private static String called(Spec guardrail) {
    return "guardrail " + guardrail.name();
  }

  private static String all() {
    return Arrays.stream(CheckKind.values())
        .map(CheckKind::words)
        .collect(Collectors.joining(", or "));
  }
}
