package rollout.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.testing.InMemoryLeases;

/** How long a process may believe in its lease. */
class TenureTest {
  private static final RolloutId ROLLOUT = new RolloutId("gitaly_stats-1");
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(210);

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final InMemoryLeases leases = new InMemoryLeases(() -> now);

  @Test
  void aLeaseBeginsBeforeItIsAskedForHoweverLateTheAnswerIsHeard() throws Exception {
    long askedAt = stopwatch();
    Leases.Lease lease = take("ana");
    pass(Duration.ofMinutes(11));
    take("ben");
    assertFalse(tenure(new Lent(lease, askedAt)).coversARaise());
  }

  @Test
  void aLeaseThatOutlastsARaiseIsNotAskedAbout() throws Exception {
    Lent lent = new Lent(take("ana"), stopwatch());
    pass(Duration.ofMinutes(6));
    assertTrue(tenure(lent).coversARaise());
  }

  @Test
  void aLeaseThatDoesNotIsRenewedFirst() throws Exception {
    Lent lent = new Lent(take("ana"), stopwatch());
    pass(Duration.ofMinutes(9));
    assertTrue(tenure(lent).coversARaise());
    pass(Duration.ofMinutes(9));
    assertTrue(leases.take(ROLLOUT, holder("ben"), LEASE) instanceof Leases.Taken);
  }

  private Tenure tenure(Lent lent) {
    return new Tenure(leases, lent, this::stopwatch, () -> LEASE, () -> IN_FLIGHT);
  }

  private Leases.Lease take(String name) {
    return ((Leases.Granted) leases.take(ROLLOUT, holder(name), LEASE)).lease();
  }

  private static Leases.Holder holder(String name) {
    return new Leases.Holder(name, "elsewhere", 1, Instant.EPOCH);
  }

  private long stopwatch() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
