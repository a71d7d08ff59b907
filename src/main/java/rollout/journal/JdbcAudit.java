package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rollout.port.Audit;
import rollout.port.Head;
import rollout.port.PortException;

/** Recomputes the hash chain of a relational database. */
final class JdbcAudit implements Audit {
  private final Database database;

  JdbcAudit(Database database) {
    this.database = database;
  }

  @Override
  public List<String> rollouts() throws PortException {
    return database.read(
        "list the rollouts",
        connection -> {
          Set<String> found = new LinkedHashSet<>();
          RolloutTable.rows(connection).forEach(row -> found.add(row.id()));
          found.addAll(EventTable.rollouts(connection));
          return List.copyOf(found);
        });
  }

  /** In one transaction, so that nobody writes between the two tables. */
  @Override
  public Finding verify(String rollout, List<Head> witnesses) throws PortException {
    return database.<Finding, PortException>transact(
        "read the events of rollout " + rollout,
        connection -> verify(connection, rollout, witnesses));
  }

  private static Finding verify(Connection connection, String rollout, List<Head> witnesses)
      throws SQLException {
    List<EventRow> events = EventTable.rows(connection, rollout);
    Optional<RolloutRow> listed = RolloutTable.row(connection, rollout);
    List<Break> breaks = new ArrayList<>();
    if (listed.isEmpty() && !events.isEmpty()) {
      breaks.add(new Break(0, "the rollout has events, and is missing from the list"));
    }
    breaks.addAll(ChainCheck.of(events, witnesses));
    if (breaks.isEmpty() && listed.isPresent()) {
      listed.get().differenceFrom(events).ifPresent(what -> breaks.add(new Break(0, what)));
    }
    Head head = events.isEmpty() ? Head.START : events.get(events.size() - 1).head();
    return new Finding(rollout, listed.map(RolloutRow::flag), events.size(), head, breaks);
  }
}
