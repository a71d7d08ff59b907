package rollout.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import rollout.plan.RolloutId;
import rollout.port.Leases.Holder;

/** Reads and writes the rows of the table {@code leases}, within a transaction of the caller's. */
final class LeaseTable {
  private static final String SELECT =
      """
      SELECT name, host, process_id, process_start, epoch, until_ms, owed_until_ms
      FROM leases WHERE rollout = ?
      """;

  private static final String UPSERT =
      """
      INSERT INTO leases
        (name, host, process_id, process_start, epoch, until_ms, owed_until_ms, rollout)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (rollout) DO UPDATE SET
        name = excluded.name, host = excluded.host, process_id = excluded.process_id,
        process_start = excluded.process_start, epoch = excluded.epoch,
        until_ms = excluded.until_ms, owed_until_ms = excluded.owed_until_ms
      """;

  private final Supplier<String> now;

  /**
   * @param now the SQL expression for milliseconds since 1970
   */
  LeaseTable(Supplier<String> now) {
    this.now = now;
  }

  /** The database's clock. */
  long now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + now.get())) {
      rows.next();
      return rows.getLong(1);
    }
  }

  Optional<LeaseRow> find(Connection connection, RolloutId rollout) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, rollout.value());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rowIn(rows)) : Optional.empty();
      }
    }
  }

  void put(Connection connection, RolloutId rollout, LeaseRow row) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, row.holder().name());
      upsert.setString(2, row.holder().host());
      upsert.setLong(3, row.holder().processId());
      upsert.setString(4, row.holder().processStart().toString());
      upsert.setLong(5, row.epoch());
      upsert.setLong(6, row.until());
      upsert.setLong(7, row.owedUntil());
      upsert.setString(8, rollout.value());
      upsert.executeUpdate();
    }
  }

  private static LeaseRow rowIn(ResultSet rows) throws SQLException {
    Holder holder =
        new Holder(
            rows.getString(1),
            rows.getString(2),
            rows.getLong(3),
            Instant.parse(rows.getString(4)));
    return new LeaseRow(holder, rows.getLong(5), rows.getLong(6), rows.getLong(7));
  }
}
