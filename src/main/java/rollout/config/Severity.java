package rollout.config;

/** How grave a problem of a rollout.yaml is. */
public enum Severity {
  /** There is no plan. */
  ERROR("error"),
  /** The key is right, but this version cannot do what it asks: lint warns, driving is refused. */
  UNSUPPORTED("warning"),
  /** It works, but a person would regret it. */
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /** How people are told. */
  public String word() {
    return word;
  }
}
