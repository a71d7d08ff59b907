package rollout.engine;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import rollout.core.Obstacle;
import rollout.plan.Plan;
import rollout.port.Calendar;
import rollout.port.Health;
import rollout.port.PortException;

/** What {@code doctor} wants to know of the calendars of a plan: each is asked as a raise would. */
public final class CalendarHealth {
  private CalendarHealth() {}

  /**
   * One for each check that the plan asks for, by its key in {@code preflight}.
   *
   * @param calendars by environment
   */
  public static Map<String, Health> of(
      Plan plan, Function<String, Calendar> calendars, InstantSource clock) {
    Map<String, Health> healths = new LinkedHashMap<>();
    new CalendarAsking(calendars)
        .questions(plan.conditions())
        .forEach((check, question) -> healths.put(check, () -> examine(question, clock)));
    return healths;
  }

  private static List<Health.Finding> examine(
      CalendarAsking.Question question, InstantSource clock) {
    try {
      List<Obstacle> found = question.ask(clock.instant());
      return found.isEmpty()
          ? List.of(new Health.Finding(Health.Wellness.WELL, "query", "nothing holds a raise now"))
          : found.stream()
              .map(one -> new Health.Finding(Health.Wellness.DOUBTFUL, "query", one.text()))
              .toList();
    } catch (PortException failed) {
      return List.of(new Health.Finding(Health.Wellness.ILL, "query", failed.getMessage()));
    }
  }
}
