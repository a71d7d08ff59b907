package rollout.journal;

import java.util.function.Supplier;
import rollout.port.Audit;
import rollout.port.Journal;
import rollout.port.Leases;

/** An open database: the journal and the leases in it. Closing it closes both. */
public final class Store implements AutoCloseable {
  private final Database database;
  private final Journal journal;
  private final Leases leases;
  private final Audit audit;

  Store(Database database, Processes processes) {
    this(database, processes, database.dialect()::now);
  }

  /**
   * @param now the SQL expression that takes the place of the database's clock
   */
  Store(Database database, Processes processes, Supplier<String> now) {
    this.database = database;
    this.journal = new JdbcJournal(database);
    this.leases = new JdbcLeases(database, processes, now);
    this.audit = new JdbcAudit(database);
  }

  /** The events; closing it closes the store. */
  public Journal journal() {
    return journal;
  }

  /** Who drives. */
  public Leases leases() {
    return leases;
  }

  /** Recomputes the hash chain of the events. */
  public Audit audit() {
    return audit;
  }

  /** Leaves a single file behind. May be called again. */
  @Override
  public void close() {
    database.close();
  }
}
