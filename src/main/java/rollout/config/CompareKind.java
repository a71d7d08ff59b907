package rollout.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The forms a compare guardrail can take, told apart by the type of its source. */
enum CompareKind {
  LOGS(
      "elasticsearch",
      "flag_field, errors and requests",
      List.of("flag_field", "errors", "requests"),
      Set.of()),
  SERIES(
      "prometheus",
      "treatment with control, reference or both",
      List.of("treatment"),
      Set.of("control", "reference", "tolerate_reference")),
  NEW_ISSUES(
      "sentry",
      "project, query and count: new_issues",
      List.of("project", "query", "count"),
      Set.of());

  private static final Set<String> OF_ALL =
      Set.of(
          "name",
          "type",
          "source",
          "tolerate",
          "tolerate_history",
          "on_breach",
          "on_breach_without_control");

  private final String source;
  private final String words;
  private final List<String> needed;
  private final Set<String> optional;

  CompareKind(String source, String words, List<String> needed, Set<String> optional) {
    this.source = source;
    this.words = words;
    this.needed = needed;
    this.optional = optional;
  }

  /** The form of guardrails over sources of this type; empty when they have no two arms. */
  static Optional<CompareKind> over(String sourceType) {
    return Arrays.stream(values()).filter(kind -> kind.source.equals(sourceType)).findFirst();
  }

  /** The type of source that answers it. */
  String source() {
    return source;
  }

  /** How a person would write one. */
  String words() {
    return words;
  }

  /** Keys without which it compares nothing. */
  List<String> needed() {
    return needed;
  }

  /** Whether a key does anything in it. */
  boolean heeds(String key) {
    return OF_ALL.contains(key) || needed.contains(key) || optional.contains(key);
  }
}
