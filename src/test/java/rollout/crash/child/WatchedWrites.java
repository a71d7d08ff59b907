package rollout.crash.child;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The writes of one connection to the state, one transaction after the other. */
final class WatchedWrites {
  private static final Pattern TABLE =
      Pattern.compile(
          "\\s*(?:INSERT\\s+INTO|UPDATE)\\s+(\\w+)\\s*(?:\\(([^)]*)\\))?.*", Pattern.DOTALL);

  private final Line line;
  private final List<String> written = new ArrayList<>();
  private boolean inTransaction;

  WatchedWrites(Line line) {
    this.line = line;
  }

  /** What the real driver does. */
  interface Work {
    Object run() throws Throwable;
  }

  /** A statement without parameters. */
  Object execute(String sql, Work work) throws Throwable {
    String verb = sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "BEGIN", "ROLLBACK":
        inTransaction = verb.equals("BEGIN");
        written.clear();
        return work.run();
      case "COMMIT":
        return commit(work);
      case "CREATE":
        return write("schema", work);
      default:
        return sql.contains("wal_checkpoint") ? settle(work) : work.run();
    }
  }

  /** An insert or update with parameters. */
  Object update(String sql, Object[] row, Work work) throws Throwable {
    return write(nameOf(sql, row), work);
  }

  /** A question; outside a transaction it is the last one before something is done. */
  Object query(String sql, Work work) throws Throwable {
    Object answer = work.run();
    if (!inTransaction && sql.contains("ORDER BY seq DESC LIMIT 1")) {
      line.say("READ", "version");
    }
    return answer;
  }

  private Object write(String name, Work work) throws Throwable {
    line.say("BEFORE", name);
    written.add(name);
    return work.run();
  }

  private Object commit(Work work) throws Throwable {
    inTransaction = false;
    if (written.isEmpty()) {
      return work.run();
    }
    String all = String.join("+", written);
    line.say("UNCOMMITTED", all);
    Object done = work.run();
    line.say("DURABLE", all);
    written.clear();
    return done;
  }

  private Object settle(Work work) throws Throwable {
    line.say("BEFORE", "checkpoint");
    Object done = work.run();
    line.say("DURABLE", "checkpoint");
    return done;
  }

  /** The type of an event; the table's name for everything else. */
  private static String nameOf(String sql, Object[] row) {
    Matcher table = TABLE.matcher(sql);
    if (!table.matches()) {
      return sql.strip();
    }
    if (!table.group(1).equals("events")) {
      return table.group(1);
    }
    List<String> columns = Arrays.stream(table.group(2).split(",")).map(String::strip).toList();
    return (String) row[columns.indexOf("type") + 1];
  }
}
