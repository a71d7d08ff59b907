package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.Product;
import rollout.testing.ShortPlans;

/** The commands that only show something, after a rollout that was completed. */
@Timeout(30)
class ViewsTest {
  @TempDir static Path directory;
  private static Playground playground;

  @BeforeAll
  static void completeOne() {
    playground = Playground.open(directory, ShortPlans.oneStage(), "healthy");
    assertEquals(0, playground.run("start", FLAG).code());
  }

  @AfterAll
  static void close() {
    playground.close();
  }

  @ParameterizedTest
  @CsvSource({
    "status FLAG, completed, phase",
    "status, completed, rollouts",
    "list, completed, rollouts",
    "history FLAG, low, events",
    "plan FLAG, value=5&key=percentage_of_actors, flag",
    "lint, warning, problems",
    "doctor, prometheus, servers",
  })
  void showsTextAndExactlyOneJsonDocument(String line, String word, String field) {
    String command = line.replace("FLAG", FLAG);
    Ended text = playground.run(command.split(" "));
    assertEquals(0, text.code(), text::toString);
    assertTrue(text.out().contains(word), text::toString);
    Ended json = playground.run((command + " -o json").split(" "));
    assertEquals(0, json.code(), json::toString);
    assertTrue(json.json().has(field), json::toString);
  }

  @Test
  void theStatusHasTheFieldsOfTheContract() {
    JsonNode status = playground.status();
    List<String> fields =
        List.of(
            "flag",
            "rollout",
            "phase",
            "sealed",
            "stage",
            "exposure",
            "reason",
            "started_at",
            "stage_verified_at",
            "bake_ends_at",
            "next_look_at",
            "guardrails",
            "exit_code");
    fields.forEach(field -> assertTrue(status.has(field), () -> field + " in " + status));
    assertEquals("5%", status.path("exposure").path("production").asText());
    assertEquals(0, playground.run("status", FLAG, "--exit-code").code());
  }

  @Test
  void theHistoryIsNumberedWithoutGapsFromOne() {
    List<Integer> numbers =
        StreamSupport.stream(playground.history().spliterator(), false)
            .map(event -> event.path("seq").asInt())
            .toList();
    for (int i = 0; i < numbers.size(); i++) {
      assertEquals(i + 1, numbers.get(i));
    }
  }

  @Test
  void nothingIsKnownOfAFreshState(@TempDir Path fresh) {
    Product product = Product.in(fresh);
    for (String command : List.of("list", "status")) {
      Ended ended = product.run(command, "-o", "json");
      assertEquals(0, ended.code(), ended::toString);
      assertEquals(0, ended.json().path("rollouts").size());
    }
  }

  @Test
  void messagesForPeopleGoBesideTheDocument() {
    Ended ended = playground.run("start", FLAG, "-o", "json");
    assertEquals(3, ended.code());
    assertEquals("completed", ended.json().path("phase").asText());
    assertTrue(ended.err().contains("--again"), ended::toString);
  }

  @Test
  void theDoctorSaysWhatIsIll() {
    Product other = playground.product().with("PRODUCTION_TOKEN", "glpat-mistyped");
    Ended ended = other.run("doctor");
    assertEquals(3, ended.code(), ended::toString);
    assertTrue(ended.out().contains("401"), ended::toString);
  }

  @Test
  void theCompletionIsAScriptThatBashReads() throws IOException, InterruptedException {
    Ended ended = playground.run("completion");
    assertEquals(0, ended.code());
    Path script = Files.writeString(directory.resolve("completion.bash"), ended.out());
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
    Process bash = new ProcessBuilder("/bin/bash", "-n", script.toString()).inheritIO().start();
    assertEquals(0, bash.waitFor());
    assertTrue(ended.out().contains("promote"));
  }
}
