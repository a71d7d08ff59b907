package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
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

  private Processes.Fate fateOfOneStarted(Duration later) {
    Instant start = self.processStart().plus(later);
    return processes.fateOf(new Holder("jane", "here", self.processId(), start));
  }
}
