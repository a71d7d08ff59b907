package rollout.journal;

import static rollout.journal.Forms.EXPOSURE;
import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.PLACES;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.WHOLE;

import rollout.core.Event;
import rollout.judge.sequential.StepBackState;
import rollout.judge.sequential.StepBackTest;

/** The stored forms of a step-back: down, judged there, acquitted. */
final class StepBackEvents {
  private static final Form<StepBackTest.Outcome> OUTCOME = Forms.word(StepBackTest.Outcome.class);

  private static final Form<StepBackState> TEST =
      new Shape<>(
          (to, test) ->
              to.put("acquitting", NUMBER, test.acquitting())
                  .list("convicting", NUMBER, test.convicting()),
          from ->
              new StepBackState(from.get("acquitting", NUMBER), from.list("convicting", NUMBER)));

  private StepBackEvents() {}

  static void addTo(Variants<Event> events) {
    EventForms.add(
        events,
        "StepBackDecided",
        Event.StepBackDecided.class,
        (to, decided) ->
            to.put("stage", TEXT, decided.stage())
                .put("environment", PLACES, decided.environments())
                .put("number", WHOLE, (long) decided.number())
                .put("exposure", EXPOSURE, decided.exposure())
                .put("guardrail", TEXT, decided.guardrail())
                .put("reason", TEXT, decided.reason())
                .maybe("value", NUMBER, decided.value())
                .maybe("limit", NUMBER, decided.limit()),
        (at, from) ->
            new Event.StepBackDecided(
                at,
                from.get("stage", TEXT),
                from.get("environment", PLACES),
                Math.toIntExact(from.get("number", WHOLE)),
                from.get("exposure", EXPOSURE),
                from.get("guardrail", TEXT),
                from.get("reason", TEXT),
                from.maybe("value", NUMBER),
                from.maybe("limit", NUMBER)));
    EventForms.add(
        events,
        "SteppedBack",
        Event.SteppedBack.class,
        (to, there) ->
            to.put("stage", TEXT, there.stage())
                .put("environment", PLACES, there.environments())
                .put("exposure", EXPOSURE, there.exposure()),
        (at, from) ->
            new Event.SteppedBack(
                at,
                from.get("stage", TEXT),
                from.get("environment", PLACES),
                from.get("exposure", EXPOSURE)));
    judging(events);
  }

  private static void judging(Variants<Event> events) {
    EventForms.add(
        events,
        "Weighed",
        Event.Weighed.class,
        (to, weighed) ->
            to.put("stage", TEXT, weighed.stage())
                .put("look", WHOLE, weighed.look())
                .put("guardrail", TEXT, weighed.guardrail())
                .put("environment", TEXT, weighed.environment())
                .put("outcome", OUTCOME, weighed.outcome())
                .put("evidence", NUMBER, weighed.evidence())
                .put("limit", NUMBER, weighed.limit())
                .put("test", TEST, weighed.test()),
        (at, from) ->
            new Event.Weighed(
                at,
                from.get("stage", TEXT),
                from.get("look", WHOLE),
                from.get("guardrail", TEXT),
                from.get("environment", TEXT),
                from.get("outcome", OUTCOME),
                from.get("evidence", NUMBER),
                from.get("limit", NUMBER),
                from.get("test", TEST)));
    EventForms.add(
        events,
        "Acquitted",
        Event.Acquitted.class,
        (to, acquitted) ->
            to.put("stage", TEXT, acquitted.stage())
                .put("guardrail", TEXT, acquitted.guardrail())
                .put("number", WHOLE, (long) acquitted.number())
                .put("reason", TEXT, acquitted.reason()),
        (at, from) ->
            new Event.Acquitted(
                at,
                from.get("stage", TEXT),
                from.get("guardrail", TEXT),
                Math.toIntExact(from.get("number", WHOLE)),
                from.get("reason", TEXT)));
  }
}
