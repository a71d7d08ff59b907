package rollout.plan;

/**
 * Where in a file something was written, for error messages.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 */
public record Origin(String file, int line, int column) {
  /** Not read from a file: made by this program. */
  public static final Origin NONE = new Origin("", 0, 0);

  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
