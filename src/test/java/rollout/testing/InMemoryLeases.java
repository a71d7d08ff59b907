package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import rollout.plan.RolloutId;
import rollout.port.Leases;

/** Leases that last as long as their process; held to the same contract as the durable ones. */
public final class InMemoryLeases implements Leases {
  private final InstantSource clock;
  private final Predicate<Holder> isGone;
  private final Predicate<Holder> isAliveHere;
  private final Map<RolloutId, Row> rows = new HashMap<>();

  /** All holders are on other hosts: nothing is known of them. */
  public InMemoryLeases(InstantSource clock) {
    this(clock, holder -> false, holder -> false);
  }

  /**
   * @param isGone whether a holder provably runs no more
   * @param isAliveHere whether a holder is a live process on this host
   */
  public InMemoryLeases(
      InstantSource clock, Predicate<Holder> isGone, Predicate<Holder> isAliveHere) {
    this.clock = clock;
    this.isGone = isGone;
    this.isAliveHere = isAliveHere;
  }

  @Override
  public synchronized Answer take(RolloutId rollout, Holder holder, Duration duration) {
    Instant now = clock.instant();
    Row before = rows.getOrDefault(rollout, Row.NONE);
    boolean held = before.until().isAfter(now);
    boolean ours = held && before.holder().equals(holder);
    if (held && !ours && !isGone.test(before.holder())) {
      return taken(before, now);
    }
    Instant owed = ours || before.owed().isAfter(before.until()) ? before.owed() : before.until();
    long epoch = ours ? before.epoch() : before.epoch() + 1;
    Row after = new Row(holder, epoch, now.plus(duration), owed);
    rows.put(rollout, after);
    return new Granted(lease(rollout, after, now));
  }

  @Override
  public synchronized Optional<Lease> renew(Lease lease, Duration duration) {
    if (!isOurs(lease)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Row before = rows.get(lease.rollout());
    Row after = new Row(before.holder(), before.epoch(), now.plus(duration), before.owed());
    rows.put(lease.rollout(), after);
    return Optional.of(lease(lease.rollout(), after, now));
  }

  @Override
  public synchronized void release(Lease lease) {
    if (isOurs(lease)) {
      Row row = rows.get(lease.rollout());
      rows.put(lease.rollout(), new Row(row.holder(), row.epoch(), Instant.MIN, row.owed()));
    }
  }

  @Override
  public synchronized Optional<Taken> holder(RolloutId rollout) {
    Instant now = clock.instant();
    return Optional.ofNullable(rows.get(rollout))
        .filter(row -> row.until().isAfter(now) && !isGone.test(row.holder()))
        .map(row -> taken(row, now));
  }

  private boolean isOurs(Lease lease) {
    Row row = rows.getOrDefault(lease.rollout(), Row.NONE);
    return row.epoch() == lease.epoch() && !row.until().equals(Instant.MIN);
  }

  private Taken taken(Row row, Instant now) {
    Duration left = Duration.between(now, row.until());
    return new Taken(row.holder(), row.epoch(), left, isAliveHere.test(row.holder()));
  }

  private static Lease lease(RolloutId rollout, Row row, Instant now) {
    boolean owes = row.owed().isAfter(now);
    return new Lease(
        rollout,
        row.holder(),
        row.epoch(),
        Duration.between(now, row.until()),
        owes,
        owes ? Duration.between(now, row.owed()) : Duration.ZERO);
  }

  /**
   * One lease.
   *
   * @param owed when the last lease that was not given back would have ended
   */
  private record Row(Holder holder, long epoch, Instant until, Instant owed) {
    static final Row NONE =
        new Row(new Holder("", "", 0, Instant.EPOCH), 0, Instant.MIN, Instant.MIN);
  }
}
