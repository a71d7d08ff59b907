package rollout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import rollout.testing.PastService;
import rollout.testing.RealPrometheus;

/**
 * How long {@code ./rollout backtest} takes over thirty days with a look each minute and five
 * guardrails, against a Prometheus on the loopback. How to run it, and figures: docs/benchmarks.md.
 */
public final class BacktestBenchmark {
  private static final String PLAN =
      """
      version: 1
      environments:
        production: { url: "https://gitlab.com", token: "${NOBODY_SETS_THIS}", variables: { env: gprd } }
      sources:
        prometheus: { type: prometheus, url: "${PROMETHEUS_URL}" }
      guardrails:
        - { name: errors, source: prometheus, errors: 'sum(increase(errors_total{env="{{env}}"}[{{window}}]))', requests: 'sum(increase(requests_total{env="{{env}}"}[{{window}}]))', max_ratio: 1%, window: 5m, for: 3 }
        - { name: errors-30m, source: prometheus, errors: 'sum(increase(errors_total{env="{{env}}"}[{{window}}]))', requests: 'sum(increase(requests_total{env="{{env}}"}[{{window}}]))', max_ratio: 0.5%, window: 30m, for: 3 }
        - { name: one-instance, source: prometheus, errors: 'sum(increase(errors_total{env="{{env}}",instance="i0"}[{{window}}]))', requests: 'sum(increase(requests_total{env="{{env}}",instance="i0"}[{{window}}]))', max_ratio: 2%, window: 5m, for: 3 }
        - { name: latency, source: prometheus, value: 'max(max_over_time(latency_seconds{env="{{env}}"}[{{window}}]))', max: 0.5, window: 5m, for: 3 }
        - { name: requests, source: prometheus, value: 'sum(rate(requests_total{env="{{env}}"}[{{window}}]))', min: 1, window: 5m, for: 3 }
      stages:
        - { name: low,  environment: production, exposure: 5%,   bake: 2h }
        - { name: mid,  environment: production, exposure: 50%,  bake: 24h }
        - { name: full, environment: production, exposure: 100%, bake: 7d }
      """;

  private BacktestBenchmark() {}

  /**
   * @param arguments how many runs; 5 when it is not said
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    RealPrometheus prometheus = new RealPrometheus();
    prometheus.beforeAll(null);
    Path home = Files.createTempDirectory("backtest-benchmark");
    Files.writeString(home.resolve("rollout.yaml"), PLAN);
    try {
      run("nothing stops", prometheus, home, runs, 0.004);
      run("an incident stops", prometheus, home, runs, 0.02);
    } finally {
      prometheus.afterAll(null);
    }
    System.exit(0);
  }

  private static void run(
      String what, RealPrometheus prometheus, Path home, int runs, double errors)
      throws IOException, InterruptedException {
    Instant until =
        Clock.systemUTC()
            .instant()
            .truncatedTo(ChronoUnit.HOURS)
            .minus(errors > 0.01 ? Duration.ZERO : Duration.ofHours(1));
    Instant from = until.minus(Duration.ofDays(30)).minusSeconds(3600);
    String env = errors > 0.01 ? "gprd" : "quiet";
    Files.writeString(home.resolve("rollout.yaml"), PLAN.replace("env: gprd", "env: " + env));
    new PastService(from, until, from.plus(Duration.ofDays(12)), Duration.ofMinutes(30), errors)
        .in(env)
        .writeTo(prometheus, 4);
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      int code = backtest(prometheus, home, until);
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.println(
          String.format(Locale.ROOT, "%s: %.2f s, exit code %d", what, seconds, code));
    }
  }

  private static int backtest(RealPrometheus prometheus, Path home, Instant until)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                Path.of("rollout").toAbsolutePath().toString(),
                "backtest",
                "gitaly_commit_stats",
                "--until",
                until.toString()));
    command.directory(home.toFile());
    command.environment().put("PROMETHEUS_URL", prometheus.url());
    command.environment().put("HOME", home.toString());
    command.redirectErrorStream(true).redirectOutput(home.resolve("output").toFile());
    return command.start().waitFor();
  }
}
