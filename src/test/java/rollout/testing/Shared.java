package rollout.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data that lives beside the repository: tests that need it are skipped where it is absent. */
public final class Shared {
  private Shared() {}

  /** A file or folder of the shared data; skips the test, loudly, when it is not there. */
  public static Path require(String relative) {
    Path path = Path.of(System.getProperty("rollout.shared", "../shared"), relative);
    if (!Files.exists(path)) {
      System.err.println(
          "SKIPPED: the shared data lacks " + relative + "; set -Drollout.shared=DIR");
      abort("the shared data lacks " + relative);
    }
    return path;
  }
}
