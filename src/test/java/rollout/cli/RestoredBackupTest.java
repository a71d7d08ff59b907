package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** No process remembers what the journal lost: then GitLab is the witness. */
@Timeout(60)
class RestoredBackupTest {
  @TempDir Path directory;

  @Test
  void aJournalThatDoesNotKnowOfTheLastRaiseHoldsAndIsTakenBack() throws IOException {
    try (Playground playground = Playground.open(directory, ShortPlans.fourStages(), "healthy")) {
      assertEquals(0, playground.run("stage", FLAG, "staging").code());
      assertEquals(0, playground.run("stage", FLAG, "low").code());
      Path journal = playground.product().state().resolve("rollout.db");
      Path backup = Files.copy(journal, directory.resolve("backup"), copying());
      assertEquals(0, playground.run("stage", FLAG, "mid").code());
      Files.copy(backup, journal, copying());

      Ended stage = playground.run("stage", FLAG, "mid");

      assertEquals(4, stage.code(), stage::toString);
      assertEquals(List.of("5", "50"), playground.raises("production"));
      assertEquals("held", playground.status().path("phase").asText());
      assertTrue(playground.has("DriftSeen", 1));
      assertEquals(0, playground.run("abort", FLAG).code());
      assertTrue(playground.gates("production").isOff());
    }
  }

  private static StandardCopyOption[] copying() {
    return new StandardCopyOption[] {
      StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES
    };
  }
}
