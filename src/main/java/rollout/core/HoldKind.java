package rollout.core;

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
  /** Evidence stayed away over {@code max_gap}; goes on by itself when it returns. */
  EVIDENCE,
  /** The driving process was told to stop. */
  SIGNAL,
  /** {@code --until} or {@code stage} ends here; nothing is wrong. */
  LIMIT
}
