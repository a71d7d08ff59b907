package rollout.adapter.gitlab;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import rollout.adapter.http.HttpAnswer;

/** How long GitLab asks us to wait, in either way it has of saying so. */
final class Pause {
  private static final long LONGEST = Duration.ofDays(1).toSeconds();

  private Pause() {}

  /** {@code Retry-After} in seconds, or {@code RateLimit-Reset} against the answer's own clock. */
  static Optional<Duration> asked(HttpAnswer answer) {
    Optional<Long> after = number(answer, "Retry-After");
    return (after.isPresent() ? after : untilReset(answer))
        .filter(seconds -> seconds >= 0)
        .map(seconds -> Duration.ofSeconds(Math.min(seconds, LONGEST)));
  }

  private static Optional<Long> untilReset(HttpAnswer answer) {
    Optional<Long> now = answer.date().map(Instant::getEpochSecond);
    return answer.status() == 429
        ? number(answer, "RateLimit-Reset").flatMap(reset -> now.map(date -> reset - date))
        : Optional.empty();
  }

  private static Optional<Long> number(HttpAnswer answer, String header) {
    return answer.header(header).filter(text -> text.matches("[0-9]{1,12}")).map(Long::valueOf);
  }
}
