package rollout.config;

import java.util.List;
import java.util.regex.Pattern;
import rollout.plan.CounterSum;
import rollout.plan.ExposureCheck;

/** Warns of PromQL that is right but will not answer what a guardrail asks. */
final class PromqlLint {
  private static final Pattern STRING =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`");
  private static final Pattern SELECTOR = Pattern.compile("\\{[^{}]*+}");
  private static final Pattern OWN_RANGE = Pattern.compile("\\[\\s*([0-9][0-9a-z]*)\\s*[]:]");
  private static final Pattern ONE_NUMBER =
      Pattern.compile(
          "\\b(sum|avg|min|max|count|quantile|scalar|vector|absent|absent_over_time)\\b");
  private static final Pattern GROUPED_OUTSIDE =
      Pattern.compile("^\\s*\\(*\\s*(sum|avg|min|max|count)\\s*by\\s*\\(\\s*[a-zA-Z_]");
  private static final Pattern DIVISION = Pattern.compile("/(?!\\s*[0-9.])");
  private static final Pattern FILLED = Pattern.compile("\\bor\\b|\\bclamp_min\\b|>\\s*0|!=\\s*0");
  private static final Pattern OR_ZERO = Pattern.compile("\\bor\\s+vector\\s*\\(\\s*0+\\s*\\)");
  private static final Pattern GROUPS_BY_ANSWER =
      Pattern.compile("\\bby\\s*\\([^)]*\\benabled\\b|\\bwithout\\s*\\(");

  private final Spec file;
  private final Problems problems;

  PromqlLint(Spec file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  void check(List<QueryText> queries) {
    for (QueryText query : queries) {
      if (query.isPromql()) {
        // Strings first: a brace inside one closes nothing.
        String bare =
            STRING.matcher(query.template().replace("{{window}}", "w")).replaceAll("\"\"");
        check(query, SELECTOR.matcher(bare).replaceAll(""));
      }
    }
  }

  private void check(QueryText query, String bare) {
    range(query, bare);
    if (query.owner().equals(ExposureCheck.NAME)) {
      warn(
          query,
          !GROUPS_BY_ANSWER.matcher(bare).find(),
          "has no by (enabled), so it cannot tell the two answers of the flag apart");
      return;
    }
    if (query.counts() && CounterSum.parse(query.template()).isPresent()) {
      return;
    }
    boolean many = !ONE_NUMBER.matcher(bare).find() || GROUPED_OUTSIDE.matcher(bare).find();
    warn(query, many, "may answer with several series, which is refused; put sum(…) around it");
    boolean zero = OR_ZERO.matcher(bare).find();
    if (query.key().equals("errors")) {
      warn(
          query,
          zero,
          "needs no \"or vector(0)\": beside requests, no series is no errors, and without it a"
              + " mistyped name can be found");
    }
    if (query.key().equals("value")) {
      warn(
          query,
          zero && bounded(query, "max"),
          "says 0 where nothing was measured (\"or vector(0)\"), which max takes for good");
      warn(
          query,
          DIVISION.matcher(bare).find() && !FILLED.matcher(bare).find(),
          "divides, which is NaN without traffic; use errors and requests with max_ratio");
    }
  }

  private boolean bounded(QueryText query, String limit) {
    return file.items("guardrails").stream()
        .anyMatch(guardrail -> guardrail.name().equals(query.owner()) && guardrail.has(limit));
  }

  private void range(QueryText query, String bare) {
    OWN_RANGE
        .matcher(bare)
        .results()
        .findFirst()
        .ifPresent(
            range ->
                warn(
                    query,
                    true,
                    "looks back "
                        + range.group(1)
                        + " whatever the stage; write [{{window}}], which never begins before the"
                        + " stage was verified"));
  }

  private void warn(QueryText query, boolean when, String message) {
    if (when) {
      problems.warning(query.origin(), query.key() + " " + message);
    }
  }
}
