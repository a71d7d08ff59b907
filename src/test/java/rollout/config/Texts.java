package rollout.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Files that tests read. */
final class Texts {
  private Texts() {}

  /** A file beside the tests of this package. */
  static String resource(String name) {
    try (InputStream stream = Texts.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A file of the repository. */
  static String repository(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path path(String name) {
    return Path.of(System.getProperty("rollout.basedir", ".")).resolve(name);
  }
}
