package rollout.plan;

/**
 * The name of a feature flag.
 *
 * @param value as the Features API calls it, such as {@code gitaly_commit_stats}
 */
public record FlagName(String value) {
  private static final String GITALY = "gitaly_";

  /**
   * @throws IllegalArgumentException unless it matches {@code [a-z][a-z0-9_]*}: everything else
   *     would make a new flag, cut the name at a dot, or change the address
   */
  public FlagName {
    if (!value.matches("[a-z][a-z0-9_]{0,200}")) {
      throw new IllegalArgumentException(
          "\"" + value + "\" is no flag name: lower-case letters, digits and _, a letter first");
    }
  }

  /** The name that Gitaly's metrics and logs use: without {@code gitaly_}. */
  public String feature() {
    return isGitaly() && value.length() > GITALY.length()
        ? value.substring(GITALY.length())
        : value;
  }

  /** Whether Rails evaluates it for repository, user, project and group separately. */
  public boolean isGitaly() {
    return value.startsWith(GITALY);
  }

  @Override
  public String toString() {
    return value;
  }
}
