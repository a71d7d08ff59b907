package rollout.plan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When exposure may rise in one environment: rollout.yaml's {@code windows}. Pure arithmetic on the
 * clock of a time zone. An hour that the clock skips is not open; one that it repeats is open both
 * times.
 *
 * @param days on which it opens, at least one
 * @param from when it opens, by that clock
 * @param to when it closes, exclusive; not after {@code from} means on the next day, so that
 *     midnight is the end of the day and the same time twice a whole day
 */
public record OpenHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /** Every hour of every day: what stands when nothing else is said. */
  public static final OpenHours ALWAYS =
      new OpenHours(
          EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC);

  /** A week, and a day or two that a zone may have left out. */
  private static final int FARTHEST_DAYS = 10;

  /**
   * @throws IllegalArgumentException without a day
   */
  public OpenHours {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a window without a day never opens");
    }
    days = Set.copyOf(EnumSet.copyOf(days));
  }

  /** Whether exposure may rise at this moment. */
  public boolean isOpen(Instant at) {
    return nextOpening(at).filter(at::equals).isPresent();
  }

  /** The first moment from then on at which it is open; that moment itself while it is. */
  public Optional<Instant> nextOpening(Instant at) {
    LocalDate yesterday = at.atZone(zone).toLocalDate().minusDays(1);
    return Stream.iterate(yesterday, day -> day.plusDays(1))
        .limit(FARTHEST_DAYS)
        .filter(day -> days.contains(day.getDayOfWeek()))
        .filter(day -> closes(day).isAfter(at) && closes(day).isAfter(opens(day)))
        .map(day -> opens(day).isAfter(at) ? opens(day) : at)
        .min(Instant::compareTo);
  }

  /** Whether it closes on the day after the one it opened on, midnight itself left aside. */
  public boolean isOvernight() {
    return !to.isAfter(from) && !to.equals(LocalTime.MIDNIGHT);
  }

  /** From opening to closing by its clock, on a day that skips and repeats no hour. */
  public Duration length() {
    Duration length = Duration.between(from, to);
    return to.isAfter(from) ? length : length.plusDays(1);
  }

  private Instant opens(LocalDate day) {
    return moment(day.atTime(from), false);
  }

  private Instant closes(LocalDate day) {
    return moment(to.isAfter(from) ? day.atTime(to) : day.plusDays(1).atTime(to), true);
  }

  private Instant moment(LocalDateTime time, boolean later) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition skipped = zone.getRules().getTransition(time);
      return skipped.getInstant();
    }
    return time.toInstant(offsets.get(later ? offsets.size() - 1 : 0));
  }

  /** For people: {@code mon, tue, wed, thu 07:00-15:00 UTC}. */
  @Override
  public String toString() {
    boolean everyDay = days.size() == DayOfWeek.values().length;
    String names =
        Stream.of(DayOfWeek.values())
            .filter(days::contains)
            .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String end = to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
    return (everyDay ? "every day" : names) + " " + from + "-" + end + " " + zone;
  }
}
