package rollout.plan;

import java.time.Duration;
import java.util.Optional;

/** A server that evidence is read from. */
public sealed interface Source
    permits Source.Prometheus, Source.Sentry, Source.Elasticsearch, Source.Alertmanager {
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

  /**
   * Elasticsearch 7 or later, or OpenSearch.
   *
   * @param index a template: the index or pattern that is searched
   * @param timeField the field that holds an entry's time
   */
  record Elasticsearch(
      String name,
      SecretRef url,
      Access access,
      Optional<Duration> lag,
      String index,
      String timeField)
      implements Source {
    /** Where Elasticsearch's own tools put the time. */
    public static final String DEFAULT_TIME_FIELD = "@timestamp";
  }

  /**
   * Alertmanager.
   *
   * @param watchdog the name of an alert that always fires: while it is absent, no answer proves
   *     anything
   */
  record Alertmanager(
      String name, SecretRef url, Access access, Optional<Duration> lag, Optional<String> watchdog)
      implements Source {}
}
