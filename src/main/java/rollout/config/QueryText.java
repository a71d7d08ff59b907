package rollout.config;

import rollout.plan.Origin;
import rollout.plan.Template;

/**
 * One query of the file, with its placeholders still open.
 *
 * @param owner the guardrail that asks it, or {@link rollout.plan.ExposureCheck#NAME}
 * @param key under which it stands
 * @param origin where it stands
 * @param index the template of the index it searches; empty where there are no indices
 */
record QueryText(
    String owner,
    String key,
    Origin origin,
    String template,
    Template.Language language,
    String index) {
  /** Everything that decides what is asked. */
  String whole() {
    return template + index;
  }

  /** Whether it counts requests, so that bare counters are counted by us. */
  boolean counts() {
    return isPromql() && (key.equals("errors") || key.equals("requests"));
  }

  boolean isPromql() {
    return language == Template.Language.PROMQL;
  }
}
