package rollout.journal;

import java.sql.SQLException;
import java.util.Map;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/** SQLite's result codes as sentences. */
final class SqliteErrors {
  private static final int NO_DATABASE = 26;

  private static final Meaning OTHER =
      new Meaning(Kind.NOT_DONE, "SQLite failed", "run the same command again");

  private static final Meaning FOREIGN =
      new Meaning(
          Kind.REFUSED,
          "the file is no database of this program",
          "name another file with --state sqlite:PATH");

  private static final Meaning DAMAGED =
      new Meaning(
          Kind.REFUSED,
          "the file is damaged",
          "restore it from a copy; abort works without it meanwhile");

  private static final Meaning BUSY =
      new Meaning(
          Kind.NOT_DONE,
          "another process kept the file locked for 5 seconds",
          "run the same command again, and see which process has the file open if it stays so");

  private static final Meaning CLOSED_TO_US =
      new Meaning(
          Kind.REFUSED,
          "the file or its folder may not be written",
          "make both writable for this user, or name another file with --state sqlite:PATH");

  private static final Map<Integer, Meaning> MEANINGS =
      Map.of(
          3,
          CLOSED_TO_US,
          5,
          BUSY,
          6,
          BUSY,
          8,
          CLOSED_TO_US,
          10,
          new Meaning(Kind.NOT_DONE, "the disk failed", "look at the disk, then try again"),
          11,
          DAMAGED,
          13,
          new Meaning(Kind.NOT_DONE, "the disk is full", "make room, then try again"),
          14,
          CLOSED_TO_US,
          NO_DATABASE,
          FOREIGN);

  private SqliteErrors() {}

  /**
   * Says what went wrong.
   *
   * @param tried completes "could not …"
   */
  static PortException explain(String tried, SQLException failure) {
    return sentence(tried, MEANINGS.getOrDefault(failure.getErrorCode(), OTHER), failure);
  }

  /** A database, but another program's. */
  static PortException foreign(String tried) {
    return sentence(tried, FOREIGN, null);
  }

  private static PortException sentence(String tried, Meaning meaning, SQLException failure) {
    String detail = failure == null ? "" : " (" + failure.getMessage() + ")";
    return new PortException(
        meaning.kind(),
        0,
        "Could not " + tried + ": " + meaning.what() + detail + "; " + meaning.remedy() + ".",
        failure);
  }

  /**
   * What a code means.
   *
   * @param what happened, as a clause
   * @param remedy what to do, as a clause
   */
  private record Meaning(Kind kind, String what, String remedy) {}
}
