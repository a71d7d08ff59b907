package rollout.journal;

import static rollout.journal.Forms.TEXT;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.TreeSet;
import rollout.plan.OpenHours;
import rollout.plan.RaiseConditions;

/** The stored forms of what must be so before a raise. */
final class ConditionForms {
  private static final Form<DayOfWeek> DAY = Forms.word(DayOfWeek.class);
  private static final Form<LocalTime> TIME = Forms.text(LocalTime::toString, LocalTime::parse);
  private static final Form<ZoneId> ZONE = Forms.text(ZoneId::getId, ZoneId::of);

  private static final Form<OpenHours> WINDOW =
      new Shape<>(
          (to, window) ->
              to.list("days", DAY, new TreeSet<>(window.days()))
                  .put("from", TIME, window.from())
                  .put("to", TIME, window.to())
                  .put("zone", ZONE, window.zone()),
          from ->
              new OpenHours(
                  EnumSet.copyOf(from.list("days", DAY)),
                  from.get("from", TIME),
                  from.get("to", TIME),
                  from.get("zone", ZONE)));

  private static final Form<RaiseConditions.Incidents> INCIDENTS =
      new Shape<>(
          (to, incidents) ->
              to.put("environment", TEXT, incidents.environment())
                  .put("project", TEXT, incidents.project())
                  .list("labels", TEXT, incidents.labels()),
          from ->
              new RaiseConditions.Incidents(
                  from.get("environment", TEXT),
                  from.get("project", TEXT),
                  from.list("labels", TEXT)));

  private static final Form<RaiseConditions.Freeze> FREEZE =
      new Shape<>(
          (to, freeze) ->
              to.put("environment", TEXT, freeze.environment())
                  .put("project", TEXT, freeze.project()),
          from ->
              new RaiseConditions.Freeze(from.get("environment", TEXT), from.get("project", TEXT)));

  static final Form<RaiseConditions> CONDITIONS =
      new Shape<>(
          (to, conditions) ->
              to.map("windows", WINDOW, conditions.windows())
                  .maybe("incidents", INCIDENTS, conditions.incidents())
                  .maybe("freeze", FREEZE, conditions.freeze()),
          from ->
              new RaiseConditions(
                  from.map("windows", WINDOW),
                  from.maybe("incidents", INCIDENTS),
                  from.maybe("freeze", FREEZE)));

  private ConditionForms() {}
}
