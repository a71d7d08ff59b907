package rollout.journal;

import java.sql.SQLException;
import java.util.Map;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/** PostgreSQL's SQLSTATE codes as sentences. */
final class PostgresErrors {
  private static final String NAME_ANOTHER = "name another database with --state postgresql://…";

  private static final Meaning OTHER =
      new Meaning(Kind.NOT_DONE, "PostgreSQL failed", "run the same command again");

  private static final Meaning SILENT =
      new Meaning(
          Kind.NOT_DONE,
          "the server did not answer, or the connection broke",
          "look at the server and the network, then run the same command again");

  private static final Meaning BUSY =
      new Meaning(
          Kind.NOT_DONE,
          "another process kept the tables busy",
          "run the same command again, and see pg_stat_activity if it stays so");

  private static final Meaning CLOSED_TO_US =
      new Meaning(
          Kind.REFUSED,
          "the server does not let this user in, or not do this",
          "check user, password, TLS options and grants");

  private static final Meaning ONLY_READS =
      new Meaning(
          Kind.NOT_DONE,
          "the server only reads: a replica",
          "name the primary with --state, or wait for the end of a failover");

  private static final Meaning FOREIGN =
      new Meaning(
          Kind.REFUSED, "the tables in it are not of this program, or not all there", NAME_ANOTHER);

  /** By the whole code, else by its class: the first two characters. */
  private static final Map<String, Meaning> MEANINGS =
      Map.ofEntries(
          Map.entry("08", SILENT),
          Map.entry("57", SILENT),
          Map.entry("57014", BUSY),
          Map.entry("55", BUSY),
          Map.entry("40", BUSY),
          Map.entry("23", BUSY),
          Map.entry("28", CLOSED_TO_US),
          Map.entry("42501", CLOSED_TO_US),
          Map.entry("42P01", FOREIGN),
          Map.entry("42703", FOREIGN),
          Map.entry("25006", ONLY_READS),
          Map.entry("3D", new Meaning(Kind.REFUSED, "there is no such database", NAME_ANOTHER)),
          Map.entry(
              "53100", new Meaning(Kind.NOT_DONE, "the disk is full", "make room, then try again")),
          Map.entry(
              "53300",
              new Meaning(
                  Kind.NOT_DONE,
                  "the server has too many connections",
                  "close some, or raise max_connections, then try again")),
          Map.entry(
              "XX001",
              new Meaning(
                  Kind.REFUSED,
                  "the database is damaged",
                  "restore it from a copy; abort works without it meanwhile")));

  private PostgresErrors() {}

  /** Whether the connection is over, or cannot be trusted any more. */
  static boolean isOfTheConnection(SQLException failure) {
    String code = codeOf(failure);
    return code.startsWith("08") || code.startsWith("57P") || code.startsWith("25P0");
  }

  /**
   * Says what went wrong.
   *
   * @param tried completes "could not …"
   */
  static PortException explain(String tried, SQLException failure) {
    String code = codeOf(failure);
    String ofItsClass = code.substring(0, Math.min(2, code.length()));
    Meaning meaning = MEANINGS.getOrDefault(ofItsClass, OTHER);
    return sentence(tried, MEANINGS.getOrDefault(code, meaning), failure);
  }

  /** Tables with our names, but not by us. */
  static PortException foreign(String tried) {
    return sentence(tried, FOREIGN, null);
  }

  /** The one row that says how far the tables have come is not one row. */
  static PortException uncountable(String tried, long rows) {
    String what =
        rows == 0
            ? "somebody emptied the table rollout_schema"
            : "the table rollout_schema has " + rows + " rows, and should have one";
    return sentence(
        tried, new Meaning(Kind.REFUSED, what, "restore it from a copy, or " + NAME_ANOTHER), null);
  }

  private static String codeOf(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static PortException sentence(String tried, Meaning meaning, SQLException failure) {
    String detail = failure == null ? "" : " (" + firstLine(failure) + ")";
    return new PortException(
        meaning.kind(),
        0,
        "Could not " + tried + ": " + meaning.what() + detail + "; " + meaning.remedy() + ".",
        failure);
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * What a code means.
   *
   * @param what happened, as a clause
   * @param remedy what to do, as a clause
   */
  private record Meaning(Kind kind, String what, String remedy) {}
}
