package rollout.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When windows are open, on days that skip and repeat hours too. */
class OpenHoursTest {
  private static final Set<DayOfWeek> ALL = EnumSet.allOf(DayOfWeek.class);

  @ParameterizedTest
  @CsvSource({
    // Monday to Thursday from seven to three, as in the contract
    "2026-11-23T06:59:59Z, 2026-11-23T07:00:00Z",
    "2026-11-23T07:00:00Z, 2026-11-23T07:00:00Z",
    "2026-11-23T14:59:59Z, 2026-11-23T14:59:59Z",
    "2026-11-23T15:00:00Z, 2026-11-24T07:00:00Z",
    "2026-11-26T15:00:00Z, 2026-11-30T07:00:00Z",
    "2026-11-28T12:00:00Z, 2026-11-30T07:00:00Z",
  })
  void opensOnItsDaysAndHours(Instant at, Instant opens) {
    Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY);
    assertOpens(hours(days, "07:00", "15:00", "UTC"), at, opens);
  }

  @ParameterizedTest
  @CsvSource({
    // 02:00 to 03:00 does not exist in Berlin on 29 March 2026; 01:00Z is 03:00
    "02:30, 05:00, 2026-03-29T00:59:00Z, 2026-03-29T01:00:00Z",
    "02:15, 02:45, 2026-03-29T00:59:00Z, 2026-03-30T00:15:00Z",
    "01:30, 02:30, 2026-03-29T00:45:00Z, 2026-03-29T00:45:00Z",
    "01:30, 02:30, 2026-03-29T01:00:00Z, 2026-03-29T23:30:00Z",
    // 02:00 to 03:00 comes twice on 25 October 2026: at 00:00Z and at 01:00Z
    "02:30, 05:00, 2026-10-25T00:29:00Z, 2026-10-25T00:30:00Z",
    "01:00, 02:30, 2026-10-25T01:29:00Z, 2026-10-25T01:29:00Z",
    "01:00, 02:30, 2026-10-25T01:30:00Z, 2026-10-26T00:00:00Z",
  })
  void heedsHoursThatAreSkippedAndRepeated(String from, String to, Instant at, Instant opens) {
    assertOpens(hours(ALL, from, to, "Europe/Berlin"), at, opens);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T21:59:00Z, 2026-11-27T22:00:00Z",
    "2026-11-28T05:59:00Z, 2026-11-28T05:59:00Z",
    "2026-11-28T06:00:00Z, 2026-12-04T22:00:00Z",
  })
  void mayEndOnTheNextMorning(Instant at, Instant opens) {
    OpenHours night = hours(EnumSet.of(DayOfWeek.FRIDAY), "22:00", "06:00", "UTC");
    assertTrue(night.isOvernight());
    assertEquals(Duration.ofHours(8), night.length());
    assertOpens(night, at, opens);
  }

  @Test
  void isAlwaysOpenUnlessSomethingIsSaid() {
    Instant at = Instant.parse("2026-11-29T23:59:59.999Z");
    assertTrue(OpenHours.ALWAYS.isOpen(at));
    assertEquals("every day 00:00-24:00 Z", OpenHours.ALWAYS.toString());
  }

  @Test
  void needsADay() {
    assertThrows(IllegalArgumentException.class, () -> hours(Set.of(), "07:00", "15:00", "UTC"));
  }

  private static OpenHours hours(Set<DayOfWeek> days, String from, String to, String zone) {
    return new OpenHours(days, LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
  }

  private static void assertOpens(OpenHours window, Instant at, Instant opens) {
    assertEquals(Optional.of(opens), window.nextOpening(at), window::toString);
    assertEquals(at.equals(opens), window.isOpen(at));
  }
}
