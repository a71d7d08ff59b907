package rollout.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Recorded data that lies beside the repository and is never copied into it. */
public final class Shared {
  private Shared() {}

  /** Says that a test was skipped because the shared data are not there. */
  static final class Missing extends TestAbortedException {
    private static final long serialVersionUID = 1;

    Missing(Path path) {
      super("no shared data at " + path);
    }
  }

  /** Where they are looked for: the system property {@code rollout.shared}, else ../shared. */
  static Path directory() {
    return Path.of(System.getProperty("rollout.shared", "../shared"));
  }

  /** The file, or an aborted test with a loud line when it is not there. */
  public static Path require(String relative) {
    Path path = directory().resolve(relative);
    if (!Files.exists(path)) {
      System.err.println("SKIPPED for want of shared data: " + path);
      throw new Missing(path);
    }
    return path;
  }
}
