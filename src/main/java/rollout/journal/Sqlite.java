package rollout.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.JDBC;
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
    return Database.open(new Sqlite(file));
  }

  @Override
  public String name() {
    return file.toString();
  }

  /** Past the driver manager, which would load every driver there is. */
  @Override
  public Connection connect() throws SQLException, PortException {
    Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
    try {
      prepare(connection);
      return connection;
    } catch (SQLException | PortException failure) {
      connection.close();
      throw failure;
    }
  }

  private void prepare(Connection connection) throws SQLException, PortException {
    Sql.execute(connection, BUSY_TIMEOUT);
    // Before the first change: another program's database must stay as it is.
    schemaVersion(connection);
    Sql.execute(connection, "PRAGMA foreign_keys = ON");
    Sql.execute(connection, "PRAGMA journal_mode = WAL");
    Sql.execute(connection, "PRAGMA synchronous = FULL");
  }

  /** There is no network to break. */
  @Override
  public boolean breaks(SQLException failure) {
    return false;
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
  public List<Migration> migrations() {
    return SqliteSchema.MIGRATIONS;
  }

  @Override
  public int schemaVersion(Connection connection) throws SQLException, PortException {
    // The mark is read last: another process may be making the database at this moment.
    boolean hasTables = Sql.number(connection, "SELECT count(*) FROM sqlite_master") > 0;
    int version = (int) Sql.number(connection, "PRAGMA user_version");
    boolean ours = Sql.number(connection, "PRAGMA application_id") == APPLICATION_ID;
    if (!ours && (hasTables || version != 0)) {
      throw SqliteErrors.foreign("open the state in " + file);
    }
    return version;
  }

  @Override
  public void setSchemaVersion(Connection connection, int version) throws SQLException {
    Sql.execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
    Sql.execute(connection, "PRAGMA user_version = " + version);
  }

  @Override
  public void settle(Connection connection) throws SQLException {
    Sql.execute(connection, PARTING_TIMEOUT);
    Sql.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public PortException explain(String tried, SQLException failure) {
    return SqliteErrors.explain(tried, failure);
  }
}
