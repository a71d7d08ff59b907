package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/** A server that evidence is read from. */
public sealed interface Source permits Source.Prometheus, Source.Sentry {
  /** As guardrails call it. */
  String name();

  /** Its base address. */
  SecretRef url();

  /** How we identify ourselves to it. */
  Access access();

  /** How far behind now its data are complete; empty = {@link Judgement#lag()}. */
  Optional<Duration> lag();

  /** Prometheus, or anything that speaks its query API. */
  record Prometheus(String name, SecretRef url, Access access, Optional<Duration> lag)
      implements Source {}

  /**
   * Sentry.
   *
   * @param organization the organisation's slug
   */
  record Sentry(
      String name, SecretRef url, Access access, Optional<Duration> lag, String organization)
      implements Source {}
}
