package rollout.crash.child;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * SQLite's own driver, which says before and after each write what is being written, and waits for
 * a word before it goes on. In a child process a class of this kind stands where SQLite's does, in
 * front of it on the class path; the program is the real one and knows nothing of it.
 */
public class WatchedDriver implements Driver {
  /** The port on the loopback that is told; a system property. */
  public static final String PORT = "rollout.crash.port";

  /** How SQLite's addresses begin. */
  public static final String PREFIX = "jdbc:sqlite:";

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    String file = url.substring(PREFIX.length());
    return watched(new JDBC4Connection(url, file, properties), new WatchedWrites(Line.open()));
  }

  private static Connection watched(Connection real, WatchedWrites writes) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object answer = call(() -> method.invoke(real, arguments));
          if (answer instanceof PreparedStatement prepared) {
            return watched(prepared, writes, (String) arguments[0]);
          }
          return answer instanceof Statement statement ? watched(statement, writes) : answer;
        });
  }

  private static Statement watched(Statement real, WatchedWrites writes) {
    return proxy(
        Statement.class,
        (self, method, arguments) ->
            method.getName().equals("execute")
                ? writes.execute(
                    (String) arguments[0], () -> call(() -> method.invoke(real, arguments)))
                : call(() -> method.invoke(real, arguments)));
  }

  private static PreparedStatement watched(
      PreparedStatement real, WatchedWrites writes, String sql) {
    Object[] row = new Object[32];
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          String name = method.getName();
          if (name.startsWith("set") && arguments != null && arguments.length == 2) {
            row[(int) arguments[0]] = arguments[1];
          }
          WatchedWrites.Work work = () -> call(() -> method.invoke(real, arguments));
          if (name.equals("executeUpdate")) {
            return writes.update(sql, row, work);
          }
          return name.equals("executeQuery") ? writes.query(sql, work) : work.run();
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(WatchedWrites.Work work) throws Throwable {
    try {
      return work.run();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(getClass().getName().toLowerCase(Locale.ROOT));
  }
}
