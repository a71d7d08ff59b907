package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.port.PortException;

/** The leases in a relational database, by its clock. */
final class JdbcLeases implements Leases {
  private final Database database;
  private final Processes processes;
  private final LeaseTable table;

  /**
   * @param now the SQL expression for milliseconds since 1970
   */
  JdbcLeases(Database database, Processes processes, Supplier<String> now) {
    this.database = database;
    this.processes = processes;
    this.table = new LeaseTable(now);
  }

  @Override
  public Answer take(RolloutId rollout, Holder holder, Duration duration) throws PortException {
    return database.<Answer, PortException>transact(
        "take the lease of rollout " + rollout,
        connection -> {
          long now = table.now(connection);
          Optional<LeaseRow> found = table.find(connection, rollout);
          if (found.isPresent() && isSomebodyElses(found.get(), holder, now)) {
            return taken(found.get(), now);
          }
          LeaseRow row =
              found
                  .map(before -> after(before, holder, now, duration))
                  .orElseGet(() -> LeaseRow.first(holder, now, duration));
          table.put(connection, rollout, row);
          return new Granted(row.lease(rollout, now));
        });
  }

  @Override
  public Optional<Lease> renew(Lease lease, Duration duration) throws PortException {
    return database.<Optional<Lease>, PortException>transact(
        "renew the lease of rollout " + lease.rollout(),
        connection -> {
          long now = table.now(connection);
          Optional<LeaseRow> renewed =
              ours(connection, lease).map(row -> row.prolonged(now, duration));
          if (renewed.isPresent()) {
            table.put(connection, lease.rollout(), renewed.get());
          }
          return renewed.map(row -> row.lease(lease.rollout(), now));
        });
  }

  @Override
  public void release(Lease lease) throws PortException {
    database.<Void, PortException>transact(
        "give back the lease of rollout " + lease.rollout(),
        connection -> {
          Optional<LeaseRow> row = ours(connection, lease);
          if (row.isPresent()) {
            table.put(connection, lease.rollout(), row.get().givenBack());
          }
          return null;
        });
  }

  @Override
  public Optional<Taken> holder(RolloutId rollout) throws PortException {
    return database.read(
        "ask who drives rollout " + rollout,
        connection -> {
          long now = table.now(connection);
          return table
              .find(connection, rollout)
              .filter(row -> row.isHeldAt(now) && !isGone(row))
              .map(row -> taken(row, now));
        });
  }

  private boolean isSomebodyElses(LeaseRow row, Holder holder, long now) {
    return row.isHeldAt(now) && !row.holder().equals(holder) && !isGone(row);
  }

  private static LeaseRow after(LeaseRow before, Holder holder, long now, Duration duration) {
    return before.isHeldAt(now) && before.holder().equals(holder)
        ? before.prolonged(now, duration)
        : before.succeeded(holder, now, duration);
  }

  /** The row, while it is still this lease: not succeeded, and not given back. */
  private Optional<LeaseRow> ours(Connection connection, Lease lease) throws SQLException {
    return table
        .find(connection, lease.rollout())
        .filter(row -> row.epoch() == lease.epoch() && row.until() != LeaseRow.GIVEN_BACK);
  }

  private boolean isGone(LeaseRow row) {
    return processes.fateOf(row.holder()) == Processes.Fate.GONE;
  }

  private Taken taken(LeaseRow row, long now) {
    boolean aliveHere = processes.fateOf(row.holder()) == Processes.Fate.ALIVE_HERE;
    return new Taken(row.holder(), row.epoch(), row.left(now), aliveHere);
  }
}
