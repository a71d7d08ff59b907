package rollout.port;

import java.util.List;
import java.util.Optional;
import rollout.plan.Exposure;
import rollout.plan.FlagName;
import rollout.plan.Gate;

/**
 * The feature flags of one environment. Holds no state of its own: every call asks the server.
 *
 * <p>A read may be as old as GitLab's caches (60 s); only the answer to a write is fresh.
 */
public interface Flags {
  /**
   * Every flag that the environment has persisted.
   *
   * @throws PortException when it could not be read; kind UNKNOWN never occurs
   */
  List<FlagView> list() throws PortException;

  /**
   * One flag; {@link FlagView#absent} when the environment has not persisted it.
   *
   * @throws PortException when it could not be read; kind UNKNOWN never occurs
   */
  FlagView read(FlagName flag) throws PortException;

  /**
   * Sends one raise, once: no retries, no redirects, over a connection of its own that stands
   * before {@code last} is asked. A server closes an idle one after some 60 s: so a process that is
   * stopped between the check and the send cannot send much later.
   *
   * @param exposure above 0 %; 100 % is sent as {@code true}
   * @return the flag as the server's answer shows it, whose name is the one asked for; empty when
   *     {@code last} did not pass and nothing was sent
   * @throws PortException with the kind that says what is known of its effect
   */
  Optional<FlagView> raise(FlagName flag, Gate gate, Exposure exposure, LastCheck last)
      throws PortException;

  /**
   * Enables the flag for the token's own user, in the way of a raise.
   *
   * @param user as {@link #whoAmI} said
   * @return as for a raise
   * @throws PortException with the kind that says what is known of its effect
   */
  Optional<FlagView> mark(FlagName flag, User user, LastCheck last) throws PortException;

  /**
   * Switches the flag off for everybody. May be sent again at any time.
   *
   * @return the flag as the server's answer shows it
   * @throws PortException when one attempt failed; the caller decides when to try again
   */
  FlagView switchOff(FlagName flag) throws PortException;

  /**
   * The user whose token this is.
   *
   * @throws PortException when it could not be read
   */
  User whoAmI() throws PortException;

  /** What is asked when all is ready for a write that switches something on. */
  interface LastCheck {
    /**
     * Whether it may be sent.
     *
     * @throws PortException when that cannot be known: it is not sent
     */
    boolean passes() throws PortException;
  }

  /**
   * The user whose token this is.
   *
   * @param id GitLab's number for the user
   * @param username the name the flag is enabled for
   */
  record User(long id, String username) {
    /** How the user's gate is written in the list of actors. */
    public String actor() {
      return "User:" + id;
    }
  }
}
