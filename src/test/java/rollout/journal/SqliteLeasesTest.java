package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollout.plan.RolloutId;
import rollout.port.Leases;
import rollout.port.PortException;

class SqliteLeasesTest extends LeasesContractTest {
  @TempDir private Path folder;

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
  void theDatabaseHasAClock() throws PortException {
    try (Database database = database()) {
      String sql = "SELECT " + database.dialect().now();
      long before = Instant.now().toEpochMilli();
      long found =
          database.read(
              "ask for the time",
              connection -> {
                try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                  return rows.getLong(1);
                }
              });
      long after = Instant.now().toEpochMilli();
      assertTrue(before <= found + 1 && found <= after + 1, before + " " + found + " " + after);
    }
  }

  @Test
  void aLeaseOutlivesTheStoreThatGrantedIt() throws PortException {
    RolloutId rollout = new RolloutId("x");
    LocalProcesses here = new LocalProcesses("here");
    Leases.Holder self = here.self("jane");
    try (Store first = new Store(database(), here)) {
      first.leases().take(rollout, self, Duration.ofMinutes(10));
    }
    Leases.Holder other = new Leases.Holder("ci", "there", 7, self.processStart());
    try (Store second = new Store(database(), here)) {
      Leases.Answer answer = second.leases().take(rollout, other, Duration.ofMinutes(10));
      Leases.Taken taken = assertInstanceOf(Leases.Taken.class, answer);
      assertEquals(self, taken.holder());
      assertTrue(taken.aliveHere());
      assertTrue(taken.left().toMinutes() >= 8, taken.toString());
    }
  }

  private Database database() throws PortException {
    return Sqlite.open(folder.resolve("rollout.db"));
  }
}
