package rollout.journal;

import static rollout.journal.Forms.TEXT;
import static rollout.journal.GateForms.GATES;

import rollout.core.Event;

/** The stored forms of the return of the gates from before. */
final class BaselineEvents {
  private BaselineEvents() {}

  static void addTo(Variants<Event> events) {
    EventForms.add(
        events,
        "BaselineIntended",
        Event.BaselineIntended.class,
        (to, intended) ->
            to.put("environment", TEXT, intended.environment())
                .put("gates", GATES, intended.gates()),
        (at, from) ->
            new Event.BaselineIntended(
                at, from.get("environment", TEXT), from.get("gates", GATES)));
    EventForms.add(
        events,
        "BaselineRestored",
        Event.BaselineRestored.class,
        (to, restored) ->
            to.put("environment", TEXT, restored.environment())
                .put("gates", GATES, restored.gates())
                .list("left", TEXT, restored.left()),
        (at, from) ->
            new Event.BaselineRestored(
                at,
                from.get("environment", TEXT),
                from.get("gates", GATES),
                from.list("left", TEXT)));
    EventForms.add(
        events,
        "BaselineLeft",
        Event.BaselineLeft.class,
        (to, left) ->
            to.put("environment", TEXT, left.environment())
                .put("gates", GATES, left.gates())
                .put("reason", TEXT, left.reason()),
        (at, from) ->
            new Event.BaselineLeft(
                at,
                from.get("environment", TEXT),
                from.get("gates", GATES),
                from.get("reason", TEXT)));
  }
}
