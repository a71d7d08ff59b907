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

/** Reads and writes the rows of the table {@code rollouts}. */
final class RolloutTable {
  private static final String SELECT =
      "SELECT id, flag, sandbox, started_at, finished FROM rollouts";

  private RolloutTable() {}

  /** Every rollout, the one started last first. */
  static List<RolloutRow> rows(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " ORDER BY number DESC");
        ResultSet rows = select.executeQuery()) {
      List<RolloutRow> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rowIn(rows));
      }
      return found;
    }
  }

  static Optional<RolloutRow> row(Connection connection, String rollout) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE id = ?")) {
      select.setString(1, rollout);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rowIn(rows)) : Optional.empty();
      }
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
    RolloutRow row = RolloutRow.of(started, false);
    String sql = "INSERT INTO rollouts (id, flag, sandbox, started_at) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, row.id());
      insert.setString(2, row.flag());
      insert.setInt(3, row.sandbox() ? 1 : 0);
      insert.setString(4, row.startedAt());
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

  private static RolloutRow rowIn(ResultSet rows) throws SQLException {
    return new RolloutRow(
        rows.getString(1),
        rows.getString(2),
        rows.getInt(3) != 0,
        rows.getString(4),
        rows.getInt(5) != 0);
  }
}
