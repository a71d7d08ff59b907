package rollout.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The machine's behaviour as texts to read: {@code src/test/resources/transcripts}. {@code
 * -Drollout.rewrite=true} writes what happens into the files; read the difference before you commit
 * it.
 */
class TranscriptTest {
  static final Path DIRECTORY =
      Path.of(System.getProperty("rollout.basedir", "."), "src/test/resources/transcripts");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatHappens(Path file) throws IOException {
    String played = Transcript.play(file).text();
    if (Boolean.getBoolean("rollout.rewrite")) {
      Files.writeString(file, played);
    }
    assertEquals(Transcript.read(file), played, () -> "see " + file);
  }

  @Test
  void everyEventAndEveryHoldHappensSomewhere() throws IOException {
    Set<String> unseen = new TreeSet<>();
    Arrays.stream(Event.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .forEach(unseen::add);
    Set<HoldKind> unheld = EnumSet.allOf(HoldKind.class);
    for (Path file : files()) {
      for (Event event : Transcript.play(file).driver().journal) {
        unseen.remove(event.getClass().getSimpleName());
        if (event instanceof Event.Held held) {
          unheld.remove(held.kind());
        }
      }
    }
    assertTrue(unseen.isEmpty() && unheld.isEmpty(), () -> "never seen: " + unseen + unheld);
  }
}
