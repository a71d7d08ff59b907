package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Product;
import rollout.testing.ShortPlans;

/** {@code explain} as people meet it, on what a real run left behind. */
@Timeout(60)
class ExplainCommandTest {
  @TempDir Path directory;

  @Test
  void aRollbackIsRecomputedUntilSomebodyChangesANumber() throws SQLException {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "errors@low")) {
      assertEquals(20, playground.run("start", FLAG).code());
      Ended text = playground.run("explain", FLAG);
      assertEquals(0, text.code(), text::toString);
      assertTrue(text.out().contains("ROLLING BACK production: grpc-errors"), text::toString);
      assertTrue(text.out().contains("recomputed from the journal: the same"), text::toString);
      assertTrue(text.out().contains("sum(increase(errors_total{"), text::toString);
      for (JsonNode event : playground.history()) {
        JsonNode json =
            playground.run("explain", FLAG, event.get("seq").asText(), "-o", "json").json();
        assertEquals(0, json.get("differences").size(), json::toString);
      }

      JsonNode why = playground.run("explain", FLAG, "-o", "json").json();
      int look = why.at("/look/seq").asInt();
      tamper(look - 1);

      Ended changed = playground.run("explain", FLAG);
      assertEquals(0, changed.code(), changed::toString);
      assertTrue(changed.out().contains("NOT the same"), changed::toString);
      JsonNode json = playground.run("explain", FLAG, "-o", "json").json();
      assertEquals("different", json.get("recomputed").asText());
      assertEquals(3, playground.run("audit", "verify", FLAG).code());
    }
  }

  @Test
  void whatIsNotThereIsSaidToBe() {
    Product product = Product.in(directory);
    Ended never = product.run("explain", FLAG);
    assertEquals(3, never.code(), never::toString);
    assertTrue(never.err().contains("never rolled out"), never::toString);
  }

  @Test
  void anEventThatIsNotThereIsAMistakeInTheCall() {
    try (Playground playground = Playground.open(directory, ShortPlans.oneStage(), "healthy")) {
      assertEquals(0, playground.run("start", FLAG).code());
      Ended absent = playground.run("explain", FLAG, "9999");
      assertEquals(2, absent.code(), absent::toString);
      assertTrue(absent.err().contains("there is no event 9999"), absent::toString);
      List<String> turn = List.of(playground.run("explain", FLAG).out().split("\n"));
      assertTrue(turn.get(1).contains("low: passed"), turn::toString);
    }
  }

  /** Makes the first number of a look another one, as somebody with the file could. */
  private void tamper(int seq) throws SQLException {
    String file = directory.resolve("state").resolve("rollout.db").toString();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement direct = connection.createStatement()) {
      ResultSet row = direct.executeQuery("SELECT body FROM events WHERE seq = " + seq);
      String changed = row.getString(1).replaceFirst("\"value\":[0-9.]+", "\"value\":1");
      direct.execute("UPDATE events SET body = '" + changed + "' WHERE seq = " + seq);
    }
  }
}
