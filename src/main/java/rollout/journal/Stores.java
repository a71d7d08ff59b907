package rollout.journal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import rollout.port.PortException;

/** Opens the state that {@code --state} names. */
public final class Stores {
  private static final String SQLITE = "sqlite:";
  private static final String SQLITE_EXAMPLE = "sqlite:/home/me/rollout.db";
  private static final String POSTGRES_EXAMPLE = "postgresql://me@db.example.com:5432/rollout";

  private Stores() {}

  /**
   * Opens a database, and makes it where there is none.
   *
   * @param url {@code sqlite:PATH}, or {@code postgresql://USER@HOST/DATABASE}
   * @param environment where a password may be found that the URL does not hold
   * @param processes tells which holders of leases are gone
   * @throws PortException of kind REFUSED when the url, the file, its folder or the server will not
   *     do; NOT_DONE when it was busy, or did not answer
   */
  public static Store open(String url, Function<String, String> environment, Processes processes)
      throws PortException {
    if (PostgresUrl.isOne(url)) {
      PostgresUrl there =
          PostgresUrl.parse(url, environment)
              .orElseThrow(() -> refused(url, "it has not the form", POSTGRES_EXAMPLE));
      return new Store(Database.open(new Postgres(there)), processes);
    }
    Path file = fileOf(url);
    StateFile.prepare(file);
    return new Store(Sqlite.open(file), processes);
  }

  /** A state's URL as it may be shown: without what may be a password. */
  public static String shown(String url) {
    return url.startsWith(SQLITE) ? url : PostgresUrl.withoutSecrets(url);
  }

  private static Path fileOf(String url) throws PortException {
    String path = url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "";
    if (!url.startsWith(SQLITE)) {
      throw refused(url, "it is neither sqlite:PATH nor postgresql://…", SQLITE_EXAMPLE);
    }
    if (path.isBlank() || path.endsWith("/")) {
      throw refused(url, "it names no file", SQLITE_EXAMPLE);
    }
    if (path.startsWith("~")) {
      throw refused(url, "no shell has filled in ~; write the whole path", SQLITE_EXAMPLE);
    }
    if (path.contains("?")) {
      throw refused(url, "a path with a question mark cannot be used", SQLITE_EXAMPLE);
    }
    try {
      return Path.of(path).toAbsolutePath();
    } catch (InvalidPathException failure) {
      throw refused(url, failure.getMessage(), SQLITE_EXAMPLE);
    }
  }

  private static PortException refused(String url, String why, String example) {
    return new PortException(
        PortException.Kind.REFUSED,
        0,
        "Could not open the state \""
            + shown(url)
            + "\": "
            + why
            + "; name it as in --state "
            + example,
        null);
  }
}
