package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that is said of a file, line by line: {@code golden/NAME.yaml} and {@code NAME.txt}.
 * {@code -Drollout.rewrite=true} writes the latter; read them before you commit them.
 */
class GoldenTest {
  private static final String FOLDER = "src/test/resources/rollout/config/golden/";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "closed-windows",
        "compare",
        "compare-lint",
        "empty",
        "evidence",
        "keys",
        "lint",
        "list",
        "logs-lint",
        "magic",
        "meaning",
        "sources",
        "syntax",
        "text",
        "unclosed",
        "unsupported",
        "windows"
      })
  void everyProblemIsSaidAtItsPlace(String name) throws IOException {
    String said =
        PlanReader.read("rollout.yaml", Texts.repository(FOLDER + name + ".yaml"))
            .problems()
            .stream()
            .map(problem -> problem + "\n")
            .collect(Collectors.joining());
    Path golden = Texts.path(FOLDER + name + ".txt");
    if (Boolean.getBoolean("rollout.rewrite")) {
      Files.writeString(golden, said);
    }
    assertEquals(Files.readString(golden), said);
  }
}
