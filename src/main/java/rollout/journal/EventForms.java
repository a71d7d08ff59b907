package rollout.journal;

import static rollout.journal.Forms.INSTANT;
import static rollout.journal.Forms.TEXT;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import rollout.core.Actor;
import rollout.core.Event;

/** The stored form of every event. */
final class EventForms {
  static final Form<Actor> ACTOR =
      new Shape<>(
          (to, actor) ->
              to.put("name", TEXT, actor.name())
                  .put("via", TEXT, actor.via())
                  .maybe("host", TEXT, actor.host())
                  .maybe("claim", TEXT, actor.claim()),
          from ->
              new Actor(
                  from.get("name", TEXT),
                  from.get("via", TEXT),
                  from.maybe("host", TEXT),
                  from.maybe("claim", TEXT)));

  /** All of them, by the names of the contract's {@code history -o json}. */
  static final Variants<Event> EVENTS = all();

  private EventForms() {}

  private static Variants<Event> all() {
    Variants<Event> events = new Variants<>("event");
    StageEvents.addTo(events);
    RaisingEvents.addTo(events);
    WatchEvents.addTo(events);
    StepBackEvents.addTo(events);
    TakingBackEvents.addTo(events);
    return events;
  }

  /** One more event; the moment it happened is stored alike for all. */
  static <E extends Event> void add(
      Variants<Event> events,
      String name,
      Class<E> type,
      BiConsumer<FieldWriter, E> writer,
      BiFunction<Instant, FieldReader, E> reader) {
    events.with(
        name,
        type,
        (to, event) -> writer.accept(to.put("at", INSTANT, event.at()), event),
        from -> reader.apply(from.get("at", INSTANT), from));
  }
}
