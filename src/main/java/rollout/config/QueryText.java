package rollout.config;

import rollout.plan.Origin;
import rollout.plan.Template;

/**
 * One query of the file, with its placeholders still open.
 *
 * @param owner the guardrail that asks it, or {@link rollout.plan.ExposureCheck#NAME}
 * @param key under which it stands
 * @param origin where it stands
 */
record QueryText(
    String owner, String key, Origin origin, String template, Template.Language language) {
  boolean isPromql() {
    return language == Template.Language.PROMQL;
  }
}
