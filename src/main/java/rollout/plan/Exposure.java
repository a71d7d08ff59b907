package rollout.plan;

/**
 * How much of an environment sees the flag.
 *
 * @param share {@link Percentage#ZERO} is off, {@link Percentage#HUNDRED} is on for everybody
 */
public record Exposure(Percentage share) implements Comparable<Exposure> {
  /** Nobody sees the flag. */
  public static final Exposure OFF = new Exposure(Percentage.ZERO);

  /** Everybody sees the flag. */
  public static final Exposure FULL = new Exposure(Percentage.HUNDRED);

  /**
   * Reads {@code off} or a percentage.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Exposure parse(String text) {
    return text.equals("off") ? OFF : new Exposure(Percentage.parse(text));
  }

  /** Whether nobody sees the flag. */
  public boolean isOff() {
    return equals(OFF);
  }

  /** Whether everybody sees the flag. */
  public boolean isFull() {
    return equals(FULL);
  }

  @Override
  public int compareTo(Exposure other) {
    return share.compareTo(other.share);
  }

  /** {@code off}, {@code 5%} or {@code 100%}: the spelling of the contract's JSON. */
  @Override
  public String toString() {
    return isOff() ? "off" : share.toString();
  }
}
