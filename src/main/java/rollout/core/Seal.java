package rollout.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Off, wait, off again, look: the protocol after which no write of ours can switch the flag on
 * again in one environment. One {@code false} is not enough: a raise that was on its way can arrive
 * after it. Pure; used by rollbacks and by {@code abort}.
 *
 * @param pace how long each part takes
 * @param offAt when GitLab first answered {@code false} with a flag that is off
 * @param againAt when it did so after the wait, or after a read that was not off
 * @param sealedAt when it was seen off for long enough
 * @param attempts failures in a row
 * @param retryAt not before
 */
public record Seal(
    Pace pace,
    Optional<Instant> offAt,
    Optional<Instant> againAt,
    Optional<Instant> sealedAt,
    int attempts,
    Instant retryAt) {
  /** Time between two reads while it is watched whether the flag stays off. */
  private static final Duration READ_EVERY = Duration.ofSeconds(1);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  /**
   * How long each part takes.
   *
   * @param propagation until every process of GitLab has seen a write
   * @param seal the full wait between the two {@code false}
   * @param fenced nothing of ours can be on its way: the wait shrinks to {@code propagation}
   */
  public record Pace(Duration propagation, Duration seal, boolean fenced) {
    Duration between() {
      return fenced && propagation.compareTo(seal) < 0 ? propagation : seal;
    }

    Duration clean() {
      return propagation.plus(seal.compareTo(LONGEST_LOOK) < 0 ? seal : LONGEST_LOOK);
    }
  }

  /** What is to be done next. */
  public enum Step {
    SAY_OFF,
    READ,
    WAIT,
    DONE
  }

  /** A seal that has yet to say its first {@code false}. */
  public static Seal begin(Pace pace) {
    return new Seal(pace, Optional.empty(), Optional.empty(), Optional.empty(), 0, Instant.MIN);
  }

  /** Whether GitLab has said that the flag is off. */
  public boolean isOff() {
    return offAt.isPresent();
  }

  /** Whether it is over. */
  public boolean isSealed() {
    return sealedAt.isPresent();
  }

  /** What is to be done at this moment. */
  public Step step(Instant now) {
    if (isSealed()) {
      return Step.DONE;
    }
    if (now.isBefore(nextAt())) {
      return Step.WAIT;
    }
    return againAt.isEmpty() ? Step.SAY_OFF : Step.READ;
  }

  /** The moment before which there is nothing to do. */
  public Instant nextAt() {
    Instant planned =
        againAt
            .map(again -> again.plus(pace.propagation()))
            .or(() -> offAt.map(off -> off.plus(pace.between())))
            .orElse(Instant.MIN);
    return planned.isAfter(retryAt) ? planned : retryAt;
  }

  /** The moment at which it is sealed if all goes well; empty before OFF. */
  public Optional<Instant> expectedAt() {
    return againAt
        .or(() -> offAt.map(off -> off.plus(pace.between())))
        .map(again -> again.plus(pace.clean()));
  }

  /**
   * GitLab answered {@code false} with a flag that is off. Said again before the wait is over, by
   * another process perhaps, it changes nothing. The wait lies between the first answer and the
   * second question: the moments nearest to each other at which GitLab can have done it.
   */
  public Seal saidOff(Exchange said) {
    boolean first = offAt.isEmpty();
    boolean again = !first && !said.askedAt().isBefore(offAt.get().plus(pace.between()));
    return new Seal(
        pace,
        first ? Optional.of(said.answeredAt()) : offAt,
        again ? Optional.of(said.answeredAt()) : againAt,
        Optional.empty(),
        0,
        Instant.MIN);
  }

  /** Whoever drove the protocol says that it is over. */
  public Seal sealed(Instant at) {
    return new Seal(
        pace, offAt.or(() -> Optional.of(at)), againAt, Optional.of(at), 0, Instant.MIN);
  }

  /** The flag was read, and is off. */
  public Seal readOff(Exchange read) {
    Instant at = read.answeredAt();
    boolean over =
        againAt.isPresent() && !read.askedAt().isBefore(againAt.get().plus(pace.clean()));
    return new Seal(
        pace,
        offAt,
        againAt,
        over ? Optional.of(at) : sealedAt,
        0,
        over ? Instant.MIN : nextRead(at));
  }

  /**
   * The flag was read, and is not off. Within the propagation time that proves nothing; afterwards
   * something switched it on again and the whole protocol begins anew.
   */
  public Seal readOn(Instant at) {
    boolean stale = againAt.isPresent() && at.isBefore(againAt.get().plus(pace.propagation()));
    return stale
        ? new Seal(pace, offAt, againAt, sealedAt, attempts, at.plus(READ_EVERY))
        : begin(pace);
  }

  /** GitLab failed; asked again not before {@code retry}. */
  public Seal failed(Instant retry) {
    return new Seal(pace, offAt, againAt, sealedAt, attempts + 1, retry);
  }

  /** The same seal, which does not wait before it tries again. */
  public Seal impatient() {
    return new Seal(pace, offAt, againAt, sealedAt, attempts, Instant.MIN);
  }

  /** The same seal at another pace. */
  public Seal at(Pace other) {
    return new Seal(other, offAt, againAt, sealedAt, attempts, retryAt);
  }

  private Instant nextRead(Instant at) {
    Instant end = againAt.map(again -> again.plus(pace.clean())).orElse(at);
    Instant soon = at.plus(READ_EVERY);
    return end.isAfter(at) && end.isBefore(soon) ? end : soon;
  }
}
