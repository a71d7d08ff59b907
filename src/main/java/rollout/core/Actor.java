package rollout.core;

import java.util.Optional;

/**
 * Who did something. What the operating system says of a process is a fact; on whose behalf it says
 * that it acts is a claim: whoever writes a pipeline can write that, too. Whose token was used is
 * kept where GitLab said so, in the intent of the marker.
 *
 * @param name of the user the process ran as; {@link #PROGRAM} when the rollout itself decided
 * @param via where they did it: {@code terminal}, or the address of a CI job
 * @param host the machine it ran on; empty in journals that did not keep it
 * @param claim whom a CI job says that it acts for
 */
public record Actor(String name, String via, Optional<String> host, Optional<String> claim) {
  /** The rollout itself. */
  public static final Actor PROGRAM = new Actor("rollout", "itself");

  /** Somebody of whom no more is known. */
  public Actor(String name, String via) {
    this(name, via, Optional.empty(), Optional.empty());
  }

  /** Such as {@code root on runner-7 (https://gitlab.com/jobs/7, for jane as the job says)}. */
  @Override
  public String toString() {
    String who = name + host.map(machine -> " on " + machine).orElse("");
    String where = via + claim.map(user -> ", for " + user + " as the job says").orElse("");
    return where.isEmpty() ? who : who + " (" + where + ")";
  }
}
