package rollout.adapter.gitlab;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The moments of a cron expression in a time zone. Takes only what {@link CronGrammar} allows. The
 * library is only ever asked for the next moment: asked for the last one, it has been wrong
 * (decision 0014).
 */
final class Cron {
  /** Two leap years may lie eight years apart. */
  private static final Duration FARTHEST = Duration.ofDays(9 * 366);

  private static final CronDefinition DEFINITION =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .supportsL()
          .and()
          .withMonth()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .withIntMapping(7, 0)
          .supportsHash()
          .and()
          .instance();

  private final ExecutionTime times;
  private final ZoneId zone;

  private Cron(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none, could mean several things, or never comes
   */
  static Cron parse(String text, ZoneId zone) {
    String plain = CronGrammar.plain(text);
    try {
      Cron cron = new Cron(ExecutionTime.forCron(new CronParser(DEFINITION).parse(plain)), zone);
      cron.next(Instant.EPOCH).orElseThrow(() -> new IllegalArgumentException("it never comes"));
      return cron;
    } catch (IllegalArgumentException unreadable) {
      throw CronGrammar.notUnderstood(text, unreadable.getMessage());
    }
  }

  /** The first moment after {@code at}. */
  Optional<Instant> next(Instant at) {
    return times.nextExecution(at.atZone(zone)).map(java.time.ZonedDateTime::toInstant);
  }

  /** The last moment at or before {@code at}; empty when there was none for nine years. */
  Optional<Instant> last(Instant at) {
    long near = 0;
    long far = FARTHEST.toMinutes();
    if (!isBetween(far, at)) {
      return Optional.empty();
    }
    while (far - near > 1) {
      long middle = (near + far) / 2;
      if (isBetween(middle, at)) {
        far = middle;
      } else {
        near = middle;
      }
    }
    return next(at.minus(Duration.ofMinutes(far)));
  }

  /** Whether a moment lies in so many minutes before {@code at}, or is {@code at}. */
  private boolean isBetween(long minutes, Instant at) {
    return next(at.minus(Duration.ofMinutes(minutes)))
        .filter(next -> !next.isAfter(at))
        .isPresent();
  }
}
