package rollout.journal;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import rollout.port.PortException;

/**
 * One connection that any number of threads take turns with. One that broke is replaced, and what
 * it was used for is done once more where that is sure to do no harm.
 */
final class Database implements AutoCloseable {
  /** A program that was told to stop has two seconds. */
  private static final long PARTING_MILLIS = 500;

  private final Dialect dialect;
  private final ReentrantLock turn = new ReentrantLock();
  private Optional<Connection> connection = Optional.empty();
  private boolean closed;

  private Database(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Connects, and brings the database up to date.
   *
   * @throws PortException of kind REFUSED when it is no database of ours
   */
  static Database open(Dialect dialect) throws PortException {
    Database database = new Database(dialect);
    try {
      new Migrations(database).apply();
      return database;
    } catch (PortException failure) {
      database.close();
      throw failure;
    }
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
    return dialect.name();
  }

  /**
   * Asks without writing.
   *
   * @param tried completes "could not …"
   */
  <T> T read(String tried, Work<T, PortException> work) throws PortException {
    return inTurn(tried, work);
  }

  /**
   * Does all of the work, durably, or nothing of it.
   *
   * @param work may be done twice, when the first time left nothing behind
   * @param tried completes "could not …"
   * @throws PortException of kind UNKNOWN when it failed at the very end
   */
  <T, E extends Exception> T transact(String tried, Work<T, E> work) throws E, PortException {
    return inTurn(tried, connection -> transact(tried, connection, work));
  }

  private <T, E extends Exception> T transact(String tried, Connection on, Work<T, E> work)
      throws SQLException, PortException, E {
    boolean committing = false;
    boolean done = false;
    try {
      Sql.execute(on, dialect.begin());
      T result = work.with(on);
      committing = true;
      Sql.execute(on, "COMMIT");
      done = true;
      return result;
    } catch (SQLException failure) {
      if (committing) {
        letGoIfBroken(failure);
        throw uncertain(tried, failure);
      }
      throw failure;
    } finally {
      if (!done) {
        rollBack(on);
      }
    }
  }

  private <T, E extends Exception> T inTurn(String tried, Work<T, E> work) throws PortException, E {
    turn.lock();
    try {
      boolean fresh = connection.isEmpty();
      try {
        return work.with(connection());
      } catch (SQLException failure) {
        // An idle connection is cut by many a firewall: that is no news of the database.
        if (!letGoIfBroken(failure) || fresh || isTimeout(failure)) {
          throw failure;
        }
        return work.with(connection());
      }
    } catch (SQLException failure) {
      letGoIfBroken(failure);
      throw explain(tried, failure);
    } finally {
      turn.unlock();
    }
  }

  private Connection connection() throws SQLException, PortException {
    if (closed) {
      throw new SQLException("it was closed already");
    }
    if (connection.isEmpty()) {
      connection = Optional.of(dialect.connect());
    }
    return connection.get();
  }

  /** The time was spent already; whoever asks again may decide to. */
  private static boolean isTimeout(SQLException failure) {
    return failure.getCause() instanceof SocketTimeoutException;
  }

  private boolean letGoIfBroken(SQLException failure) {
    boolean broken = dialect.breaks(failure);
    if (broken) {
      connection.ifPresent(Database::drop);
      connection = Optional.empty();
    }
    return broken;
  }

  private static void drop(Connection broken) {
    try {
      broken.close();
    } catch (SQLException gone) {
      // It was of no use any more.
    }
  }

  /**
   * Leaves one file behind that may be copied. Everything written is durable already, so a call
   * that hangs is not waited for.
   */
  @Override
  public void close() {
    boolean ours = false;
    try {
      ours = turn.tryLock() || turn.tryLock(PARTING_MILLIS, TimeUnit.MILLISECONDS);
      if (ours) {
        settle();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      if (ours) {
        turn.unlock();
      }
    }
  }

  private void settle() {
    try (Connection last = connection.orElse(null)) {
      closed = true;
      connection = Optional.empty();
      if (last != null) {
        dialect.settle(last);
      }
    } catch (SQLException unsettled) {
      // Nothing is lost by it: the next program that opens the database settles what this one left.
    }
  }

  private static void rollBack(Connection connection) {
    try {
      Sql.execute(connection, "ROLLBACK");
    } catch (SQLException over) {
      // The database ended the transaction by itself, which is what was wanted.
    }
  }

  private PortException explain(String tried, SQLException failure) {
    return dialect.explain(tried + " in " + name(), failure);
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
