package rollout.journal;

import static rollout.journal.EventForms.ACTOR;
import static rollout.journal.Forms.EXPOSURE;
import static rollout.journal.Forms.INSTANT;
import static rollout.journal.Forms.NUMBER;
import static rollout.journal.Forms.TEXT;

import java.util.Optional;
import rollout.core.Event;

/** The stored forms of what takes exposure back. */
final class TakingBackEvents {
  private static final Form<Event.Cause> CAUSE = Forms.word(Event.Cause.class);

  private TakingBackEvents() {}

  static void addTo(Variants<Event> events) {
    EventForms.add(
        events,
        "RollbackDecided",
        Event.RollbackDecided.class,
        (to, decided) ->
            to.put("cause", CAUSE, decided.cause())
                .put("stage", TEXT, decided.stage())
                .put("exposure", EXPOSURE, decided.exposure())
                .list("environments", TEXT, decided.environments())
                .maybe("guardrail", TEXT, decided.guardrail())
                .put("reason", TEXT, decided.reason())
                .maybe("value", NUMBER, decided.value())
                .maybe("limit", NUMBER, decided.limit()),
        (at, from) ->
            new Event.RollbackDecided(
                at,
                from.get("cause", CAUSE),
                from.get("stage", TEXT),
                from.get("exposure", EXPOSURE),
                from.list("environments", TEXT),
                from.maybe("guardrail", TEXT),
                from.get("reason", TEXT),
                from.maybe("value", NUMBER),
                from.maybe("limit", NUMBER)));
    EventForms.add(
        events,
        "AbortRequested",
        Event.AbortRequested.class,
        (to, abort) ->
            to.list("environments", TEXT, abort.environments())
                .put("actor", ACTOR, abort.actor())
                .maybe("reason", TEXT, abort.reason()),
        (at, from) ->
            new Event.AbortRequested(
                at,
                from.list("environments", TEXT),
                from.get("actor", ACTOR),
                from.maybe("reason", TEXT)));
    EventForms.add(
        events,
        "SwitchedOff",
        Event.SwitchedOff.class,
        (to, off) ->
            to.put("environment", TEXT, off.environment())
                .maybe(
                    "asked_at",
                    INSTANT,
                    Optional.of(off.askedAt()).filter(asked -> !asked.equals(off.at()))),
        (at, from) ->
            new Event.SwitchedOff(
                at, from.maybe("asked_at", INSTANT).orElse(at), from.get("environment", TEXT)));
    EventForms.add(
        events,
        "Sealed",
        Event.Sealed.class,
        (to, done) -> to.put("environment", TEXT, done.environment()),
        (at, from) -> new Event.Sealed(at, from.get("environment", TEXT)));
    BaselineEvents.addTo(events);
    EventForms.add(
        events,
        "RolledBack",
        Event.RolledBack.class,
        (to, rolledBack) -> to.put("reason", TEXT, rolledBack.reason()),
        (at, from) -> new Event.RolledBack(at, from.get("reason", TEXT)));
    EventForms.add(
        events,
        "Aborted",
        Event.Aborted.class,
        (to, aborted) -> to.put("reason", TEXT, aborted.reason()),
        (at, from) -> new Event.Aborted(at, from.get("reason", TEXT)));
  }
}
