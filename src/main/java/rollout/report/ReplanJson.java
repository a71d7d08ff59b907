package rollout.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import rollout.core.Event;

/** The plan's replacement as {@code history}, {@code status} and {@code replan -o json} show it. */
public final class ReplanJson {
  private ReplanJson() {}

  /** All of it but the plan. */
  public static ObjectNode of(Event.Replanned event) {
    return addTo(new Json().put("at", event.at()), event).node();
  }

  static Json addTo(Json json, Event.Replanned event) {
    return json.put("actor", event.actor())
        .put("reason", event.reason())
        .put("loosens", event.loosens())
        .put("begins_anew", event.beginsAnew())
        .put("digest_before", event.digestBefore())
        .put("digest_after", event.digestAfter())
        .put(
            "changes",
            event.changes().stream()
                .map(one -> new Json().put("words", one.words()).put("loosens", one.loosens()))
                .toList());
  }
}
