package rollout.plan;

/** Which of GitLab's percentage gates a plan raises; the word is Flipper's. */
public enum Gate {
  /** A fixed, growing cohort of users, projects and groups: the default. */
  PERCENTAGE_OF_ACTORS("percentage_of_actors"),
  /** A coin tossed at every check; deprecated at GitLab, only when the plan asks for it. */
  PERCENTAGE_OF_TIME("percentage_of_time");

  private final String key;

  Gate(String key) {
    this.key = key;
  }

  /** The value of the form field {@code key}. */
  public String key() {
    return key;
  }
}
