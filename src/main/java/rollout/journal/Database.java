package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import rollout.port.PortException;

/** One connection that any number of threads take turns with. */
final class Database implements AutoCloseable {
  private final String name;
  private final Connection connection;
  private final Dialect dialect;
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * @param name what people call it, for messages
   * @param connection in auto-commit mode
   */
  Database(String name, Connection connection, Dialect dialect) {
    this.name = name;
    this.connection = connection;
    this.dialect = dialect;
  }

  /** What is done with the connection. */
  interface Work<T, E extends Exception> {
    T with(Connection connection) throws SQLException, PortException, E;
  }

  Dialect dialect() {
    return dialect;
  }

  /** What people call it. */
  String name() {
    return name;
  }

  /**
   * Asks without writing.
   *
   * @param tried completes "could not …"
   */
  <T> T read(String tried, Work<T, PortException> work) throws PortException {
    turn.lock();
    try {
      return work.with(connection);
    } catch (SQLException failure) {
      throw explain(tried, failure);
    } finally {
      turn.unlock();
    }
  }

  /**
   * Does all of the work, durably, or nothing of it.
   *
   * @param tried completes "could not …"
   * @throws PortException of kind UNKNOWN when it failed at the very end
   */
  <T, E extends Exception> T transact(String tried, Work<T, E> work) throws E, PortException {
    turn.lock();
    boolean committing = false;
    boolean done = false;
    try {
      execute(dialect.begin());
      T result = work.with(connection);
      committing = true;
      execute("COMMIT");
      done = true;
      return result;
    } catch (SQLException failure) {
      throw committing ? uncertain(tried, failure) : explain(tried, failure);
    } finally {
      if (!done) {
        rollBack();
      }
      turn.unlock();
    }
  }

  /** Leaves one file behind that may be copied. Everything written is durable already. */
  @Override
  public void close() {
    turn.lock();
    try (connection) {
      if (!connection.isClosed()) {
        dialect.settle(connection);
      }
    } catch (SQLException unsettled) {
      // Nothing is lost by it: the next program that opens the database settles what this one left.
    } finally {
      turn.unlock();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException over) {
      // The database ended the transaction by itself, which is what was wanted.
    }
  }

  private PortException explain(String tried, SQLException failure) {
    return dialect.explain(tried + " in " + name, failure);
  }

  private PortException uncertain(String tried, SQLException failure) {
    PortException explained = explain(tried, failure);
    return new PortException(
        PortException.Kind.UNKNOWN,
        0,
        explained.getMessage() + " It may have been written all the same: read before writing.",
        failure);
  }
}
