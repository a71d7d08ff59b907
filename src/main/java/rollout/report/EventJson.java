package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import rollout.core.Event;
import rollout.core.Finding;
import rollout.core.Obstacle;
import rollout.judge.Measurement;
import rollout.plan.GateState;
import rollout.plan.Stage;

/** One event as {@code history -o json} shows it. Never a secret, never the whole plan. */
final class EventJson {
  private EventJson() {}

  /**
   * The event.
   *
   * @param seq its number in the history, from 1
   */
  static ObjectNode of(long seq, Event event) {
    Json json =
        new Json()
            .put("seq", seq)
            .put("at", event.at())
            .put("type", event.getClass().getSimpleName());
    return add(json, event).node();
  }

  private static Json add(Json json, Event event) {
    if (event instanceof Event.Started e) {
      return started(json, e);
    } else if (event instanceof Event.Overridden e) {
      return json.put("check", e.check())
          .put("reason", e.reason())
          .put("actor", e.actor())
          .put("findings", e.findings().stream().map(EventJson::obstacle).toList());
    } else if (event instanceof Event.GatesRecorded e) {
      return gates(json.put("environment", e.environment()), "gates", e.gates());
    } else if (event instanceof Event.Replanned e) {
      return ReplanJson.addTo(json, e);
    } else if (event instanceof Event.LimitSet e) {
      return json.put("stage", e.stage()).put("actor", e.actor());
    } else if (event instanceof Event.StageEntered e) {
      return place(json, e.stage(), e.environments());
    } else if (event instanceof Event.MarkerIntended e) {
      return json.put("environment", e.environment()).put("actor_gate", e.actorGate());
    } else if (event instanceof Event.MarkerConfirmed e) {
      return gates(json.put("environment", e.environment()), "gates", e.gates());
    } else if (event instanceof Event.ExposureIntended e) {
      place(json, e.stage(), e.environment()).put("exposure", e.exposure().toString());
      return gates(gates(json, "expected", e.expected()), "target", e.target());
    } else if (event instanceof Event.ExposureConfirmed e) {
      place(json, e.stage(), e.environment()).put("exposure", e.exposure().toString());
      return gates(json, "gates", e.gates()).put("adopted", e.adopted());
    } else if (event instanceof Event.AttemptFailed e) {
      return json.put("environment", e.environment())
          .put("attempt", e.attempt())
          .put("failure", e.failure())
          .put("reason", e.reason())
          .put("retry_at", e.retryAt());
    } else if (event instanceof Event.Answered e) {
      return json.put("environment", e.environment());
    } else if (event instanceof Event.StageVerified e) {
      return place(json, e.stage(), e.environments()).put("exposure", e.exposure().toString());
    }
    return addWatched(json, event);
  }

  private static Json addWatched(Json json, Event event) {
    if (event instanceof Event.Measured e) {
      return look(json, e.stage(), e.look())
          .put("due_at", e.dueAt())
          .put("measurements", e.measurements().stream().map(EventJson::measurement).toList());
    } else if (event instanceof Event.Judged e) {
      look(json, e.stage(), e.look())
          .put("due_at", e.dueAt())
          .put("findings", e.findings().stream().map(EventJson::finding).toList());
      return e.compared().isEmpty()
          ? json
          : json.put("compared", e.compared().stream().map(CompareJson::of).toList());
    } else if (event instanceof Event.PastRead e) {
      return json.put("guardrail", e.guardrail())
          .put("environment", e.environment())
          .put("past", CompareJson.of(e.past()));
    } else if (event instanceof Event.PastUnread e) {
      return json.put("guardrail", e.guardrail())
          .put("environment", e.environment())
          .put("reason", e.reason())
          .put("retry_at", e.retryAt());
    } else if (event instanceof Event.Warned e) {
      return json.put("stage", e.stage()).put("guardrail", e.guardrail()).put("reason", e.reason());
    } else if (event instanceof Event.ApprovalAsked e) {
      return json.put("stage", e.stage()).put("question", e.question());
    } else if (event instanceof Event.Approved e) {
      return json.put("stage", e.stage()).put("actor", e.actor()).put("reason", e.reason());
    } else if (event instanceof Event.Promoted e) {
      return json.put("stage", e.stage()).put("actor", e.actor()).put("reason", e.reason());
    } else if (event instanceof Event.StagePassed e) {
      return place(json, e.stage(), e.environments()).put("exposure", e.exposure().toString());
    } else if (event instanceof Event.Held e) {
      return json.put("kind", e.kind()).put("reason", e.reason()).put("actor", e.actor());
    } else if (event instanceof Event.Resumed e) {
      return json.words("lifted", e.lifted().stream().map(Json::word).toList())
          .put("reason", e.reason())
          .put("actor", e.actor())
          .put("adopted", adopted(e.adopted()));
    }
    return addTakenBack(json, event);
  }

  private static Json addTakenBack(Json json, Event event) {
    if (event instanceof Event.DriftSeen e) {
      json.put("environment", e.environment()).put("exposure", e.actual().exposure().toString());
      return gates(gates(json, "expected", e.expected()), "actual", e.actual());
    } else if (event instanceof Event.StepBackDecided e) {
      return place(json, e.stage(), e.environments())
          .put("exposure", e.exposure().toString())
          .put("number", e.number())
          .put("guardrail", e.guardrail())
          .put("reason", e.reason())
          .number("value", e.value())
          .number("limit", e.limit());
    } else if (event instanceof Event.SteppedBack e) {
      return place(json, e.stage(), e.environments()).put("exposure", e.exposure().toString());
    } else if (event instanceof Event.Weighed e) {
      return look(json, e.stage(), e.look())
          .put("guardrail", e.guardrail())
          .put("environment", e.environment())
          .put("outcome", e.outcome())
          .put("evidence", e.evidence())
          .put("limit", e.limit());
    } else if (event instanceof Event.Acquitted e) {
      return json.put("stage", e.stage())
          .put("guardrail", e.guardrail())
          .put("number", e.number())
          .put("reason", e.reason());
    } else if (event instanceof Event.RollbackDecided e) {
      return json.put("cause", e.cause())
          .put("stage", e.stage())
          .put("exposure", e.exposure().toString())
          .words("environments", e.environments())
          .put("guardrail", e.guardrail())
          .put("reason", e.reason())
          .number("value", e.value())
          .number("limit", e.limit());
    } else if (event instanceof Event.AbortRequested e) {
      return json.words("environments", e.environments())
          .put("actor", e.actor())
          .put("reason", e.reason());
    } else if (event instanceof Event.SwitchedOff e) {
      return json.put("environment", e.environment()).put("exposure", "off");
    } else if (event instanceof Event.Sealed e) {
      return json.put("environment", e.environment()).put("exposure", "off");
    } else if (event instanceof Event.BaselineIntended e) {
      return gates(json.put("environment", e.environment()), "gates", e.gates());
    } else if (event instanceof Event.BaselineRestored e) {
      return gates(json.put("environment", e.environment()), "gates", e.gates())
          .put("exposure", e.gates().exposure().toString())
          .words("left", e.left());
    } else if (event instanceof Event.BaselineLeft e) {
      return gates(json.put("environment", e.environment()), "gates", e.gates())
          .put("reason", e.reason());
    } else if (event instanceof Event.RolledBack e) {
      return json.put("reason", e.reason());
    } else if (event instanceof Event.Aborted e) {
      return json.put("reason", e.reason());
    } else if (event instanceof Event.Completed) {
      return json;
    }
    throw new AssertionError("no JSON for " + event.getClass().getSimpleName());
  }

  private static Json started(Json json, Event.Started event) {
    return json.put("flag", event.flag().value())
        .put("actor", event.actor())
        .put("reason", event.reason())
        .put("program", event.program())
        .put("sandbox", event.sandbox())
        .words("overrides", event.overrides())
        .put("stages", event.plan().stages().stream().map(EventJson::stage).toList());
  }

  private static Json stage(Stage stage) {
    return place(new Json(), stage.name(), stage.environments())
        .put("exposure", stage.exposure().toString())
        .seconds("bake_s", stage.bake())
        .seconds("interval_s", stage.interval())
        .words("guardrails", stage.guardrails())
        .put("unguarded", stage.unguarded())
        .put("approval", stage.approval());
  }

  static Json measurement(Measurement measurement) {
    Json readings = new Json();
    measurement
        .readings()
        .forEach((role, reading) -> readings.put(Json.word(role), ReadingJson.of(reading)));
    return new Json()
        .put("guardrail", measurement.guardrail())
        .maybe("environment", measurement.environment())
        .put("from", measurement.window().from())
        .put("to", measurement.window().to())
        .put("full", measurement.full())
        .put("readings", readings);
  }

  private static Json obstacle(Obstacle obstacle) {
    return new Json().put("id", obstacle.id()).put("text", obstacle.text());
  }

  static Json finding(Finding finding) {
    return new Json()
        .put("guardrail", finding.guardrail())
        .put("verdict", finding.kind())
        .number("value", finding.value())
        .number("limit", finding.limit())
        .put("breached", finding.breached())
        .put("reason", finding.reason());
  }

  private static Json adopted(Map<String, GateState> adopted) {
    Json json = new Json();
    adopted.forEach((environment, gates) -> gates(json, environment, gates));
    return json;
  }

  private static Json place(Json json, String stage, String environment) {
    return place(json, stage, List.of(environment));
  }

  private static Json place(Json json, String stage, List<String> environments) {
    return json.put("stage", stage).places("environment", environments);
  }

  private static Json look(Json json, String stage, long look) {
    return json.put("stage", stage).put("look", look);
  }

  private static Json gates(Json json, String field, GateState gates) {
    return json.put(field, gates.toString());
  }
}
