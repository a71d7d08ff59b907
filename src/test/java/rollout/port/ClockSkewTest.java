package rollout.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rollout.port.Health.Finding;
import rollout.port.Health.Wellness;

class ClockSkewTest {
  private static final Instant HERE = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void aFewSecondsAreAgreement() {
    assertEquals(new Finding(Wellness.WELL, "clock", "agrees with ours"), at(-5));
  }

  @Test
  void moreIsDoubtful() {
    assertEquals(
        new Finding(
            Wellness.DOUBTFUL,
            "clock",
            "the server's is 30s ahead of ours; set the one that is wrong by NTP"),
        at(30));
  }

  @Test
  void muchMoreIsIll() {
    assertEquals(
        new Finding(
            Wellness.ILL,
            "clock",
            "the server's is 1m 5s behind ours; set the one that is wrong by NTP"),
        at(-65));
  }

  @Test
  void silenceIsDoubtful() {
    assertEquals(Wellness.DOUBTFUL, ClockSkew.finding(Optional.empty(), HERE).wellness());
  }

  private static Finding at(long seconds) {
    return ClockSkew.finding(Optional.of(HERE.plusSeconds(seconds)), HERE);
  }
}
