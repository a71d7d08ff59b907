package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Instant T = Instant.parse("2026-11-22T03:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 500",
    "1, 1000",
    "2, 2000",
    "6, 32000",
    "7, 60000",
    "63, 60000",
    "2000000, 60000"
  })
  void doublesUpToAMinuteAndSpreadsByAQuarter(int failures, long millis) {
    long waited = waited(failures, Optional.empty(), "a");
    assertTrue(waited >= millis && waited < millis + millis / 4, () -> waited + " ms");
  }

  @Test
  void waitsAsLongAsItWasAskedButNeverForAnHour() {
    assertTrue(waited(0, Optional.of(Duration.ofSeconds(20)), "a") >= 20_000);
    assertTrue(waited(0, Optional.of(Duration.ofHours(1)), "a") <= 75_000);
  }

  @Test
  void isTheSameForTheSameRunnerAndAnotherForOthers() {
    assertEquals(waited(3, Optional.empty(), "a"), waited(3, Optional.empty(), "a"));
    assertNotEquals(waited(3, Optional.empty(), "a"), waited(3, Optional.empty(), "b"));
  }

  private static long waited(int failures, Optional<Duration> asked, String spread) {
    return Duration.between(T, Backoff.next(T, failures, asked, spread)).toMillis();
  }
}
