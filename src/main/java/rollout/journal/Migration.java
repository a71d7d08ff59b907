package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import rollout.port.Head;

/** One step from a schema to the next, inside a transaction of the caller's. */
interface Migration {
  void apply(Connection connection) throws SQLException;

  /** One that is written in SQL. */
  static Migration of(String... statements) {
    return connection -> {
      for (String sql : statements) {
        Sql.execute(connection, sql);
      }
    };
  }

  /** Links the events of a journal that was kept before there was a chain. */
  static Migration chaining() {
    return connection -> {
      for (String rollout : EventTable.rollouts(connection)) {
        String before = Head.START.hash();
        for (EventRow row : EventTable.rows(connection, rollout)) {
          EventRow linked = row.linkedTo(before);
          EventTable.setHash(connection, linked);
          before = linked.hash();
        }
      }
    };
  }
}
