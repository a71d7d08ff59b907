package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import rollout.core.Difference;
import rollout.core.Finding;
import rollout.core.GuardrailWatch;
import rollout.core.Hindsight;
import rollout.core.Look;
import rollout.core.LookAgain;
import rollout.judge.Measurement;
import rollout.plan.Plan;
import rollout.plan.Stage;
import rollout.port.History;

/** Why one event came about, as data. */
public final class ExplainJson {
  private ExplainJson() {}

  /** {@code {flag, rollout, event, facts, recomputed: same|different|nothing, look, …}}. */
  public static ObjectNode of(History history, Hindsight hindsight) {
    Json facts = new Json();
    Explanation.facts(hindsight).forEach((name, text) -> facts.put(name.replace(' ', '_'), text));
    ObjectNode node =
        new Json()
            .put("flag", hindsight.after().flag().value())
            .put("rollout", history.rollout().value())
            .put("words", EventWords.of(hindsight.before(), hindsight.event()))
            .put("facts", facts)
            .part("look", hindsight.look().map(ExplainJson::look))
            .put("recomputed", recomputed(hindsight))
            .put(
                "differences",
                hindsight.differences().stream().map(ExplainJson::difference).toList())
            .node();
    node.set("event", EventJson.of(hindsight.seq(), hindsight.event()));
    return node;
  }

  private static String recomputed(Hindsight hindsight) {
    if (!hindsight.differences().isEmpty()) {
      return "different";
    }
    return hindsight.decided() || hindsight.look().isPresent() ? "same" : "nothing";
  }

  private static Json difference(Difference one) {
    return new Json()
        .put("of", one.of())
        .put("field", one.field())
        .put("stored", one.stored())
        .put("recomputed", one.again());
  }

  private static Json look(LookAgain look) {
    return new Json()
        .put("seq", look.seq())
        .put("stage", look.stored().stage())
        .put("look", look.stored().look())
        .put("due_at", look.dueAt())
        .put("verdicts", look.stored().findings().stream().map(one -> verdict(look, one)).toList());
  }

  private static Json verdict(LookAgain look, Finding finding) {
    Plan plan = look.before().plan();
    Stage stage = plan.stages().get(plan.indexOf(look.stored().stage()).orElseThrow());
    Json json =
        EventJson.finding(finding)
            .put("breached_by", GuardrailWords.of(plan, finding.guardrail(), stage))
            .put("source", GuardrailWords.source(plan, finding.guardrail()));
    Optional.ofNullable(look.after().guardrails().get(finding.guardrail()))
        .ifPresent(watch -> add(json, watch));
    return json.put(
        "measurements",
        look.measurements(finding.guardrail()).stream().map(one -> measured(look, one)).toList());
  }

  private static void add(Json json, GuardrailWatch watch) {
    json.put("looks", watch.conclusive())
        .put("passes", watch.passes())
        .put("in_a_row", watch.streak())
        .time("breached_since", watch.breachedSince());
  }

  private static Json measured(LookAgain look, Measurement measurement) {
    List<Json> queries =
        look.asked(measurement).stream()
            .flatMap((Look.Inquiry asked) -> asked.questions().stream())
            .map(PlanJson::query)
            .toList();
    return EventJson.measurement(measurement).put("queries", queries);
  }
}
