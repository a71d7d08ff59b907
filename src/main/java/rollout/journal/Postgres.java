package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import rollout.port.PortException;

/** PostgreSQL: a state that several hosts share. */
final class Postgres implements Dialect {
  /**
   * Whoever writes holds this lock until the commit, so that nobody writes beside: "rollout" as a
   * number. It is the database's own, of no use across databases.
   */
  private static final long WRITING = 0x726f6c6c6f7574L;

  /**
   * What the server ends by itself, in milliseconds. A process that was cut off in the middle of a
   * write blocks the others no longer than {@code idle_in_transaction_session_timeout}.
   */
  private static final String LIMITS =
      "SET statement_timeout = 15000; SET lock_timeout = 4000;"
          + " SET idle_in_transaction_session_timeout = 3000";

  /** A commit that was answered has reached the disk; whoever asked for even more keeps that. */
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')";

  private final PostgresUrl url;

  Postgres(PostgresUrl url) {
    this.url = url;
  }

  @Override
  public String name() {
    return url.shown();
  }

  @Override
  public Connection connect() throws SQLException, PortException {
    Connection connection = connection();
    try {
      Sql.execute(connection, LIMITS);
      Sql.execute(connection, DURABLE);
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Past the driver manager, which would load every driver there is. */
  private Connection connection() throws SQLException {
    Properties settings = url.settings();
    // In seconds. The first three are for us to give up, when the server or the network is dead.
    settings.putIfAbsent("connectTimeout", "5");
    settings.putIfAbsent("loginTimeout", "8");
    settings.putIfAbsent("socketTimeout", "8");
    settings.putIfAbsent("cancelSignalTimeout", "2");
    settings.putIfAbsent("tcpKeepAlive", "true");
    settings.putIfAbsent("ApplicationName", "rollout");
    return new Driver().connect(url.jdbc(), settings);
  }

  @Override
  public boolean breaks(SQLException failure) {
    return PostgresErrors.isOfTheConnection(failure);
  }

  @Override
  public String begin() {
    return "BEGIN; SELECT pg_advisory_xact_lock(" + WRITING + ")";
  }

  @Override
  public String now() {
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  @Override
  public List<Migration> migrations() {
    return PostgresSchema.MIGRATIONS;
  }

  @Override
  public int schemaVersion(Connection connection) throws SQLException, PortException {
    // in this order: another process may commit the first migration between the two
    long tables = Sql.number(connection, PostgresSchema.COUNT_TABLES);
    boolean ours = Sql.number(connection, PostgresSchema.COUNT_VERSION_TABLES) > 0;
    if (!ours && tables > 0) {
      throw PostgresErrors.foreign("open the state in " + name());
    }
    if (!ours) {
      return 0;
    }
    long rows = Sql.number(connection, "SELECT count(*) FROM rollout_schema");
    if (rows != 1) {
      throw PostgresErrors.uncountable("open the state in " + name(), rows);
    }
    return (int) Sql.number(connection, "SELECT version FROM rollout_schema");
  }

  @Override
  public void setSchemaVersion(Connection connection, int version) throws SQLException {
    Sql.execute(connection, "UPDATE rollout_schema SET version = " + version);
  }

  /** A server keeps itself. */
  @Override
  public void settle(Connection connection) {}

  @Override
  public PortException explain(String tried, SQLException failure) {
    return PostgresErrors.explain(tried, failure);
  }
}
