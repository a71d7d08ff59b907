package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import rollout.core.Hold;
import rollout.core.RolloutState;
import rollout.core.Seal;
import rollout.core.TakeBack;
import rollout.core.Trouble;
import rollout.core.Watch;
import rollout.plan.Stage;
import rollout.port.Leases;

/** The status object of the contract: fields may be added to it, never renamed. */
public final class StatusJson {
  private StatusJson() {}

  /** One rollout at this moment, which nobody drives. */
  public static ObjectNode of(RolloutState state, Instant now) {
    return of(state, now, Optional.empty());
  }

  /**
   * One rollout at this moment.
   *
   * @param driver who drives it now, if anybody does
   */
  public static ObjectNode of(RolloutState state, Instant now, Optional<Leases.Taken> driver) {
    Standing standing = new Standing(state, now);
    Json json =
        new Json()
            .put("flag", state.flag().value())
            .put("rollout", state.rollout().value())
            .put("phase", state.phase())
            .put("sealed", standing.isSealed())
            .put("stage", state.stage().map(Stage::name))
            .put("exposure", words(standing.exposures()))
            .put("reason", standing.reason())
            .put("started_at", state.started().at())
            .time("stage_verified_at", standing.watching().verifiedAt())
            .time("bake_ends_at", standing.watching().bakeEndsAt())
            .time("next_look_at", standing.watching().nextLookAt())
            .put(
                "guardrails",
                standing.watching().guardrails().stream().map(StatusJson::guardrail).toList())
            .put("exit_code", ExitCode.of(state).number());
    addWatchers(json, new Attention(state, now, driver));
    ObjectNode status = addDetails(json, standing).node();
    status.set("replanned", state.replanned().map(ReplanJson::of).orElse(null));
    return status;
  }

  private static void addWatchers(Json json, Attention attention) {
    json.part("driven_by", attention.driver().map(StatusJson::driver))
        .time("last_look_at", attention.lastLookAt())
        .time("unwatched_since", attention.unwatchedSince());
  }

  private static Json driver(Leases.Taken taken) {
    return new Json()
        .put("holder", taken.holder().name())
        .put("host", taken.holder().host())
        .put("process", taken.holder().processId())
        .seconds("lease_left_s", taken.left());
  }

  private static Json addDetails(Json json, Standing standing) {
    RolloutState state = standing.state();
    return json.put("sandbox", state.started().sandbox())
        .put("version", state.version())
        .put("started_by", state.started().actor())
        .put("start_reason", state.started().reason())
        .put("updated_at", state.lastAt())
        .time("ended_at", state.end().map(RolloutState.End::at))
        .put("next_stage", standing.isTakenBack() ? Optional.empty() : nextStage(state))
        .put("until", state.progress().limit())
        .words("passed", state.passed())
        .put("watched_stage", standing.watching().running().map(Watch::stage))
        .seconds("baked_s", standing.watching().baked())
        .seconds("bake_s", state.stage().map(Stage::bake).orElse(Duration.ZERO))
        .put("approval", standing.question().flatMap(any -> state.stage().flatMap(Stage::approval)))
        .time("window_opens_at", standing.windowOpensAt())
        .put("holds", state.holds().values().stream().map(StatusJson::hold).toList())
        .put("trouble", standing.troubles().entrySet().stream().map(StatusJson::trouble).toList())
        .put("gates", gates(state))
        .put("seals", state.takeBack().map(StatusJson::seals).orElseGet(Json::new));
  }

  private static Optional<String> nextStage(RolloutState state) {
    return state.nextStage().map(Stage::name);
  }

  private static Json words(Map<String, String> words) {
    Json json = new Json();
    words.forEach(json::put);
    return json;
  }

  /** All gates as last confirmed, the marker and what others had set among them. */
  private static Json gates(RolloutState state) {
    Json json = new Json();
    state
        .environments()
        .forEach(
            (name, one) -> one.confirmed().ifPresent(gates -> json.put(name, gates.toString())));
    return json;
  }

  private static Json guardrail(GuardrailRow row) {
    Json json = json(row);
    return row.seen().map(seen -> CompareJson.add(json, seen)).orElse(json);
  }

  private static Json json(GuardrailRow row) {
    return new Json()
        .put("name", row.name())
        .put("verdict", row.verdict())
        .number("value", row.value())
        .number("limit", row.limit())
        .put("looks", row.watch().conclusive())
        .put("passes", row.watch().passes())
        .put("required", row.required())
        .put("streak", row.watch().streak())
        .put("breached", row.watch().isBreached())
        .put("on_breach", row.onBreach())
        .put("reason", row.reason());
  }

  private static Json hold(Hold hold) {
    return new Json()
        .put("kind", hold.kind())
        .put("since", hold.since())
        .put("reason", hold.reason())
        .put("actor", hold.actor());
  }

  private static Json trouble(Map.Entry<String, Trouble> one) {
    Trouble trouble = one.getValue();
    return new Json()
        .put("environment", one.getKey())
        .put("since", trouble.since())
        .put("attempts", trouble.attempts())
        .put("retry_at", trouble.retryAt())
        .put("reason", trouble.reason());
  }

  private static Json seals(TakeBack back) {
    Json json = new Json();
    back.seals().forEach((environment, seal) -> json.put(environment, seal(seal)));
    return json;
  }

  private static Json seal(Seal seal) {
    return new Json()
        .time("off_at", seal.offAt())
        .time("sealed_at", seal.sealedAt())
        .time("expected_at", seal.expectedAt());
  }
}
