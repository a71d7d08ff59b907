package rollout.port;

/** Somebody else wrote first: read again, decide again. */
public final class StaleVersion extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what was found
   */
  public StaleVersion(String message) {
    super(message);
  }
}
