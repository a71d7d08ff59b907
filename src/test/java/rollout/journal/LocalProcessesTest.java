package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import rollout.port.Leases.Holder;

class LocalProcessesTest {
  private final LocalProcesses processes = new LocalProcesses("here");
  private final Holder self = processes.self("jane");

  @Test
  void thisProcessIsAlive() {
    assertEquals("jane", self.name());
    assertEquals(ProcessHandle.current().pid(), self.processId());
    assertEquals(Processes.Fate.ALIVE_HERE, processes.fateOf(self));
  }

  @Test
  void aStartTimeIsComparedWithTolerance() {
    assertEquals(Processes.Fate.ALIVE_HERE, fateOfOneStarted(Duration.ofMillis(1500)));
    assertEquals(Processes.Fate.ALIVE_HERE, fateOfOneStarted(Duration.ofMillis(-1500)));
    assertEquals(Processes.Fate.GONE, fateOfOneStarted(Duration.ofMillis(1501)));
    assertEquals(Processes.Fate.GONE, fateOfOneStarted(Duration.ofDays(-1)));
  }

  @Test
  void ofOtherHostsNothingIsKnown() {
    Holder there = new Holder("jane", "there", self.processId(), self.processStart());
    assertEquals(Processes.Fate.UNKNOWN, processes.fateOf(there));
  }

  @Test
  void withoutAStartTimeTheNumberDecides() {
    Holder untold = new Holder("jane", "here", self.processId(), Instant.EPOCH);
    assertEquals(Processes.Fate.ALIVE_HERE, processes.fateOf(untold));
  }

  @Test
  void aProcessThatEndedIsGone() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = new ProcessBuilder(java, "-version").redirectErrorStream(true).start();
    Instant start = process.info().startInstant().orElse(self.processStart());
    Holder holder = new Holder("jane", "here", process.pid(), start);
    process.getInputStream().readAllBytes();
    process.waitFor();
    assertEquals(Processes.Fate.GONE, processes.fateOf(holder));
  }

  /**
   * The shell begins a {@code cat}, which ends with our end of the pipe, and turns into a program
   * that never asks after it.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatEndedUnnoticedIsGone() throws Exception {
    String script = "exec 3<&0; cat <&3 & echo $!; exec sh -c 'echo; exec tail -f /dev/null'";
    Process parent = new ProcessBuilder("sh", "-c", script).start();
    try (BufferedReader lines = parent.inputReader()) {
      long child = Long.parseLong(lines.readLine());
      Holder holder = new Holder("jane", "here", child, Instant.EPOCH);
      assertEquals(Processes.Fate.ALIVE_HERE, processes.fateOf(holder));
      lines.readLine();
      parent.getOutputStream().close();
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> {
            while (processes.fateOf(holder) != Processes.Fate.GONE) {
              Thread.onSpinWait();
            }
          });
    } finally {
      parent.destroyForcibly();
    }
  }

  private Processes.Fate fateOfOneStarted(Duration later) {
    Instant start = self.processStart().plus(later);
    return processes.fateOf(new Holder("jane", "here", self.processId(), start));
  }
}
