package rollout.adapter.sentry;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;

/** Keeps us from asking before the moment Sentry named when it said "too often". */
final class RateGate {
  /** A server with a wrong clock must not silence us for good. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final InstantSource clock;
  private Instant opens = Instant.EPOCH;

  RateGate(InstantSource clock) {
    this.clock = clock;
  }

  /** How long nothing may be sent; empty when the way is free. */
  synchronized Optional<Duration> left() {
    Duration rest = Duration.between(clock.instant(), opens);
    return rest.isNegative() || rest.isZero() ? Optional.empty() : Optional.of(rest);
  }

  /** Takes in an answer with status 429. */
  synchronized void refused(HttpAnswer answer) {
    Instant now = clock.instant();
    Duration wait =
        answer
            .header("X-Sentry-Rate-Limit-Reset")
            .flatMap(RateGate::number)
            // Its clock may not be ours: the distance between its two times counts.
            .map(reset -> Duration.between(answer.date().orElse(now), Instant.ofEpochSecond(reset)))
            .or(() -> retryAfter(answer, now))
            .orElse(Duration.ZERO);
    opens = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Duration> retryAfter(HttpAnswer answer, Instant now) {
    Optional<String> header = answer.header("Retry-After");
    return header
        .flatMap(RateGate::number)
        .map(Duration::ofSeconds)
        .or(
            () ->
                header
                    .flatMap(RateGate::date)
                    .map(date -> Duration.between(answer.date().orElse(now), date)));
  }

  /** Whole seconds, rounded up. */
  private static Optional<Long> number(String text) {
    return text.strip().matches("[0-9]{1,12}(\\.[0-9]{1,9})?")
        ? Optional.of((long) Math.ceil(new BigDecimal(text.strip()).doubleValue()))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
