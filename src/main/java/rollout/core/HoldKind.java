package rollout.core;

import java.util.EnumSet;
import java.util.Set;

/** Why a rollout does not advance. Several may hold at once. */
public enum HoldKind {
  /** A person said {@code hold}. */
  PERSON,
  /** The flag is not what was last confirmed; {@code resume --adopt} takes it as it is. */
  DRIFT,
  /** A guardrail with {@code on_breach: hold} failed, or the measured exposure is off. */
  BREACH,
  /** The evidence stayed thin for longer than {@code extend_at_most} times the bake. */
  EXTENSION_SPENT,
  /** GitLab will not do what it was asked: a token, a scope, a name. */
  REFUSED,
  /** An incident is open; goes on by itself when it is closed. */
  INCIDENT,
  /** A deploy freeze is in force; goes on by itself when it is over. */
  FREEZE,
  /** Nobody knows whether there is an incident or a freeze; goes on by itself when it is known. */
  CALENDAR,
  /** Evidence stayed away over {@code max_gap}; goes on by itself when it returns. */
  EVIDENCE,
  /** The driving process was told to stop. */
  SIGNAL,
  /** The environment's window is closed; goes on by itself when it opens. Nothing is wrong. */
  WINDOW,
  /** {@code --until} or {@code stage} ends here; nothing is wrong. */
  LIMIT;

  /** What holds one raise that is due, and is asked about again until it may go out. */
  static final Set<HoldKind> OF_A_RAISE = EnumSet.of(INCIDENT, FREEZE, CALENDAR, WINDOW);

  /** Whether it ends without a person, once what it waits for has come about. */
  public boolean liftsItself() {
    return this == EVIDENCE || OF_A_RAISE.contains(this);
  }
}
