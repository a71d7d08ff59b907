package rollout.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import rollout.port.PortException;

/** SQLite: one file, written through a log beside it, each commit flushed to the disk. */
final class Sqlite implements Dialect {
  /** Marks a file as ours, in the field that SQLite keeps for this: "roll". */
  private static final int APPLICATION_ID = 0x726f6c6c;

  private static final String BUSY_TIMEOUT = "PRAGMA busy_timeout = 5000";

  /** Short: a program that was told to stop has two seconds. */
  private static final String PARTING_TIMEOUT = "PRAGMA busy_timeout = 500";

  private static final int TRIES = 50;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path file;

  private Sqlite(Path file) {
    this.file = file;
  }

  /**
   * Opens a file that {@link StateFile} has looked at, and brings it up to date.
   *
   * @throws PortException of kind REFUSED when it is no database of ours
   */
  static Database open(Path file) throws PortException {
    for (int left = TRIES; ; left--) {
      try {
        return openOnce(file);
      } catch (PortException failure) {
        if (failure.kind() != PortException.Kind.NOT_DONE || left == 0) {
          throw failure;
        }
        // Turning to the write-ahead log is refused at once while another process does the same:
        // SQLite's own patience does not cover it.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static Database openOnce(Path file) throws PortException {
    Sqlite dialect = new Sqlite(file);
    Database database = new Database(file.toString(), dialect.connect(), dialect);
    try {
      database.<Void>read("open the state", dialect::prepare);
      new Migrations(database).apply();
      return database;
    } catch (PortException failure) {
      database.close();
      throw failure;
    }
  }

  private Connection connect() throws PortException {
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + file);
    } catch (SQLException failure) {
      throw explain("open the state in " + file, failure);
    }
  }

  private Void prepare(Connection connection) throws SQLException, PortException {
    execute(connection, BUSY_TIMEOUT);
    // Before the first change: another program's database must stay as it is.
    schemaVersion(connection);
    execute(connection, "PRAGMA foreign_keys = ON");
    execute(connection, "PRAGMA journal_mode = WAL");
    execute(connection, "PRAGMA synchronous = FULL");
    return null;
  }

  @Override
  public String begin() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public String now() {
    return "CAST(round(unixepoch('subsec') * 1000) AS INTEGER)";
  }

  @Override
  public List<List<String>> migrations() {
    return SqliteSchema.MIGRATIONS;
  }

  @Override
  public int schemaVersion(Connection connection) throws SQLException, PortException {
    // The mark is read last: another process may be making the database at this moment.
    boolean hasTables = number(connection, "SELECT count(*) FROM sqlite_master") > 0;
    int version = number(connection, "PRAGMA user_version");
    boolean ours = number(connection, "PRAGMA application_id") == APPLICATION_ID;
    if (!ours && (hasTables || version != 0)) {
      throw SqliteErrors.foreign("open the state in " + file);
    }
    return version;
  }

  @Override
  public void setSchemaVersion(Connection connection, int version) throws SQLException {
    execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
    execute(connection, "PRAGMA user_version = " + version);
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    execute(connection, PARTING_TIMEOUT);
    execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public PortException explain(String tried, SQLException failure) {
    return SqliteErrors.explain(tried, failure);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
