package rollout.journal;

import static rollout.journal.EventForms.ACTOR;
import static rollout.journal.Forms.EXPOSURE;
import static rollout.journal.Forms.FLAG;
import static rollout.journal.Forms.PLACES;
import static rollout.journal.Forms.ROLLOUT;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.TRUTH;
import static rollout.journal.GateForms.GATES;

import rollout.core.Event;
import rollout.core.Obstacle;
import rollout.plan.diff.Change;

/** The stored forms of what takes a rollout from stage to stage. */
final class StageEvents {
  private static final Form<Obstacle> OBSTACLE =
      new Shape<>(
          (to, obstacle) -> to.put("id", TEXT, obstacle.id()).put("text", TEXT, obstacle.text()),
          from -> new Obstacle(from.get("id", TEXT), from.get("text", TEXT)));

  private static final Form<Change> CHANGE =
      new Shape<>(
          (to, change) ->
              to.put("words", TEXT, change.words()).put("loosens", TRUTH, change.loosens()),
          from -> new Change(from.get("words", TEXT), from.get("loosens", TRUTH)));

  private StageEvents() {}

  static void addTo(Variants<Event> events) {
    beginning(events);
    passing(events);
  }

  private static void beginning(Variants<Event> events) {
    EventForms.add(
        events,
        "Started",
        Event.Started.class,
        (to, started) ->
            to.put("rollout", ROLLOUT, started.rollout())
                .put("flag", FLAG, started.flag())
                .put("plan", PlanForms.PLAN, started.plan())
                .put("actor", ACTOR, started.actor())
                .maybe("reason", TEXT, started.reason())
                .put("program", TEXT, started.program())
                .put("sandbox", TRUTH, started.sandbox())
                .list("overrides", TEXT, started.overrides()),
        (at, from) ->
            new Event.Started(
                at,
                from.get("rollout", ROLLOUT),
                from.get("flag", FLAG),
                from.get("plan", PlanForms.PLAN),
                from.get("actor", ACTOR),
                from.maybe("reason", TEXT),
                from.get("program", TEXT),
                from.get("sandbox", TRUTH),
                from.list("overrides", TEXT)));
    EventForms.add(
        events,
        "Overridden",
        Event.Overridden.class,
        (to, overridden) ->
            to.put("check", TEXT, overridden.check())
                .list("findings", OBSTACLE, overridden.findings())
                .put("actor", ACTOR, overridden.actor())
                .maybe("reason", TEXT, overridden.reason()),
        (at, from) ->
            new Event.Overridden(
                at,
                from.get("check", TEXT),
                from.list("findings", OBSTACLE),
                from.get("actor", ACTOR),
                from.maybe("reason", TEXT)));
    EventForms.add(
        events,
        "Replanned",
        Event.Replanned.class,
        (to, replanned) ->
            to.put("plan", PlanForms.PLAN, replanned.plan())
                .put("digest_before", TEXT, replanned.digestBefore())
                .put("digest_after", TEXT, replanned.digestAfter())
                .list("changes", CHANGE, replanned.changes())
                .put("begins_anew", TRUTH, replanned.beginsAnew())
                .put("actor", ACTOR, replanned.actor())
                .put("reason", TEXT, replanned.reason()),
        (at, from) ->
            new Event.Replanned(
                at,
                from.get("plan", PlanForms.PLAN),
                from.get("digest_before", TEXT),
                from.get("digest_after", TEXT),
                from.list("changes", CHANGE),
                from.get("begins_anew", TRUTH),
                from.get("actor", ACTOR),
                from.get("reason", TEXT)));
    EventForms.add(
        events,
        "GatesRecorded",
        Event.GatesRecorded.class,
        (to, recorded) ->
            to.put("environment", TEXT, recorded.environment())
                .put("gates", GATES, recorded.gates()),
        (at, from) ->
            new Event.GatesRecorded(at, from.get("environment", TEXT), from.get("gates", GATES)));
    EventForms.add(
        events,
        "LimitSet",
        Event.LimitSet.class,
        (to, limit) -> to.maybe("stage", TEXT, limit.stage()).put("actor", ACTOR, limit.actor()),
        (at, from) -> new Event.LimitSet(at, from.maybe("stage", TEXT), from.get("actor", ACTOR)));
    EventForms.add(
        events,
        "StageEntered",
        Event.StageEntered.class,
        (to, entered) ->
            to.put("stage", TEXT, entered.stage())
                .put("environment", PLACES, entered.environments()),
        (at, from) ->
            new Event.StageEntered(at, from.get("stage", TEXT), from.get("environment", PLACES)));
  }

  private static void passing(Variants<Event> events) {
    EventForms.add(
        events,
        "ApprovalAsked",
        Event.ApprovalAsked.class,
        (to, asked) -> to.put("stage", TEXT, asked.stage()).put("question", TEXT, asked.question()),
        (at, from) ->
            new Event.ApprovalAsked(at, from.get("stage", TEXT), from.get("question", TEXT)));
    EventForms.add(
        events,
        "Approved",
        Event.Approved.class,
        (to, approved) ->
            to.put("stage", TEXT, approved.stage())
                .put("actor", ACTOR, approved.actor())
                .maybe("reason", TEXT, approved.reason()),
        (at, from) ->
            new Event.Approved(
                at, from.get("stage", TEXT), from.get("actor", ACTOR), from.maybe("reason", TEXT)));
    EventForms.add(
        events,
        "Promoted",
        Event.Promoted.class,
        (to, promoted) ->
            to.put("stage", TEXT, promoted.stage())
                .put("actor", ACTOR, promoted.actor())
                .maybe("reason", TEXT, promoted.reason()),
        (at, from) ->
            new Event.Promoted(
                at, from.get("stage", TEXT), from.get("actor", ACTOR), from.maybe("reason", TEXT)));
    EventForms.add(
        events,
        "StagePassed",
        Event.StagePassed.class,
        (to, passed) ->
            to.put("stage", TEXT, passed.stage())
                .put("environment", PLACES, passed.environments())
                .put("exposure", EXPOSURE, passed.exposure()),
        (at, from) ->
            new Event.StagePassed(
                at,
                from.get("stage", TEXT),
                from.get("environment", PLACES),
                from.get("exposure", EXPOSURE)));
    EventForms.add(
        events,
        "Completed",
        Event.Completed.class,
        (to, completed) -> {},
        (at, from) -> new Event.Completed(at));
  }
}
