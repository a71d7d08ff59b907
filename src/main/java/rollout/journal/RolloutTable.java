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

/** Reads and writes the rows of the table {@code rollouts}. */
final class RolloutTable {
  private RolloutTable() {}

  /** Every rollout, the one started last first. */
  static List<Journal.Entry> list(Connection connection, Journal.Kind kind) throws SQLException {
    String where = kind == Journal.Kind.REAL ? "WHERE sandbox = 0" : "";
    String sql =
        "SELECT id, flag, sandbox, finished FROM rollouts " + where + " ORDER BY number DESC";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Journal.Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(entryIn(rows));
      }
      return entries;
    }
  }

  /** The one rollout of a flag that is neither finished nor in the sandbox. */
  static Optional<String> unfinished(Connection connection, FlagName flag) throws SQLException {
    String sql = "SELECT id FROM rollouts WHERE flag = ? AND finished = 0 AND sandbox = 0";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, flag.value());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  static void insert(Connection connection, Event.Started started) throws SQLException {
    String sql = "INSERT INTO rollouts (id, flag, sandbox, started_at) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, started.rollout().value());
      insert.setString(2, started.flag().value());
      insert.setInt(3, started.sandbox() ? 1 : 0);
      insert.setString(4, started.at().toString());
      insert.executeUpdate();
    }
  }

  /**
   * Notes whether a rollout is over. One that is taken back anew stays over while a newer one of
   * the flag is under way: that one stands for the flag, and its looks see the flag off.
   */
  static void setFinished(Connection connection, RolloutId rollout, boolean finished)
      throws SQLException {
    String sql =
        """
        UPDATE rollouts SET finished = ? WHERE id = ? AND (? = 1 OR NOT EXISTS (
          SELECT 1 FROM rollouts other
          WHERE other.flag = rollouts.flag AND other.id <> rollouts.id
            AND other.finished = 0 AND other.sandbox = 0))
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, finished ? 1 : 0);
      update.setString(2, rollout.value());
      update.setInt(3, finished ? 1 : 0);
      update.executeUpdate();
    }
  }

  private static Journal.Entry entryIn(ResultSet rows) throws SQLException {
    return new Journal.Entry(
        new RolloutId(rows.getString(1)),
        new FlagName(rows.getString(2)),
        rows.getInt(3) != 0,
        rows.getInt(4) != 0);
  }
}
