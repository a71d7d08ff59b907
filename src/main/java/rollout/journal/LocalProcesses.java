package rollout.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import rollout.port.Leases;

/** Looks at the processes of this host. */
public final class LocalProcesses implements Processes {
  /**
   * The system tells start times in whole seconds or hundredths, and reckons them anew each time.
   */
  private static final Duration TOLERANCE = Duration.ofMillis(1500);

  /** Stands for a start time that the system does not tell. */
  private static final Instant NOT_TOLD = Instant.EPOCH;

  private final String host;

  /**
   * @param host this host's name, as no other host has it that shares the state
   */
  public LocalProcesses(String host) {
    this.host = host;
  }

  /**
   * This process.
   *
   * @param name of the person or machine it runs for
   */
  public Leases.Holder self(String name) {
    ProcessHandle self = ProcessHandle.current();
    return new Leases.Holder(name, host, self.pid(), startOf(self));
  }

  @Override
  public Fate fateOf(Leases.Holder holder) {
    if (!holder.host().equals(host)) {
      return Fate.UNKNOWN;
    }
    Optional<ProcessHandle> found =
        ProcessHandle.of(holder.processId())
            .filter(ProcessHandle::isAlive)
            .filter(process -> !isDefunct(process));
    boolean same = found.isPresent() && isSame(holder.processStart(), startOf(found.get()));
    return same ? Fate.ALIVE_HERE : Fate.GONE;
  }

  /** Whether two start times are of one process; when either is not told the number decides. */
  private static boolean isSame(Instant recorded, Instant found) {
    return recorded.equals(NOT_TOLD)
        || found.equals(NOT_TOLD)
        || Duration.between(recorded, found).abs().compareTo(TOLERANCE) <= 0;
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(NOT_TOLD);
  }

  /**
   * Whether it has ended and only its parent has not taken notice, as happens in containers without
   * an init process. Linux says so in the field after the program's name (proc(5), {@code stat});
   * elsewhere there is no such file.
   */
  private static boolean isDefunct(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException notTold) {
      return false;
    }
  }
}
