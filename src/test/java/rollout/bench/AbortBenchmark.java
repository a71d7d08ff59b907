package rollout.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import rollout.plan.Exposure;
import rollout.plan.Gate;
import rollout.plan.GateState;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxGitLab;
import rollout.sandbox.SandboxWorld;

/**
 * How long it takes from the shell until a flag is OFF: {@code ./rollout abort} against a GitLab on
 * the loopback, beside a bare {@code curl} that sends the same {@code false} once. How to run it,
 * and figures: docs/benchmarks.md.
 */
public final class AbortBenchmark {
  private static final long SEED = 20261122;
  private static final String FLAG = "gitaly_commit_stats";
  private static final Duration ANSWER = Duration.ofMillis(100);
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Reply BUSY = Reply.text(503, "text/html", "<html>busy</html>");

  private final Path launcher = Path.of("rollout").toAbsolutePath();
  private final Path home;
  private final int runs;

  private AbortBenchmark(Path home, int runs) {
    this.home = home;
    this.runs = runs;
  }

  /**
   * @param arguments how many runs of each; 200 when it is not said
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    Path home = Files.createTempDirectory("abort-benchmark");
    System.out.println("seed " + SEED + ", " + runs + " runs, times from the shell to OFF");
    new AbortBenchmark(home, runs).run();
    System.exit(0);
  }

  private void run() throws IOException, InterruptedException {
    try (SandboxGitLab gitLab = new SandboxGitLab(Clock.systemUTC())) {
      gitLab.start();
      gitLab.faults().arm(Integer.MAX_VALUE, request -> true, Fault.late(ANSWER));
      once(gitLab, abort());
      List<Duration> curl = measure(gitLab, curl(gitLab));
      show("curl, GitLab answers in 100 ms", curl, curl);
      show("abort, GitLab answers in 100 ms", measure(gitLab, abort()), curl);
      gitLab.faults().clear();
      arm(gitLab, new Random(SEED));
      show("abort, 30 % fail and 5 % hang for ever", measure(gitLab, abort()), curl);
    }
  }

  /** Each share is one of those requests that nothing before it has struck. */
  private static void arm(SandboxGitLab gitLab, Random random) {
    arm(gitLab, random, 0.05, Fault.late(FOR_EVER));
    arm(gitLab, random, 0.10 / 0.95, Fault.refused(BUSY));
    arm(gitLab, random, 0.10 / 0.85, Fault.cutBeforeEffect());
    arm(gitLab, random, 0.10 / 0.75, Fault.cutAfterEffect());
    gitLab.faults().arm(Integer.MAX_VALUE, request -> true, Fault.late(ANSWER));
  }

  private static void arm(SandboxGitLab gitLab, Random random, double share, Fault fault) {
    gitLab.faults().arm(Integer.MAX_VALUE, request -> random.nextDouble() < share, fault);
  }

  private List<String> abort() {
    return List.of(launcher.toString(), "abort", FLAG, "--no-wait");
  }

  private static List<String> curl(SandboxGitLab gitLab) {
    return List.of(
        "curl",
        "--silent",
        "--request",
        "POST",
        "--header",
        "Authorization: Bearer " + SandboxWorld.TOKEN,
        "--data",
        "value=false",
        "--write-out",
        " is OFF in ",
        gitLab.address() + "/api/v4/features/" + FLAG);
  }

  private List<Duration> measure(SandboxGitLab gitLab, List<String> command)
      throws IOException, InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      times.add(once(gitLab, command));
    }
    return times;
  }

  private Duration once(SandboxGitLab gitLab, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("ROLLOUT_STATE", "sqlite:" + home.resolve("rollout.db"));
    builder.environment().put("ROLLOUT_URL", gitLab.address().toString());
    builder.environment().put("ROLLOUT_TOKEN", SandboxWorld.TOKEN);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    gitLab.set(FLAG, GateState.OFF.with(Gate.PERCENTAGE_OF_ACTORS, Exposure.parse("50%")));
    long begun = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.contains(" is OFF in ")) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("not OFF: " + command);
      }
      return Duration.ofNanos(System.nanoTime() - begun);
    } finally {
      process.waitFor();
      requireOff(gitLab);
    }
  }

  private static void requireOff(SandboxGitLab gitLab) {
    if (!gitLab.gates(FLAG).isOff()) {
      throw new IllegalStateException("it said OFF, and the flag is on");
    }
  }

  private static void show(String what, List<Duration> times, List<Duration> curl) {
    List<Duration> sorted = times.stream().sorted().toList();
    Duration median = at(sorted, 0.50);
    System.out.printf(
        Locale.ROOT,
        "%-40s n %d   p50 %.2f s   p99 %.2f s   most %.2f s   p50 is %.1f times curl's%n",
        what,
        sorted.size(),
        seconds(median),
        seconds(at(sorted, 0.99)),
        seconds(at(sorted, 1.0)),
        seconds(median) / seconds(at(curl.stream().sorted().toList(), 0.50)));
  }

  private static Duration at(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
