package rollout.adapter.gitlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cron expressions as GitLab means them, against a count of minutes. */
class CronTest {
  private static final long SEED = 20261122;
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** What each expression says of a local minute, said without cron. */
  private static final Map<String, Predicate<LocalDateTime>> MEANINGS =
      Map.of(
          "0 23 * * 5", t -> at(t, 23, 0) && t.getDayOfWeek() == DayOfWeek.FRIDAY,
          "0 8 * * mon", t -> at(t, 8, 0) && t.getDayOfWeek() == DayOfWeek.MONDAY,
          "30 12 1,15 * *",
              t -> at(t, 12, 30) && (t.getDayOfMonth() == 1 || t.getDayOfMonth() == 15),
          "0 0 20-31 12 *", t -> at(t, 0, 0) && t.getMonthValue() == 12 && t.getDayOfMonth() >= 20,
          "*/20 6-8 * * *", t -> t.getMinute() % 20 == 0 && t.getHour() >= 6 && t.getHour() <= 8,
          "0 0 1 * 1",
              t -> at(t, 0, 0) && (t.getDayOfMonth() == 1 || t.getDayOfWeek() == DayOfWeek.MONDAY),
          "15 22 l * *", t -> at(t, 22, 15) && t.getDayOfMonth() == t.toLocalDate().lengthOfMonth(),
          "0 9 * * 2#2",
              t ->
                  at(t, 9, 0)
                      && t.getDayOfWeek() == DayOfWeek.TUESDAY
                      && (t.getDayOfMonth() - 1) / 7 == 1,
          "0 7 * jan-mar 6-7",
              t -> at(t, 7, 0) && t.getMonthValue() <= 3 && t.getDayOfWeek().getValue() >= 6);

  private static boolean at(LocalDateTime time, int hour, int minute) {
    return time.getHour() == hour && time.getMinute() == minute;
  }

  /** Two years of minutes, counted backwards from moments of every season. */
  @Test
  void theLastMomentIsTheLastMinuteThatFits() {
    Random random = new Random(SEED);
    MEANINGS.forEach(
        (text, meaning) -> {
          Cron cron = Cron.parse(text, NEW_YORK);
          for (int i = 0; i < 12; i++) {
            Instant at =
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(365 * 86_400));
            assertEquals(
                Optional.of(counted(meaning, at)),
                cron.last(at),
                () -> text + " at " + at + ", seed " + SEED);
          }
        });
  }

  private static Instant counted(Predicate<LocalDateTime> meaning, Instant at) {
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    while (!meaning.test(LocalDateTime.ofInstant(minute, NEW_YORK))) {
      minute = minute.minus(Duration.ofMinutes(1));
    }
    return minute;
  }

  @Test
  void theMomentItselfIsTheLastOne() {
    Instant friday = Instant.parse("2026-11-20T23:00:00Z");
    Cron cron = Cron.parse("0 0 23 * * 5", ZoneId.of("UTC"));
    assertEquals(Optional.of(friday), cron.last(friday));
    assertEquals(Optional.of(friday.plus(Duration.ofDays(7))), cron.next(friday));
    assertEquals(Optional.of(friday.minus(Duration.ofDays(7))), cron.last(friday.minusMillis(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "every friday at 23:00", "0 23 * *", "0 23 * * fri-mon", "5/10 * * * *", "0 24 * * *",
        "0 0 -1 * *", "0 0 1-7 * 1&", "0 0 * * 1%2", "0 0 30 2 *", "0 0 0 * *", "0 0 15W * *",
        "0 0 ? * 5", "0 0 * * 5L", "0 0 */2 * 1", "0 0 * * */2", "* * * * * * *", "30 0 23 * * 5",
        "@daily", "0 23 * * 5 UTC", "60 * * * *", "0 0 1,* * *", "0 0 * * 8", "0 0 * 13 *"
      })
  void whatCouldMeanAnythingElseIsNotUnderstood(String text) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Cron.parse(text, ZoneId.of("UTC")));
    assertTrue(refusal.getMessage().contains("\"" + text + "\""), refusal::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, UTC",
    "Europe/Berlin, Europe/Berlin",
    "Eastern Time (US & Canada), America/New_York",
    "Nuku'alofa, Pacific/Tongatapu",
    "+05:30, +05:30",
  })
  void timeZonesAreThoseOfGitLab(String name, String zone) {
    assertEquals(ZoneId.of(zone), TimeZones.of(name));
  }

  @Test
  void everyNameOfRailsLeadsToAZone() {
    assertThrows(IllegalArgumentException.class, () -> TimeZones.of("Atlantis"));
    TimeZones.railsNames().forEach(name -> assertTrue(!TimeZones.of(name).getId().isEmpty(), name));
    assertEquals(149, TimeZones.railsNames().size(), 5);
  }
}
