package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollout.sandbox.Fault;
import rollout.sandbox.Reply;
import rollout.sandbox.SandboxRequest;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Running;
import rollout.testing.ShortPlans;

/** Ctrl-C and SIGTERM: words, an exit code and a way to go on within two seconds. */
@Timeout(120)
class SignalTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  @Execution(ExecutionMode.CONCURRENT)
  void holdsWhileItBakesAndStartGoesOn(String signal) throws IOException {
    assumeHeard(signal);
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), "healthy")) {
      Ended ended = interrupted(playground, signal, () -> playground.has("StageVerified", 2));

      assertEquals(4, ended.code(), ended::toString);
      assertTrue(ended.err().contains("rollout start " + FLAG), ended::toString);
      assertEquals("signal", playground.history("Held").get(0).path("kind").asText());
      assertEquals(4, playground.run("tick", FLAG).code(), "a tick watches, and never advances");
      assertEquals(0, playground.run("start", FLAG).code());
      assertEquals(List.of("5", "50", "true"), playground.raises("production"));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void holdsAlthoughARaiseHangsAndAdoptsItLater() {
    String plan = ShortPlans.withSlowRequests(ShortPlans.fourStages());
    try (Playground playground = Playground.open(directory, plan, "healthy")) {
      playground.gitLab("production").faults().arm(1, value("5"), Fault.slow(SOON));

      Ended ended =
          interrupted(playground, "TERM", () -> playground.raises("production").size() == 1);

      assertEquals(4, ended.code(), ended::toString);
      assertEquals(0, playground.run("start", FLAG).code());
      assertEquals(List.of("5", "50", "true"), playground.raises("production"));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void saysThatTheFlagMayBeOnBeforeARollbackIsVerified() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "errors@low")) {
      Reply busy = Reply.text(503, "text/html", "<html>busy</html>");
      playground.gitLab("production").faults().arm(1000, value("false"), Fault.refused(busy));

      Ended ended = interrupted(playground, "TERM", () -> playground.has("AttemptFailed", 1));

      assertEquals(30, ended.code(), ended::toString);
      assertTrue(ended.err().contains("may still be ON"), ended::toString);
      playground.gitLab("production").faults().clear();
      assertEquals(20, playground.run("start", FLAG).code());
      assertTrue(playground.gates("production").isOff());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void saysUntilWhenARollbackIsNotSealed() {
    String plan = ShortPlans.oneStage().replace("seal: 200ms", "seal: 1m");
    try (Playground playground = Playground.open(directory, plan, "errors@low")) {
      Ended ended = interrupted(playground, "TERM", () -> playground.has("SwitchedOff", 1));

      assertEquals(20, ended.code(), ended::toString);
      assertTrue(ended.err().contains("not sealed until"), ended::toString);
    }
  }

  /** The plan is a pipe that nobody fills: the command is stuck before anything is under way. */
  @ParameterizedTest
  @CsvSource({"start, 4", "plan, 0"})
  @Execution(ExecutionMode.CONCURRENT)
  void endsBeforeAnythingIsUnderWay(String command, int code)
      throws IOException, InterruptedException {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      Path pipe = directory.resolve("pipe.yaml");
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
      try (Running running = playground.product().begin("-c", pipe.toString(), command, FLAG);
          OutputStream opened = Files.newOutputStream(pipe)) {
        running.signal("TERM");
        Ended ended = running.end(SOON);
        opened.flush();

        assertEquals(code, ended.code(), ended::toString);
        assertEquals(0, playground.writes());
      }
    }
  }

  /** Starts it, signals it at that moment, and sees that it ends within two seconds. */
  private static Ended interrupted(Playground playground, String signal, BooleanSupplier moment) {
    try (Running running = playground.product().begin("start", FLAG)) {
      running.until(SOON, "the moment to signal at", moment);
      long begun = System.nanoTime();
      running.signal(signal);
      Ended ended = running.end(SOON);
      assertAtOnce(Duration.ofNanos(System.nanoTime() - begun), ended);
      return ended;
    }
  }

  /** A machine that is far too busy proves nothing about how fast the program is. */
  private static void assertAtOnce(Duration took, Ended ended) {
    var machine = ManagementFactory.getOperatingSystemMXBean();
    if (machine.getSystemLoadAverage() > 4.0 * machine.getAvailableProcessors()) {
      System.err.println("NOT HELD to two seconds on a machine this busy: it took " + took);
      return;
    }
    assertTrue(took.compareTo(AT_ONCE) < 0, () -> "ended only after " + took + ": " + ended);
  }

  private static Predicate<SandboxRequest> value(String value) {
    return request -> value.equals(request.form().get("value"));
  }

  /** A process that was started in the background by a shell hands on that it ignores Ctrl-C. */
  private static void assumeHeard(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!signal.equals("INT") || !Files.exists(status)) {
      return;
    }
    boolean ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(bits -> (bits & 0b10) != 0);
    if (ignored) {
      System.err.println("SKIPPED: this test run ignores SIGINT, and so would what it starts");
      Assumptions.abort("SIGINT is ignored here");
    }
  }
}
