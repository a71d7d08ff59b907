package rollout.journal;

/** A stored text has a word that no older version wrote, so a newer one did. */
final class UnknownWordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the word and what it stands for, as a clause
   */
  UnknownWordException(String message) {
    super(message);
  }
}
