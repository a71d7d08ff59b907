package rollout.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rollout.plan.ExposureCheck;
import rollout.plan.Template;
import rollout.plan.Template.Language;

/** Finds every query of a file, and holds each against the language it is written in. */
final class Queries {
  private static final List<String> KEYS =
      List.of("errors", "requests", "value", "query", "matchers");
  private static final String INDEX = "index";
  private static final List<String> PAIRS = List.of("treatment", "control", "reference");
  private static final Map<String, Language> LANGUAGES =
      Map.of(
          "prometheus", Language.PROMQL,
          "sentry", Language.SENTRY_SEARCH,
          "elasticsearch", Language.LUCENE,
          "alertmanager", Language.MATCHER);

  private Queries() {}

  static List<QueryText> of(Spec file) {
    List<QueryText> queries = new ArrayList<>();
    for (Spec guardrail : file.items("guardrails")) {
      addAll(queries, guardrail.name(), guardrail, source(file, guardrail));
    }
    Spec check = file.section("exposure_check");
    addAll(queries, ExposureCheck.NAME, check, source(file, check));
    return List.copyOf(queries);
  }

  private static void addAll(List<QueryText> queries, String owner, Spec asking, Spec source) {
    add(queries, owner, asking, source);
    for (String pair : PAIRS) {
      add(queries, owner, asking.section(pair), source);
    }
    source
        .text(INDEX)
        .map(
            index -> new QueryText(owner, INDEX, source.originOf(INDEX), index, Language.INDEX, ""))
        .ifPresent(queries::add);
  }

  /** A placeholder that stands bare could change what is asked. */
  static void check(List<QueryText> queries, Problems problems) {
    for (QueryText query : queries) {
      Template.unquotedPlaceholder(query.template(), query.language())
          .ifPresent(
              name ->
                  problems.error(
                      query.origin(),
                      query.key()
                          + ": {{"
                          + name
                          + "}} stands outside quotes, where "
                          + (query.isPromql() ? "only {{window}}" : "none")
                          + " may; write it as label=\"{{"
                          + name
                          + "}}\""));
    }
  }

  private static void add(List<QueryText> queries, String owner, Spec section, Spec source) {
    Language language = source.text(FormCheck.TYPE).map(LANGUAGES::get).orElse(Language.PLAIN);
    String index = source.text(INDEX).orElse("");
    for (String key : KEYS) {
      List<YamlNode.Scalar> texts = section.texts(key);
      if (!texts.isEmpty()) {
        // Matchers are several texts and one query.
        String whole = texts.stream().map(YamlNode.Scalar::text).collect(Collectors.joining(", "));
        queries.add(new QueryText(owner, key, texts.get(0).origin(), whole, language, index));
      }
    }
  }

  private static Spec source(Spec file, Spec asking) {
    return file.section("sources").section(asking.text("source").orElse(""));
  }
}
