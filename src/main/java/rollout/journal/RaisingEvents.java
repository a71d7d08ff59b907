package rollout.journal;

import static rollout.journal.Forms.EXPOSURE;
import static rollout.journal.Forms.INSTANT;
import static rollout.journal.Forms.PLACES;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.TRUTH;
import static rollout.journal.GateForms.GATES;

import rollout.core.Attempt;
import rollout.core.Event;
import rollout.core.Failure;

/** The stored forms of what is said of a raise, before and after. */
final class RaisingEvents {
  private static final Form<Attempt> ATTEMPT = Forms.word(Attempt.class);
  private static final Form<Failure> FAILURE = Forms.word(Failure.class);

  private RaisingEvents() {}

  static void addTo(Variants<Event> events) {
    EventForms.add(
        events,
        "MarkerIntended",
        Event.MarkerIntended.class,
        (to, marker) ->
            to.put("environment", TEXT, marker.environment())
                .put("actor_gate", TEXT, marker.actorGate()),
        (at, from) ->
            new Event.MarkerIntended(
                at, from.get("environment", TEXT), from.get("actor_gate", TEXT)));
    EventForms.add(
        events,
        "MarkerConfirmed",
        Event.MarkerConfirmed.class,
        (to, marker) ->
            to.put("environment", TEXT, marker.environment()).put("gates", GATES, marker.gates()),
        (at, from) ->
            new Event.MarkerConfirmed(at, from.get("environment", TEXT), from.get("gates", GATES)));
    EventForms.add(
        events,
        "ExposureIntended",
        Event.ExposureIntended.class,
        (to, intended) ->
            to.put("stage", TEXT, intended.stage())
                .put("environment", TEXT, intended.environment())
                .put("exposure", EXPOSURE, intended.exposure())
                .put("expected", GATES, intended.expected())
                .put("target", GATES, intended.target()),
        (at, from) ->
            new Event.ExposureIntended(
                at,
                from.get("stage", TEXT),
                from.get("environment", TEXT),
                from.get("exposure", EXPOSURE),
                from.get("expected", GATES),
                from.get("target", GATES)));
    EventForms.add(
        events,
        "ExposureConfirmed",
        Event.ExposureConfirmed.class,
        (to, confirmed) ->
            to.put("stage", TEXT, confirmed.stage())
                .put("environment", TEXT, confirmed.environment())
                .put("exposure", EXPOSURE, confirmed.exposure())
                .put("gates", GATES, confirmed.gates())
                .put("adopted", TRUTH, confirmed.adopted()),
        (at, from) ->
            new Event.ExposureConfirmed(
                at,
                from.get("stage", TEXT),
                from.get("environment", TEXT),
                from.get("exposure", EXPOSURE),
                from.get("gates", GATES),
                from.get("adopted", TRUTH)));
    EventForms.add(
        events,
        "AttemptFailed",
        Event.AttemptFailed.class,
        (to, failed) ->
            to.put("environment", TEXT, failed.environment())
                .put("attempt", ATTEMPT, failed.attempt())
                .put("failure", FAILURE, failed.failure())
                .put("reason", TEXT, failed.reason())
                .put("retry_at", INSTANT, failed.retryAt()),
        (at, from) ->
            new Event.AttemptFailed(
                at,
                from.get("environment", TEXT),
                from.get("attempt", ATTEMPT),
                from.get("failure", FAILURE),
                from.get("reason", TEXT),
                from.get("retry_at", INSTANT)));
    EventForms.add(
        events,
        "Answered",
        Event.Answered.class,
        (to, answered) -> to.put("environment", TEXT, answered.environment()),
        (at, from) -> new Event.Answered(at, from.get("environment", TEXT)));
    EventForms.add(
        events,
        "StageVerified",
        Event.StageVerified.class,
        (to, verified) ->
            to.put("stage", TEXT, verified.stage())
                .put("environment", PLACES, verified.environments())
                .put("exposure", EXPOSURE, verified.exposure()),
        (at, from) ->
            new Event.StageVerified(
                at,
                from.get("stage", TEXT),
                from.get("environment", PLACES),
                from.get("exposure", EXPOSURE)));
  }
}
