package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Product;
import rollout.testing.ShortPlans;

/** {@code audit verify} as people and pipelines meet it. */
@Timeout(60)
class AuditCommandTest {
  @TempDir static Path made;
  @TempDir Path directory;

  private Product product;
  private JsonNode head;

  @BeforeAll
  static void rollOut() {
    try (Playground playground = Playground.open(made, ShortPlans.oneStage(), "healthy")) {
      assertEquals(0, playground.run("start", FLAG).code());
    }
  }

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(Product.in(made).state())) {
      Path database = files.filter(file -> file.toString().endsWith(".db")).findFirst().get();
      Files.copy(database, directory.resolve("rollout.db"));
    }
    product =
        Product.in(directory).with("ROLLOUT_STATE", "sqlite:" + directory.resolve("rollout.db"));
    head = product.run("status", FLAG, "-o", "json").json();
  }

  @Test
  void whatIsIntactEndsWith0AndSaysItsHeads() {
    Ended text = product.run("audit", "verify");
    assertEquals(0, text.code(), text::toString);
    assertTrue(text.out().contains("head " + witness() + "\n"), text::toString);
    assertTrue(text.out().contains("1 rollout, "), text::toString);
    assertTrue(text.out().contains(": every link holds."), text::toString);
    JsonNode json = product.run("audit", "verify", FLAG, "-o", "json").json();
    assertTrue(json.path("intact").asBoolean());
    assertEquals(head.path("audit").path("head"), json.path("rollouts").path(0).path("head"));
    assertEquals(head.path("audit").path("seq"), json.path("rollouts").path(0).path("seq"));
    String rollout = head.path("rollout").asText();
    assertEquals(
        0, product.run("audit", "verify", "--rollout", rollout, "--head", witness()).code());
  }

  @Test
  void aBrokenLinkEndsWith3AndIsNamed() throws SQLException {
    sql("UPDATE events SET body = replace(body, '}', ' }') WHERE seq = 4");
    Ended text = product.run("audit", "verify");
    assertEquals(3, text.code(), text::toString);
    assertTrue(text.out().contains("  event 4  its hash is not that of its text"), text::toString);
    assertTrue(text.out().contains("1 rollout NOT INTACT"), text::toString);
    Ended json = product.run("audit", "verify", "-o", "json");
    assertEquals(3, json.code(), json::toString);
    JsonNode broken = json.json().path("rollouts").path(0).path("breaks").path(0);
    assertEquals(4, broken.path("seq").asInt());
  }

  @Test
  void aTailThatIsGoneIsFoundByTheHeadThatSomebodyKept() throws SQLException {
    int last = head.path("audit").path("seq").asInt();
    sql("DELETE FROM events WHERE seq = " + last, "UPDATE rollouts SET finished = 0");
    assertEquals(0, product.run("audit", "verify", FLAG).code());
    Ended ended = product.run("audit", "verify", FLAG, "--head", witness());
    assertEquals(3, ended.code(), ended::toString);
    assertTrue(
        ended.out().contains("event " + last + "  the witness saw this event"), ended::toString);
  }

  @Test
  void whatIsNotThereOrNoHeadIsSaidToBe() {
    assertEquals(3, product.run("audit", "verify", "some_other_flag").code());
    assertEquals(3, product.run("audit", "verify", "--rollout", "x-1").code());
    Ended usage = product.run("audit", "verify", "--head", "x:1");
    assertEquals(2, usage.code(), usage::toString);
    assertTrue(usage.err().contains("is no head"), usage::toString);
    assertEquals(2, product.run("audit").code());
    Ended help = product.run("audit", "verify", "--help");
    assertTrue(help.out().contains("--head=ROLLOUT:SEQ:HASH"), help::toString);
  }

  private String witness() {
    JsonNode audit = head.path("audit");
    return head.path("rollout").asText()
        + ":"
        + audit.path("seq").asText()
        + ":"
        + audit.path("head").asText();
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("rollout.db"));
        Statement direct = connection.createStatement()) {
      for (String statement : statements) {
        direct.execute(statement);
      }
    }
  }
}
