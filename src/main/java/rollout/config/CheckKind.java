package rollout.config;

import java.util.List;
import java.util.Set;

/** The forms a threshold guardrail can take, told apart by the keys it has. */
enum CheckKind {
  RATIO(
      "errors and requests with max_ratio",
      List.of("errors", "requests", "max_ratio"),
      Set.of("window", "min_requests", "min_errors"),
      Set.of("prometheus", "elasticsearch")),
  VALUE(
      "value with max or min",
      List.of("value"),
      Set.of("window", "max", "min"),
      Set.of("prometheus", "elasticsearch")),
  SENTRY(
      "count with project and query",
      List.of("count", "project", "query"),
      Set.of("window", "max", "max_ratio_to_baseline", "baseline", "min_events"),
      Set.of("sentry")),
  ALERTS("matchers with max", List.of("matchers"), Set.of("max"), Set.of("alertmanager"));

  private static final Set<String> OF_ALL = Set.of("name", "type", "source", "for", "on_breach");

  private final String words;
  private final List<String> needed;
  private final Set<String> optional;
  private final Set<String> sources;

  CheckKind(String words, List<String> needed, Set<String> optional, Set<String> sources) {
    this.words = words;
    this.needed = needed;
    this.optional = optional;
    this.sources = sources;
  }

  /** How a person would write one. */
  String words() {
    return words;
  }

  /** Keys without which it asks nothing. */
  List<String> needed() {
    return needed;
  }

  /** Types of sources that can answer it. */
  Set<String> sources() {
    return sources;
  }

  /** Whether a section is meant to be one. */
  boolean isIn(Spec guardrail) {
    return needed.stream().anyMatch(guardrail::has);
  }

  /** Whether a key does anything in it. */
  boolean heeds(String key) {
    return OF_ALL.contains(key) || needed.contains(key) || optional.contains(key);
  }
}
