package rollout.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rollout.plan.ExposureCheck;
import rollout.plan.Template;

/** Finds every query of a file, and holds each against the language it is written in. */
final class Queries {
  private static final List<String> KEYS =
      List.of("errors", "requests", "value", "query", "matchers");
  private static final List<String> PAIRS = List.of("treatment", "control", "reference");
  private static final Map<String, Template.Language> LANGUAGES =
      Map.of("prometheus", Template.Language.PROMQL, "sentry", Template.Language.SENTRY_SEARCH);

  private Queries() {}

  static List<QueryText> of(Spec file) {
    List<QueryText> queries = new ArrayList<>();
    for (Spec guardrail : file.items("guardrails")) {
      Template.Language language = language(file, guardrail);
      add(queries, guardrail.name(), guardrail, language);
      for (String pair : PAIRS) {
        add(queries, guardrail.name(), guardrail.section(pair), language);
      }
    }
    Spec check = file.section("exposure_check");
    add(queries, ExposureCheck.NAME, check, language(file, check));
    return List.copyOf(queries);
  }

  /** A placeholder that stands bare could change what a PromQL query asks. */
  static void check(List<QueryText> queries, Problems problems) {
    for (QueryText query : queries) {
      if (query.isPromql()) {
        Template.unquotedPlaceholder(query.template())
            .ifPresent(
                name ->
                    problems.error(
                        query.origin(),
                        query.key()
                            + ": {{"
                            + name
                            + "}} stands outside quotes, where only {{window}} may; write it as"
                            + " label=\"{{"
                            + name
                            + "}}\""));
      }
    }
  }

  private static void add(
      List<QueryText> queries, String owner, Spec section, Template.Language language) {
    for (String key : KEYS) {
      for (YamlNode.Scalar text : section.texts(key)) {
        queries.add(new QueryText(owner, key, text.origin(), text.text(), language));
      }
    }
  }

  private static Template.Language language(Spec file, Spec asking) {
    return asking
        .text("source")
        .flatMap(source -> file.section("sources").section(source).text(FormCheck.TYPE))
        .map(LANGUAGES::get)
        .orElse(Template.Language.PLAIN);
  }
}
