package rollout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import rollout.core.Event;
import rollout.plan.RolloutId;

/** Reads and writes the rows of the table {@code events}. */
final class EventTable {
  private static final String INSERT =
      "INSERT INTO events (rollout, seq, version, type, at, body) VALUES (?, ?, ?, ?, ?, ?)";

  private EventTable() {}

  /** The sequence number of the last event, 0 when there is none. */
  static long version(Connection connection, RolloutId rollout) throws SQLException {
    String sql = "SELECT max(seq) FROM events WHERE rollout = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout.value());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** The stored texts of the events after this version, in order. */
  static List<String> bodiesAfter(Connection connection, RolloutId rollout, long version)
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

  /** Writes the events that follow this version. */
  static void insert(Connection connection, RolloutId rollout, long version, List<Event> events)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      long seq = version;
      for (Event event : events) {
        seq++;
        insert.setString(1, rollout.value());
        insert.setLong(2, seq);
        insert.setInt(3, EventCodec.VERSION);
        insert.setString(4, EventCodec.typeOf(event));
        insert.setString(5, event.at().toString());
        insert.setString(6, EventCodec.encode(event));
        insert.executeUpdate();
      }
    }
  }
}
