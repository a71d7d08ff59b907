package rollout.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A service's past in a Prometheus: counters of requests and errors and a latency, a sample each
 * minute, busy by day, with one incident.
 */
public final class PastService {
  /** What all counts together say of errors while nothing is wrong. */
  public static final double USUAL = 0.0005;

  private static final Duration SCRAPE = Duration.ofMinutes(1);
  private static final double DAY = 86_400;

  private final Instant start;
  private final Instant end;
  private final Instant incident;
  private final Duration lasting;
  private final double errorsThen;
  private String environment = "gprd";

  /**
   * @param incident when errors begin to rise
   * @param lasting for how long
   * @param errorsThen the share of errors meanwhile
   */
  public PastService(
      Instant start, Instant end, Instant incident, Duration lasting, double errorsThen) {
    this.start = start;
    this.end = end;
    this.incident = incident;
    this.lasting = lasting;
    this.errorsThen = errorsThen;
  }

  /** The same in another environment than {@code gprd}. */
  public PastService in(String other) {
    environment = other;
    return this;
  }

  /** Stores it, as {@code requests_total}, {@code errors_total} and {@code latency_seconds}. */
  public void writeTo(RealPrometheus prometheus, int instances) {
    for (int i = 0; i < instances; i++) {
      Map<String, String> labels = Map.of("env", environment, "instance", "i" + i);
      double part = 60.0 / instances;
      prometheus.write(
          new RemoteWrite()
              .series("requests_total", labels, counter(second -> part * load(second)))
              .series(
                  "errors_total", labels, counter(second -> part * load(second) * errors(second)))
              .series(
                  "latency_seconds",
                  labels,
                  start,
                  end,
                  SCRAPE,
                  second -> 0.2 + 0.05 * load(second)));
    }
  }

  /** From a half to one and a half, highest at noon. */
  private static double load(double second) {
    return 1 - 0.5 * Math.cos(2 * Math.PI * second / DAY);
  }

  private double errors(double second) {
    Instant at = start.plusMillis((long) (second * 1000));
    boolean bad = !at.isBefore(incident) && at.isBefore(incident.plus(lasting));
    return bad ? errorsThen : USUAL;
  }

  private Map<Instant, Double> counter(DoubleUnaryOperator perSecond) {
    Map<Instant, Double> samples = new TreeMap<>();
    double count = 0;
    for (Instant at = start; !at.isAfter(end); at = at.plus(SCRAPE)) {
      samples.put(at, Math.floor(count));
      double second = Duration.between(start, at).toSeconds();
      count += SCRAPE.toSeconds() * perSecond.applyAsDouble(second);
    }
    return samples;
  }
}
