package rollout.journal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import rollout.port.PortException;

/** Opens the state that {@code --state} names. */
public final class Stores {
  private static final String SQLITE = "sqlite:";

  private Stores() {}

  /**
   * Opens a database, and makes it where there is none.
   *
   * @param url {@code sqlite:PATH}
   * @param processes tells which holders of leases are gone
   * @throws PortException of kind REFUSED when the url, the file or its folder will not do;
   *     NOT_DONE when it was busy
   */
  public static Store open(String url, Processes processes) throws PortException {
    Path file = fileOf(url);
    StateFile.prepare(file);
    return new Store(Sqlite.open(file), processes);
  }

  private static Path fileOf(String url) throws PortException {
    String path = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
    if (!url.startsWith(SQLITE)) {
      throw refused(url, "only sqlite:PATH is supported");
    }
    if (path.isBlank() || path.endsWith("/")) {
      throw refused(url, "it names no file");
    }
    if (path.startsWith("~")) {
      throw refused(url, "no shell has filled in ~; write the whole path");
    }
    if (path.contains("?")) {
      throw refused(url, "a path with a question mark cannot be used");
    }
    try {
      return Path.of(path).toAbsolutePath();
    } catch (InvalidPathException failure) {
      throw refused(url, failure.getMessage());
    }
  }

  private static PortException refused(String url, String why) {
    return new PortException(
        PortException.Kind.REFUSED,
        0,
        "Could not open the state \""
            + url
            + "\": "
            + why
            + "; name it as in --state sqlite:/home/me/rollout.db",
        null);
  }
}
