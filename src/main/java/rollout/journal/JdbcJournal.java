package rollout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.plan.FlagName;
import rollout.plan.RolloutId;
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
    String where = kind == Kind.REAL ? " WHERE sandbox = 0" : "";
    String sql =
        "SELECT id, flag, sandbox, finished FROM rollouts" + where + " ORDER BY number DESC";
    return database.read(
        "list the rollouts",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet rows = select.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
              entries.add(entryIn(rows));
            }
            return entries;
          }
        });
  }

  @Override
  public List<Event> readAfter(RolloutId rollout, long version) throws PortException {
    List<String> bodies =
        database.read(
            "read the events of rollout " + rollout,
            connection -> bodiesAfter(connection, rollout, version));
    List<Event> events = new ArrayList<>(bodies.size());
    for (String body : bodies) {
      long seq = version + events.size() + 1;
      events.add(EventCodec.decode("Event " + seq + " of rollout " + rollout, body));
    }
    return events;
  }

  @Override
  public long version(RolloutId rollout) throws PortException {
    return database.read(
        "ask for the last event of rollout " + rollout,
        connection -> versionIn(connection, rollout));
  }

  @Override
  public long append(RolloutId rollout, long expectedVersion, List<Event> events)
      throws StaleVersion, PortException {
    List<String> bodies = events.stream().map(EventCodec::encode).toList();
    return database.<Long, StaleVersion>transact(
        "write events of rollout " + rollout,
        connection -> {
          long found = versionIn(connection, rollout);
          if (found != expectedVersion) {
            throw new StaleVersion(Staleness.sentence(rollout, expectedVersion, found));
          }
          if (found == 0) {
            begin(connection, rollout, Staleness.first(rollout, events));
          }
          insert(connection, rollout, found, events, bodies);
          finishIfOver(connection, rollout, events);
          return found + events.size();
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private static void begin(Connection connection, RolloutId rollout, Event.Started started)
      throws SQLException, StaleVersion {
    if (!started.sandbox()) {
      refuseSecond(connection, started.flag());
    }
    String sql = "INSERT INTO rollouts (id, flag, sandbox, started_at) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, rollout.value());
      insert.setString(2, started.flag().value());
      insert.setInt(3, started.sandbox() ? 1 : 0);
      insert.setString(4, started.at().toString());
      insert.executeUpdate();
    }
  }

  private static void refuseSecond(Connection connection, FlagName flag)
      throws SQLException, StaleVersion {
    String sql = "SELECT id FROM rollouts WHERE flag = ? AND finished = 0 AND sandbox = 0";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, flag.value());
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          throw new StaleVersion(Staleness.second(flag, rows.getString(1)));
        }
      }
    }
  }

  private static void insert(
      Connection connection,
      RolloutId rollout,
      long version,
      List<Event> events,
      List<String> bodies)
      throws SQLException {
    String sql =
        "INSERT INTO events (rollout, seq, version, type, at, body) VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < events.size(); i++) {
        insert.setString(1, rollout.value());
        insert.setLong(2, version + i + 1);
        insert.setInt(3, EventCodec.VERSION);
        insert.setString(4, EventCodec.typeOf(events.get(i)));
        insert.setString(5, events.get(i).at().toString());
        insert.setString(6, bodies.get(i));
        insert.executeUpdate();
      }
    }
  }

  /** Never the other way round: an abort that follows an end begins nothing anew. */
  private static void finishIfOver(Connection connection, RolloutId rollout, List<Event> events)
      throws SQLException {
    if (events.stream().noneMatch(JdbcJournal::isEnd)) {
      return;
    }
    String sql = "UPDATE rollouts SET finished = 1 WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, rollout.value());
      update.executeUpdate();
    }
  }

  private static boolean isEnd(Event event) {
    return event instanceof Event.Completed
        || event instanceof Event.RolledBack
        || event instanceof Event.Aborted;
  }

  private static long versionIn(Connection connection, RolloutId rollout) throws SQLException {
    String sql = "SELECT max(seq) FROM events WHERE rollout = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout.value());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  private static List<String> bodiesAfter(Connection connection, RolloutId rollout, long version)
      throws SQLException {
    String sql = "SELECT body FROM events WHERE rollout = ? AND seq > ? ORDER BY seq";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout.value());
      select.setLong(2, version);
      try (ResultSet rows = select.executeQuery()) {
        List<String> bodies = new ArrayList<>();
        while (rows.next()) {
          bodies.add(rows.getString(1));
        }
        return bodies;
      }
    }
  }

  private static Entry entryIn(ResultSet rows) throws SQLException {
    return new Entry(
        new RolloutId(rows.getString(1)),
        new FlagName(rows.getString(2)),
        rows.getInt(3) != 0,
        rows.getInt(4) != 0);
  }
}
