package rollout.journal;

import static rollout.journal.Forms.PERCENTAGE;
import static rollout.journal.Forms.TEXT;
import static rollout.journal.Forms.TRUTH;

import java.util.TreeSet;
import rollout.plan.GateState;

/** The stored form of a flag's gates. */
final class GateForms {
  static final Form<GateState> GATES =
      new Shape<>(
          (to, gates) ->
              to.put("everybody", TRUTH, gates.everybody())
                  .list("actors", TEXT, gates.actors())
                  .list("groups", TEXT, gates.groups())
                  .put("percentage_of_actors", PERCENTAGE, gates.percentageOfActors())
                  .put("percentage_of_time", PERCENTAGE, gates.percentageOfTime())
                  .list("others", TEXT, gates.others()),
          from ->
              new GateState(
                  from.get("everybody", TRUTH),
                  new TreeSet<>(from.list("actors", TEXT)),
                  new TreeSet<>(from.list("groups", TEXT)),
                  from.get("percentage_of_actors", PERCENTAGE),
                  from.get("percentage_of_time", PERCENTAGE),
                  new TreeSet<>(from.list("others", TEXT))));

  private GateForms() {}
}
