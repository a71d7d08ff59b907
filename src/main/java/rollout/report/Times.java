package rollout.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import rollout.plan.Durations;

/**
 * Moments for people, in their own time zone and always in English.
 *
 * @param zone whose wall clock is shown
 */
public record Times(ZoneId zone) {
  private static final DateTimeFormatter CLOCK = format("HH:mm:ss");
  private static final DateTimeFormatter CLOCK_OF_DAY = format("EEE d MMM HH:mm:ss");
  private static final DateTimeFormatter DAY = format("EEE d MMM HH:mm");
  private static final DateTimeFormatter STAMP = format("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter ZONE = format("zzz");

  /** {@code 14:05:01}. */
  public String clock(Instant at) {
    return CLOCK.format(at.atZone(zone));
  }

  /** {@code 14:05:01} on the day of {@code other}, {@code Mon 23 Nov 14:05:01} on any other day. */
  public String clockSince(Instant other, Instant at) {
    boolean sameDay = at.atZone(zone).toLocalDate().equals(other.atZone(zone).toLocalDate());
    return (sameDay ? CLOCK : CLOCK_OF_DAY).format(at.atZone(zone));
  }

  /** {@code Sun 22 Nov 14:05 CET}. */
  public String day(Instant at) {
    return DAY.format(at.atZone(zone)) + " " + zoneAt(at);
  }

  /** {@code 2026-11-22 14:05:01}. */
  public String stamp(Instant at) {
    return STAMP.format(at.atZone(zone));
  }

  /** The zone's short name at this moment: {@code CET}, {@code UTC}. */
  public String zoneAt(Instant at) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : ZONE.format(at.atZone(zone));
  }

  /** {@code in 42s}, {@code 2h 5m ago}, {@code now}. */
  static String distance(Instant now, Instant at) {
    Duration ahead = Duration.between(now, at);
    if (ahead.abs().compareTo(Duration.ofSeconds(1)) < 0) {
      return "now";
    }
    return ahead.isNegative() ? words(ahead.negated()) + " ago" : "in " + words(ahead);
  }

  /** {@code in 42s}, or {@code now} for a moment that has come. */
  static String due(Instant now, Instant at) {
    return distance(now, at.isBefore(now) ? now : at);
  }

  /** In words, whole seconds: {@code 2h 5m}, {@code 42s}. */
  static String words(Duration duration) {
    return Durations.words(Duration.ofSeconds(Math.max(0, duration.toSeconds())));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
