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

  @Override
  public Finding verify(String rollout, List<Head> witnesses) throws PortException {
    Stored stored =
        database.<Stored, PortException>transact(
            "read the events of rollout " + rollout, connection -> Stored.of(connection, rollout));
    List<EventRow> events = stored.events();
    List<Break> breaks = new ArrayList<>();
    if (stored.listed().isEmpty() && !events.isEmpty()) {
      breaks.add(new Break(0, "the rollout has events, and is missing from the list"));
    }
    breaks.addAll(ChainCheck.of(events, witnesses));
    if (breaks.isEmpty()) {
      stored
          .listed()
          .flatMap(row -> row.differenceFrom(events))
          .ifPresent(what -> breaks.add(new Break(0, what)));
    }
    Head head = events.isEmpty() ? Head.START : events.get(events.size() - 1).head();
    return new Finding(rollout, stored.listed().map(RolloutRow::flag), events.size(), head, breaks);
  }

  /** What both tables hold of a rollout, with nobody writing between the one and the other. */
  private record Stored(List<EventRow> events, Optional<RolloutRow> listed) {
    static Stored of(Connection connection, String rollout) throws SQLException {
      return new Stored(
          EventTable.rows(connection, rollout), RolloutTable.row(connection, rollout));
    }
  }
}
