package rollout.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static rollout.testing.Playground.FLAG;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rollout.testing.Ended;
import rollout.testing.Playground;
import rollout.testing.ShortPlans;

/** A token goes to its server and nowhere else, whether it stands in a variable or in the file. */
@Timeout(30)
class SecretsTest {
  private static final String TOKEN = "glpat-sandbox-administrator";
  private static final String WRONG = "glpat-not-known-to-gitlab";

  @TempDir Path directory;

  @Test
  void noTokenIsPrintedOrKept() throws IOException {
    String plan = ShortPlans.oneStage().replace("${PRODUCTION_TOKEN}", TOKEN);
    try (Playground playground = Playground.open(directory, plan, "healthy")) {
      playground.set("STAGING_TOKEN", WRONG);
      StringBuilder printed = new StringBuilder();
      Ended start = playground.run("start", FLAG, "-v");
      assertEquals(0, start.code(), start::toString);
      printed.append(start);
      for (String command : List.of("status", "history", "plan")) {
        printed.append(playground.run(command, FLAG, "-v"));
        printed.append(playground.run(command, FLAG, "-o", "json"));
      }
      printed.append(playground.run("doctor", "-v")).append(playground.run("doctor", "-o", "json"));
      printed.append(playground.run("lint")).append(playground.run("list", "-o", "json"));
      printed.append(playground.run("abort", FLAG, "-v"));
      assertHasNone(printed.toString());
      for (Path file : files(playground.product().state())) {
        assertHasNone(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      assertFalse(found.isEmpty(), "the state is somewhere else");
      return found;
    }
  }

  private static void assertHasNone(String text) {
    for (String secret : List.of(TOKEN, WRONG)) {
      assertFalse(text.contains(secret), () -> secret + " is in:\n" + text);
    }
  }
}
