package rollout.journal;

import static rollout.journal.EventForms.ACTOR;
import static rollout.journal.Forms.INSTANT;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.WHOLE;
import static rollout.journal.GateForms.GATES;

import java.util.TreeMap;
import rollout.core.Event;
import rollout.core.HoldKind;

/** The stored forms of what was seen, and of what stops the advance. */
final class WatchEvents {
  private static final Form<HoldKind> HOLD_KIND = Forms.word(HoldKind.class);

  private WatchEvents() {}

  static void addTo(Variants<Event> events) {
    looking(events);
    holding(events);
  }

  private static void looking(Variants<Event> events) {
    EventForms.add(
        events,
        "Measured",
        Event.Measured.class,
        (to, measured) ->
            to.put("stage", TEXT, measured.stage())
                .put("look", WHOLE, measured.look())
                .put("due_at", INSTANT, measured.dueAt())
                .list("measurements", EvidenceForms.MEASUREMENT, measured.measurements()),
        (at, from) ->
            new Event.Measured(
                at,
                from.get("stage", TEXT),
                from.get("look", WHOLE),
                from.get("due_at", INSTANT),
                from.list("measurements", EvidenceForms.MEASUREMENT)));
    EventForms.add(
        events,
        "Judged",
        Event.Judged.class,
        (to, judged) ->
            to.put("stage", TEXT, judged.stage())
                .put("look", WHOLE, judged.look())
                .put("due_at", INSTANT, judged.dueAt())
                .list("findings", EvidenceForms.FINDING, judged.findings())
                .some("compared", CompareForms.COMPARED, judged.compared()),
        (at, from) ->
            new Event.Judged(
                at,
                from.get("stage", TEXT),
                from.get("look", WHOLE),
                from.get("due_at", INSTANT),
                from.list("findings", EvidenceForms.FINDING),
                from.some("compared", CompareForms.COMPARED)));
    EventForms.add(
        events,
        "PastRead",
        Event.PastRead.class,
        (to, read) ->
            to.put("guardrail", TEXT, read.guardrail())
                .put("environment", TEXT, read.environment())
                .put("past", CompareForms.PAST, read.past()),
        (at, from) ->
            new Event.PastRead(
                at,
                from.get("guardrail", TEXT),
                from.get("environment", TEXT),
                from.get("past", CompareForms.PAST)));
    EventForms.add(
        events,
        "PastUnread",
        Event.PastUnread.class,
        (to, unread) ->
            to.put("guardrail", TEXT, unread.guardrail())
                .put("environment", TEXT, unread.environment())
                .put("reason", TEXT, unread.reason())
                .put("retry_at", INSTANT, unread.retryAt()),
        (at, from) ->
            new Event.PastUnread(
                at,
                from.get("guardrail", TEXT),
                from.get("environment", TEXT),
                from.get("reason", TEXT),
                from.get("retry_at", INSTANT)));
    EventForms.add(
        events,
        "Warned",
        Event.Warned.class,
        (to, warned) ->
            to.put("stage", TEXT, warned.stage())
                .put("guardrail", TEXT, warned.guardrail())
                .put("reason", TEXT, warned.reason()),
        (at, from) ->
            new Event.Warned(
                at,
                from.get("stage", TEXT),
                from.get("guardrail", TEXT),
                from.get("reason", TEXT)));
  }

  private static void holding(Variants<Event> events) {
    EventForms.add(
        events,
        "Held",
        Event.Held.class,
        (to, held) ->
            to.put("kind", HOLD_KIND, held.kind())
                .put("reason", TEXT, held.reason())
                .put("actor", ACTOR, held.actor()),
        (at, from) ->
            new Event.Held(
                at,
                from.get("kind", HOLD_KIND),
                from.get("reason", TEXT),
                from.get("actor", ACTOR)));
    EventForms.add(
        events,
        "Resumed",
        Event.Resumed.class,
        (to, resumed) ->
            to.list("lifted", HOLD_KIND, resumed.lifted())
                .maybe("reason", TEXT, resumed.reason())
                .put("actor", ACTOR, resumed.actor())
                .map("adopted", GATES, new TreeMap<>(resumed.adopted())),
        (at, from) ->
            new Event.Resumed(
                at,
                from.list("lifted", HOLD_KIND),
                from.maybe("reason", TEXT),
                from.get("actor", ACTOR),
                from.map("adopted", GATES)));
    EventForms.add(
        events,
        "DriftSeen",
        Event.DriftSeen.class,
        (to, drift) ->
            to.put("environment", TEXT, drift.environment())
                .put("expected", GATES, drift.expected())
                .put("actual", GATES, drift.actual()),
        (at, from) ->
            new Event.DriftSeen(
                at,
                from.get("environment", TEXT),
                from.get("expected", GATES),
                from.get("actual", GATES)));
  }
}
