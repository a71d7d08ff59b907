package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import rollout.plan.Exposure;
import rollout.sandbox.GateChange;

/**
 * A service of steady traffic behind one flag, as its own counters show it: they follow from the
 * flag's true gates and from nothing else, and count from zero like a client library's.
 */
public final class LiveService {
  /** Calls a second: enough for the exposure check within half a second. */
  private static final double CALLS = 4000;

  private static final double FAILING_OF_HARMED = 0.5;

  private final String environment;
  private final String method;
  private final String feature;
  private final Supplier<List<GateChange>> gates;
  private final Predicate<Exposure> harmful;
  private final Instant born;

  /**
   * @param feature the flag as Gitaly's metrics write it
   * @param gates every change so far
   * @param harmful at which exposures every second call that sees the flag fails
   * @param born when its counters were 0
   */
  public LiveService(
      String environment,
      String method,
      String feature,
      Supplier<List<GateChange>> gates,
      Predicate<Exposure> harmful,
      Instant born) {
    this.environment = environment;
    this.method = method;
    this.feature = feature;
    this.gates = gates;
    this.harmful = harmful;
    this.born = born;
  }

  /** Adds a sample of each of its counters; one that never counted is not there. */
  void sample(Instant at, Scrape scrape) {
    List<GateChange> changes = gates.get();
    double calls = CALLS * seconds(born, at);
    double treated = CALLS * sum(changes, at, LiveService::share);
    double failed = CALLS * sum(changes, at, this::failing);
    requests(scrape, "OK", calls - failed);
    requests(scrape, "Internal", failed);
    split(scrape, "on", "OK", treated - failed);
    split(scrape, "on", "Internal", failed);
    split(scrape, "off", "OK", calls - treated);
    checks(scrape, "true", treated);
    checks(scrape, "false", calls - treated);
  }

  private void requests(Scrape scrape, String code, double count) {
    scrape.add(
        "gitaly_service_client_requests_total",
        count,
        "env",
        environment,
        "grpc_method",
        method,
        "grpc_code",
        code);
  }

  private void split(Scrape scrape, String flag, String code, double count) {
    scrape.add(
        "calls_by_flag_total",
        count,
        "env",
        environment,
        "grpc_method",
        method,
        "flag",
        flag,
        "grpc_code",
        code);
  }

  private void checks(Scrape scrape, String enabled, double count) {
    scrape.add(
        "gitaly_feature_flag_checks_total",
        count,
        "env",
        environment,
        "flag",
        feature,
        "enabled",
        enabled);
  }

  private static double share(Exposure exposure) {
    return exposure.share().fraction();
  }

  private double failing(Exposure exposure) {
    return harmful.test(exposure) ? FAILING_OF_HARMED * share(exposure) : 0;
  }

  /** The integral of a share over the time until then, in seconds. */
  private static double sum(
      List<GateChange> changes, Instant until, ToDoubleFunction<Exposure> share) {
    double sum = 0;
    for (int i = 0; i < changes.size() && changes.get(i).at().isBefore(until); i++) {
      Instant next = i + 1 < changes.size() ? changes.get(i + 1).at() : until;
      double seconds = seconds(changes.get(i).at(), next.isBefore(until) ? next : until);
      sum += seconds * share.applyAsDouble(changes.get(i).gates().exposure());
    }
    return sum;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
