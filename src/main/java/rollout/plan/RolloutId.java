package rollout.plan;

/**
 * The name of one run of a plan for one flag, unique in a journal.
 *
 * @param value such as {@code gitaly_commit_stats-20261122T140501Z-k3f9}
 */
public record RolloutId(String value) implements Comparable<RolloutId> {
  /**
   * @throws IllegalArgumentException for anything that would not be safe in a file name or a URL
   */
  public RolloutId {
    if (!value.matches("[A-Za-z0-9_:.-]{1,200}")) {
      throw new IllegalArgumentException("\"" + value + "\" is no rollout id");
    }
  }

  @Override
  public int compareTo(RolloutId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
