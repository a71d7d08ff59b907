package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.core.Foreseen;
import rollout.core.Look;
import rollout.plan.FlagName;
import rollout.plan.OpenHours;
import rollout.plan.Plan;
import rollout.plan.Question;
import rollout.plan.Stage;

/** Everything a plan would do for a flag, as data. */
public final class PlanJson {
  private final Outline outline;
  private final Outlook outlook;

  private PlanJson(Outline outline, Outlook outlook) {
    this.outline = outline;
    this.outlook = outlook;
  }

  /**
   * The plan if it started at {@code now}.
   *
   * @param outlook what its stages could see
   * @throws IllegalArgumentException when a placeholder of a query stays open; the message says
   *     which
   */
  public static ObjectNode of(Plan plan, FlagName flag, Instant now, Outlook outlook) {
    return new PlanJson(Outliner.outline(plan, flag, now), outlook).node();
  }

  private ObjectNode node() {
    return new Json()
        .put("flag", outline.flag().value())
        .put("starts_at", outline.from())
        .put("ends_at", outline.endsAt())
        .seconds("duration_s", outline.length())
        .put("stages", outline.stages().stream().map(this::stage).toList())
        .put("foresight_missing", outlook.silence())
        .put("undo", undo())
        .node();
  }

  private Json stage(Outline.StageOutline one) {
    Stage stage = one.stage();
    return new Json()
        .put("name", stage.name())
        .places("environment", stage.environments())
        .put("exposure", stage.exposure().toString())
        .number("share_of_calls_at_most", outline.shareOfCalls(stage.exposure()))
        .put("after_approval", one.afterApproval())
        .put("window", window(stage))
        .put("writes", one.writes().stream().map(this::write).toList())
        .put("verified_at", one.verifiedAt())
        .put("ends_at", one.endsAt())
        .seconds("bake_s", stage.bake())
        .seconds("interval_s", stage.interval())
        .put("looks", one.looks())
        .put("required", one.required())
        .put("unguarded", stage.unguarded())
        .put("approval", stage.approval())
        .put("guardrails", one.questions().stream().map(asked -> guardrail(asked, stage)).toList())
        .put("queries_a_day", counts(one.queriesADay()))
        .put("foreseen", outlook.of(stage).stream().map(PlanJson::foreseen).toList());
  }

  /** Each cell's once. */
  private Optional<String> window(Stage stage) {
    Map<String, OpenHours> windows = outline.plan().conditions().windows();
    return stage.environments().stream()
        .filter(windows::containsKey)
        .map(cell -> windows.get(cell).toString())
        .distinct()
        .reduce((one, other) -> one + "; " + other);
  }

  private Json write(Outline.Write write) {
    return new Json()
        .put("at", write.at())
        .put("after_approval", write.afterApproval())
        .put("environment", write.environment().name())
        .put("method", "POST")
        .put("url", Address.of(write.environment(), outline.flag()))
        .put("body", write.body());
  }

  private Json guardrail(Look.Inquiry inquiry, Stage stage) {
    String name = inquiry.guardrail();
    return new Json()
        .put("name", name)
        .put("environment", inquiry.environment())
        .put("source", GuardrailWords.source(outline.plan(), name))
        .put("breached_by", GuardrailWords.of(outline.plan(), name, stage))
        .put("queries", inquiry.questions().stream().map(PlanJson::query).toList());
  }

  static Json query(Question question) {
    return new Json()
        .put("role", question.role())
        .put("query", GuardrailWords.query(question.query()));
  }

  private static Json foreseen(Foreseen one) {
    return new Json()
        .put("guardrail", one.guardrail())
        .put("environment", one.environment())
        .put("requests_expected", Math.rint(one.requests()))
        .put("error_rate", one.errorRate())
        .number("detectable_ratio", one.ratio())
        .number("twice_found_after_s", one.twice().map(time -> time.toMillis() / 1000.0))
        .number("fivefold_found_after_s", one.fivefold().map(time -> time.toMillis() / 1000.0));
  }

  private static Json counts(Map<String, Long> counts) {
    Json json = new Json();
    counts.forEach((source, count) -> json.put(source, count.longValue()));
    return json;
  }

  private Json undo() {
    List<Json> requests =
        outline.environments().stream()
            .map(
                environment ->
                    new Json()
                        .put("environment", environment.name())
                        .put("method", "POST")
                        .put("url", Address.of(environment, outline.flag()))
                        .put("body", Undo.body()))
            .toList();
    return new Json()
        .put("command", "rollout abort " + outline.flag())
        .put("requests", requests)
        .put("rollback_to", outline.plan().safety().rollbackTo());
  }
}
