package rollout.adapter.http;

import java.util.Objects;

/** A text that must never be shown: a token, a password, a routing key. Prints as {@code ***}. */
public final class Secret {
  /** What is shown in a secret's place. */
  static final String SHOWN = "***";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Hides a text.
   *
   * @param value must fit into a header line
   * @throws IllegalArgumentException when it is empty or holds anything but printable ASCII; the
   *     message does not repeat it
   */
  public static Secret of(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a secret is empty; set it before use");
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "a secret holds a character that no header line can carry; is there a line break at its"
              + " end?");
    }
    return new Secret(value);
  }

  /** The text itself; only for the header line it goes into. */
  String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return SHOWN;
  }
}
