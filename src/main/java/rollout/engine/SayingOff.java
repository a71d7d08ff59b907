package rollout.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import rollout.plan.FlagName;
import rollout.plan.GateState;
import rollout.port.Flags;
import rollout.port.PortException;

/**
 * One {@code false}, by whoever takes back. While GitLab is slow it goes out again on other
 * connections, because it may be sent at any time and one connection may hang for ever. The figures
 * are those of decision 0016.
 */
final class SayingOff {
  /** A healthy GitLab answers within half of it. */
  static final Workers.Hedge HEDGE = new Workers.Hedge(Duration.ofSeconds(1), 5);

  private SayingOff() {}

  /**
   * Says it until GitLab answers with a flag that is off, or until every attempt failed.
   *
   * @param enough nobody wants the answer any more
   * @return empty when it was given up
   * @throws PortException what came of the attempt that failed last; kind UNKNOWN when GitLab
   *     answered with a flag that is still on
   * @throws InterruptedException when this thread is to stop
   */
  static Optional<GateState> say(
      Workers workers, Flags flags, FlagName flag, BooleanSupplier enough)
      throws PortException, InterruptedException {
    try {
      return workers.first(() -> off(flags, flag), HEDGE, enough);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof PortException failure) {
        throw failure;
      }
      throw failed.getCause() instanceof RuntimeException bug
          ? bug
          : new IllegalStateException(failed.getCause());
    }
  }

  private static GateState off(Flags flags, FlagName flag) throws PortException {
    GateState gates = flags.switchOff(flag).gates();
    if (!gates.isOff()) {
      throw new PortException(
          PortException.Kind.UNKNOWN,
          0,
          "GitLab answered false with a flag that is still " + gates + ".",
          null);
    }
    return gates;
  }
}
