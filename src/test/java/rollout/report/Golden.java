package rollout.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a whole text with a file of {@code src/test/resources}. Run with {@code
 * -Drollout.rewrite=true} to write the files anew, then read the difference before it is committed.
 */
final class Golden {
  private static final Path FOLDER =
      Path.of(System.getProperty("rollout.basedir", "."), "src", "test", "resources");

  private Golden() {}

  static void check(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("rollout.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "differs from " + file);
  }
}
