package rollout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rollout.core.Event;
import rollout.plan.RolloutId;
import rollout.port.Head;

/** Reads and writes the rows of the table {@code events}. */
final class EventTable {
  private static final String INSERT =
      """
      INSERT INTO events (rollout, seq, version, type, at, body, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private EventTable() {}

  /** The place and the hash of the last event; {@link Head#START} when there is none. */
  static Head head(Connection connection, RolloutId rollout) throws SQLException {
    String sql = "SELECT seq, hash FROM events WHERE rollout = ? ORDER BY seq DESC LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout.value());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? new Head(rows.getLong(1), rows.getString(2)) : Head.START;
      }
    }
  }

  /** The hash of one event, if there is one with this number. */
  static Optional<String> hashAt(Connection connection, RolloutId rollout, long seq)
      throws SQLException {
    String sql = "SELECT hash FROM events WHERE rollout = ? AND seq = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout.value());
      select.setLong(2, seq);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
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

  /** All rows of a rollout as they are stored, in order. */
  static List<EventRow> rows(Connection connection, String rollout) throws SQLException {
    String sql =
        "SELECT seq, version, type, at, body, hash FROM events WHERE rollout = ? ORDER BY seq";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, rollout);
      try (ResultSet rows = select.executeQuery()) {
        List<EventRow> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rowIn(rollout, rows));
        }
        return found;
      }
    }
  }

  /** Every rollout that has events. */
  static List<String> rollouts(Connection connection) throws SQLException {
    String sql = "SELECT DISTINCT rollout FROM events ORDER BY rollout";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  /** Writes the events that follow this head. */
  static void insert(Connection connection, RolloutId rollout, Head before, List<Event> events)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Head head = before;
      for (Event event : events) {
        EventRow row = EventRow.after(head, rollout.value(), event);
        insert.setString(1, row.rollout());
        insert.setLong(2, row.seq());
        insert.setInt(3, row.version());
        insert.setString(4, row.type());
        insert.setString(5, row.at());
        insert.setString(6, row.body());
        insert.setString(7, row.hash());
        insert.executeUpdate();
        head = row.head();
      }
    }
  }

  /** Gives a row that was written before there was a chain its link. */
  static void setHash(Connection connection, EventRow row) throws SQLException {
    String sql = "UPDATE events SET hash = ? WHERE rollout = ? AND seq = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, row.hash());
      update.setString(2, row.rollout());
      update.setLong(3, row.seq());
      update.executeUpdate();
    }
  }

  private static EventRow rowIn(String rollout, ResultSet rows) throws SQLException {
    return new EventRow(
        rollout,
        rows.getLong(1),
        rows.getInt(2),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6));
  }
}
