package rollout.adapter.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;
import rollout.core.Obstacle;

/**
 * One freeze period of a project. It is in force while its last start is later than its last end.
 * What cannot be understood counts as in force: nobody could say that it is not.
 */
final class FreezePeriod {
  private final String id;
  private final String name;
  private final JsonNode period;

  private FreezePeriod(String id, String name, JsonNode period) {
    this.id = id;
    this.name = name;
    this.period = period;
  }

  /**
   * @param period an entry of GitLab's list
   */
  static FreezePeriod of(String project, JsonNode period) {
    String id = period.path("id").asText("?");
    return new FreezePeriod(
        project + " freeze period " + id, "freeze period " + id + " of " + project, period);
  }

  /** What stands against a raise, if it is in force then. */
  Optional<Obstacle> inForce(Instant at) {
    try {
      ZoneId zone = TimeZones.of(text("cron_timezone"));
      Cron start = Cron.parse(text("freeze_start"), zone);
      Cron end = Cron.parse(text("freeze_end"), zone);
      return start.last(at).flatMap(began -> inForce(began, end, at));
    } catch (IllegalArgumentException strange) {
      return obstacle("cannot be understood and counts as in force: " + strange.getMessage());
    }
  }

  private Optional<Obstacle> inForce(Instant began, Cron end, Instant at) {
    boolean over = end.last(at).filter(ended -> !ended.isBefore(began)).isPresent();
    if (over) {
      return Optional.empty();
    }
    String until =
        end.next(at).map(ends -> " until " + ends.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    return obstacle("is in force since " + began.truncatedTo(ChronoUnit.SECONDS) + until);
  }

  private Optional<Obstacle> obstacle(String what) {
    return Optional.of(new Obstacle(id, name + " " + what));
  }

  private String text(String field) {
    JsonNode value = period.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("its " + field + " is no text");
    }
    return HttpAnswer.oneLine(value.asText()).strip();
  }
}
