package rollout.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A PostgreSQL for the tests of a class: {@code @RegisterExtension static final RealPostgres
 * POSTGRES = new RealPostgres();}. One server is started for all of them, on loopback, and stopped
 * when the JVM ends. Where it cannot start the tests are skipped, with {@code CI=true} they fail.
 */
public final class RealPostgres implements BeforeAllCallback {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static Optional<PostgresServer> server = Optional.empty();
  private static Optional<IOException> failure = Optional.empty();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (startOnce().isEmpty()) {
      String why = failure.map(Throwable::getMessage).orElse("");
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("no PostgreSQL could be started: " + why, failure.get());
      }
      System.err.println("SKIPPED for want of a real PostgreSQL: " + why);
      Assumptions.abort("no PostgreSQL could be started");
    }
  }

  private static synchronized Optional<PostgresServer> startOnce() {
    if (server.isEmpty() && failure.isEmpty()) {
      try {
        server = Optional.of(PostgresServer.begin());
      } catch (IOException cannot) {
        failure = Optional.of(cannot);
      }
    }
    return server;
  }

  /** The server itself, to stop it and start it again. */
  public PostgresServer server() {
    return server.orElseThrow();
  }

  /** The URL of a new, empty database, as {@code --state} takes it. */
  public String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    sql(server().url("postgres"), "CREATE DATABASE " + name);
    return server().url(name);
  }

  /** Another way to the same database, such as through a proxy, or with options. */
  public String url(String url, int port, String options) {
    return url.replace(":" + server().port() + "/", ":" + port + "/") + options;
  }

  /**
   * Asks the database past the product.
   *
   * @return the first column of the first row; empty when there is none
   */
  public String sql(String url, String statement) {
    try (Connection connection = connect(url);
        Statement direct = connection.createStatement()) {
      if (!direct.execute(statement)) {
        return "";
      }
      try (ResultSet rows = direct.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException failed) {
      throw new UncheckedIOException(new IOException(statement, failed));
    }
  }

  private static Connection connect(String url) throws SQLException {
    String place = url.replaceAll("//.*@", "//");
    return DriverManager.getConnection(
        "jdbc:" + place, PostgresServer.USER, PostgresServer.PASSWORD);
  }
}
