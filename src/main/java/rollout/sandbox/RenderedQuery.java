package rollout.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rollout.plan.Durations;
import rollout.plan.Template;

/**
 * A PromQL template of the plan with everything filled in but the window.
 *
 * @param pattern its first group, if it has one, is the window
 * @param fixed the window of a template that names none
 */
record RenderedQuery(Pattern pattern, Duration fixed) {
  private static final String HOLE = "\u0000";

  /** Every further place of the window must hold the same. */
  private static final String DURATION = "([0-9]{1,9}(?:ms|s|m|h|d))";

  /**
   * Fills in the template.
   *
   * @param values of every placeholder but the window
   * @throws IllegalArgumentException when one of them is missing
   */
  static RenderedQuery of(String template, Map<String, String> values, Duration fixed) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(Template.WINDOW, HOLE);
    String rendered = Template.render(template, all, Template.Language.PROMQL);
    String[] pieces = rendered.split(HOLE, -1);
    StringBuilder pattern = new StringBuilder(Pattern.quote(pieces[0]));
    for (int i = 1; i < pieces.length; i++) {
      pattern.append(i == 1 ? DURATION : "\\1").append(Pattern.quote(pieces[i]));
    }
    return new RenderedQuery(Pattern.compile(pattern.toString()), fixed);
  }

  /** The window an expression asks for; empty when it is another query. */
  Optional<Duration> windowOf(String expression) {
    Matcher matcher = pattern.matcher(expression);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.groupCount() > 0 ? Durations.parse(matcher.group(1)) : fixed);
  }

  /** Equal for templates that the same expressions fit. */
  String shape() {
    return pattern.pattern();
  }
}
