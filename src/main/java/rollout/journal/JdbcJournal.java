package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.core.Over;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
import rollout.port.Head;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/** The journal in a relational database. */
final class JdbcJournal implements Journal {
  private final Database database;

  JdbcJournal(Database database) {
    this.database = database;
  }

  @Override
  public Optional<RolloutId> newest(FlagName flag, Kind kind) throws PortException {
    return list(kind).stream()
        .filter(entry -> entry.flag().equals(flag))
        .map(Entry::rollout)
        .findFirst();
  }

  @Override
  public List<Entry> list(Kind kind) throws PortException {
    return database.read("list the rollouts", RolloutTable::rows).stream()
        .map(RolloutRow::entry)
        .filter(entry -> kind == Kind.ANY || !entry.sandbox())
        .toList();
  }

  @Override
  public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
    List<String> bodies =
        database.read(
            "read the events of rollout " + rollout,
            connection -> EventTable.bodiesAfter(connection, rollout, version));
    List<Event> events = new ArrayList<>(bodies.size());
    for (String body : bodies) {
      long seq = version + events.size() + 1;
      events.add(EventCodec.decode("Event " + seq + " of rollout " + rollout, body));
    }
    return events;
  }

  @Override
  public Head head(RolloutId rollout) throws PortException {
    return database.read(
        "ask for the last event of rollout " + rollout,
        connection -> EventTable.head(connection, rollout));
  }

  @Override
  public boolean holds(RolloutId rollout, Head head) throws PortException {
    return head.equals(Head.START)
        || database.read(
            "ask for event " + head.seq() + " of rollout " + rollout,
            connection ->
                EventTable.hashAt(connection, rollout, head.seq())
                    .filter(head.hash()::equals)
                    .isPresent());
  }

  @Override
  public long append(RolloutId rollout, long expectedVersion, List<Event> events)
      throws StaleVersion, PortException {
    return database.<Long, StaleVersion>transact(
        "write events of rollout " + rollout,
        connection -> {
          Head found = EventTable.head(connection, rollout);
          if (found.seq() != expectedVersion) {
            throw new StaleVersion(Staleness.sentence(rollout, expectedVersion, found.seq()));
          }
          if (found.equals(Head.START)) {
            begin(connection, Staleness.first(rollout, events));
          }
          EventTable.insert(connection, rollout, found, events);
          Optional<Boolean> over = Over.after(events);
          if (over.isPresent()) {
            RolloutTable.setFinished(connection, rollout, over.get());
          }
          return found.seq() + events.size();
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private static void begin(Connection connection, Event.Started started)
      throws SQLException, StaleVersion {
    if (!started.sandbox()) {
      Optional<String> other = RolloutTable.unfinished(connection, started.flag());
      if (other.isPresent()) {
        throw new StaleVersion(Staleness.second(started.flag(), other.get()));
      }
    }
    RolloutTable.insert(connection, started);
  }
}
