package rollout.port;

import java.util.Optional;

/** Recorded rollouts, one after the other. */
public interface Traces {
  /** One recorded rollout, not understood yet: understanding can be done by many at once. */
  @FunctionalInterface
  interface Unread {
    /**
     * Understands it.
     *
     * @throws PortException when it is not in the form of a trace; says where
     */
    Trace read() throws PortException;
  }

  /**
   * The next one, empty after the last.
   *
   * @throws PortException when there is nothing to be read from
   */
  Optional<Unread> next() throws PortException;
}
