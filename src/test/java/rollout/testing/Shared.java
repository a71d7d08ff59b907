package rollout.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Recorded data that lies beside the repository and is never copied into it. */
public final class Shared {
  private Shared() {}

  /** The file, or an aborted test with a loud line when it is not there. */
  public static Path require(String relative) {
    Path path = Path.of(System.getProperty("rollout.shared", "../shared")).resolve(relative);
    if (!Files.exists(path)) {
      System.err.println("SKIPPED for want of shared data: " + path);
    }
    Assumptions.assumeTrue(Files.exists(path), () -> "no shared data at " + path);
    return path;
  }
}
