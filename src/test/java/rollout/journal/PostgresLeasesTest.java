package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.port.Leases.Granted;
import rollout.port.Leases.Holder;
import rollout.port.PortException;
import rollout.testing.Eventually;
import rollout.testing.RealPostgres;

class PostgresLeasesTest extends LeasesContractTest {
  @RegisterExtension static final RealPostgres POSTGRES = new RealPostgres();

  private static final RolloutId ROLLOUT = new RolloutId("x");
  private static final Holder HERE = new Holder("jane", "laptop", 1, Instant.EPOCH);
  private static final Holder THERE = new Holder("ci", "runner", 2, Instant.EPOCH);

  private final String url = POSTGRES.newDatabase();
  private Store store;

  @Override
  Leases open() throws PortException {
    store = new Store(database(), this::fateOf, () -> Long.toString(now().toEpochMilli()));
    return store.leases();
  }

  @Override
  void close() {
    store.close();
  }

  @Test
  void aLeaseIsHandedOverByTheClockOfTheDatabase() throws PortException {
    try (Store one = store();
        Store other = store()) {
      long before = databaseMillis();
      Leases.Lease lease =
          assertInstanceOf(Granted.class, one.leases().take(ROLLOUT, HERE, Duration.ofMillis(300)))
              .lease();
      assertInstanceOf(
          Leases.Taken.class, other.leases().take(ROLLOUT, THERE, Duration.ofMinutes(1)));
      Eventually.until(
          Duration.ofSeconds(20), "the lease ends by itself", () -> take(other) instanceof Granted);
      assertTrue(databaseMillis() - before >= 300);
      assertTrue(one.leases().renew(lease, Duration.ofMinutes(1)).isEmpty());
      assertEquals(THERE, one.leases().holder(ROLLOUT).orElseThrow().holder());
      assertEquals(2, one.leases().holder(ROLLOUT).orElseThrow().epoch());
    }
  }

  private Leases.Answer take(Store store) {
    try {
      return store.leases().take(ROLLOUT, THERE, Duration.ofMinutes(1));
    } catch (PortException failed) {
      throw new AssertionError(failed);
    }
  }

  private long databaseMillis() {
    String sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    return Long.parseLong(POSTGRES.sql(url, sql));
  }

  private Store store() throws PortException {
    return Stores.open(url, name -> null, holder -> Processes.Fate.UNKNOWN);
  }

  private Database database() throws PortException {
    return Database.open(new Postgres(PostgresUrl.parse(url, name -> null).orElseThrow()));
  }
}
