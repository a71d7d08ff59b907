package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.plan.Durations;

class LooksTest {
  private static final Instant ORIGIN = Instant.parse("2026-11-22T03:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "10m, 1m, 10, 9",
    "15m, 1m, 15, 14",
    "24h, 1m, 1440, 1296",
    "3m, 1m, 3, 3",
    "2m, 1m, 2, 2",
    "30s, 1m, 1, 1",
    "150s, 1m, 3, 3",
    "11m, 1m, 11, 10"
  })
  void countsTheLooksOfABake(String bake, String interval, long planned, long required) {
    Looks looks = looks(bake, interval);
    assertEquals(planned, looks.planned());
    assertEquals(required, looks.required());
  }

  @ParameterizedTest
  @CsvSource({
    "2m, 1, 60",
    "2m, 2, 120",
    "2m, 3, 180",
    "150s, 2, 120",
    "150s, 3, 150",
    "150s, 4, 180",
    "30s, 1, 30",
    "30s, 2, 60"
  })
  void areDueEveryIntervalAndOnceMoreAtTheEnd(String bake, long number, long seconds) {
    assertEquals(ORIGIN.plusSeconds(seconds), looks(bake, "1m").dueAt(number));
  }

  @Test
  void neverGoBack() {
    Looks looks = looks("150s", "1m");
    for (long number = 1; number < 10; number++) {
      assertEquals(1, looks.dueAt(number + 1).compareTo(looks.dueAt(number)));
    }
  }

  private static Looks looks(String bake, String interval) {
    Duration length = Durations.parse(bake);
    return new Looks(ORIGIN, length, Durations.parse(interval));
  }
}
