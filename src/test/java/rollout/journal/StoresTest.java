package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

class StoresTest {
  @TempDir private Path folder;

  @Test
  void whatItMakesIsForThisUserOnly() throws Exception {
    Path file = folder.resolve("a/b/rollout.db");
    try (Store store = open(file)) {
      store
          .journal()
          .append(Examples.ROLLOUT, 0, List.of(Examples.started(Examples.ROLLOUT, true)));
      assertMode("rwx------", folder.resolve("a"));
      assertMode("rwx------", folder.resolve("a/b"));
      assertMode("rw-------", file);
      assertMode("rw-------", folder.resolve("a/b/rollout.db-wal"));
      assertMode("rw-------", folder.resolve("a/b/rollout.db-shm"));
    }
  }

  @Test
  void aFolderThatWasThereIsLeftAsItIs() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    open(open.resolve("rollout.db")).close();
    assertMode("rwxr-xr-x", open);
    assertMode("rw-------", open.resolve("rollout.db"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rollout.db | it is neither sqlite:PATH nor postgresql://…",
        "mysql://db/rollout | it is neither sqlite:PATH nor postgresql://…",
        "sqlite: | it names no file",
        "sqlite:folder/ | it names no file",
        "sqlite:~/rollout.db | no shell has filled in ~; write the whole path",
        "sqlite:a?mode=memory | a path with a question mark cannot be used",
      })
  void anUrlThatNamesNoFileIsRefused(String url, String why) {
    assertEquals(
        "Could not open the state \""
            + url
            + "\": "
            + why
            + "; name it as in --state sqlite:/home/me/rollout.db",
        refusal(url));
  }

  @Test
  void aFileThatOthersMayUseIsTakenFromThem() throws Exception {
    Path file = Files.createFile(folder.resolve("rollout.db"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    open(file).close();
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void aLinkIsRefused() throws Exception {
    Path there = folder.resolve("there.db");
    open(there).close();
    Path link = Files.createSymbolicLink(folder.resolve("rollout.db"), there);
    assertRefused(link, "it is a symbolic link; name the file that it points to");
    Path dangling = folder.resolve("dangling.db");
    Files.createSymbolicLink(dangling, folder.resolve("nowhere"));
    assertRefused(dangling, "it is a symbolic link; name the file that it points to");
  }

  @Test
  void aLinkInThePlaceOfTheLogIsRefused() throws Exception {
    Path file = folder.resolve("rollout.db");
    open(file).close();
    Path log = folder.resolve("rollout.db-wal");
    Files.createSymbolicLink(log, folder.resolve("elsewhere"));
    String refusal = refusal("sqlite:" + file);
    assertTrue(refusal.startsWith("Could not keep the state in " + log + ": it is a sym"), refusal);
  }

  @Test
  void aFolderInThePlaceOfTheFileIsRefused() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("rollout.db")), "it is not a file");
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(file.resolve("rollout.db"), file + " is no folder; name another file");
    assertRefused(file.resolve("deeper/rollout.db"), "it cannot be made (");
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
    Path file = privateFile("rollout.db", "Dear diary, today nothing happened. ".repeat(99));
    byte[] before = Files.readAllBytes(file);
    String refusal = refusal("sqlite:" + file);
    assertTrue(
        refusal.startsWith(
            "Could not open the state in " + file + ": the file is no database of this program"),
        refusal);
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws Exception {
    Path file = privateFile("rollout.db", "");
    sql(file, "CREATE TABLE bookmarks (url TEXT)");
    byte[] before = Files.readAllBytes(file);
    assertEquals(
        "Could not open the state in "
            + file
            + ": the file is no database of this program; name another file with --state"
            + " sqlite:PATH.",
        refusal("sqlite:" + file));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aNewerDatabaseIsRefused() throws Exception {
    Path file = folder.resolve("rollout.db");
    open(file).close();
    sql(file, "PRAGMA user_version = 99");
    assertEquals(
        file
            + " was made by a newer version of this program (schema 99, this one knows 3);"
            + " upgrade this one, or name another --state",
        refusal("sqlite:" + file));
  }

  @Test
  void aDamagedDatabaseIsSaidToBe() throws Exception {
    Path file = folder.resolve("rollout.db");
    open(file).close();
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    try (Store store = open(file)) {
      PortException damaged =
          assertThrows(PortException.class, () -> store.journal().list(Journal.Kind.ANY));
      assertEquals(Kind.REFUSED, damaged.kind());
      assertTrue(damaged.getMessage().contains("the file is damaged"), damaged.getMessage());
    }
  }

  @Test
  void severalMayOpenANewDatabaseAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        Path file = folder.resolve("rollout-" + round + ".db");
        List<Future<Store>> opening = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          opening.add(threads.submit(() -> open(file)));
        }
        for (Future<Store> store : opening) {
          store.get().close();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private String refusal(String url) {
    PortException refused =
        assertThrows(
            PortException.class,
            () -> Stores.open(url, name -> null, holder -> Processes.Fate.UNKNOWN));
    assertEquals(Kind.REFUSED, refused.kind());
    return refused.getMessage();
  }

  private void assertRefused(Path file, String why) {
    String refusal = refusal("sqlite:" + file);
    assertTrue(refusal.startsWith("Could not keep the state in " + file + ": " + why), refusal);
  }

  private static void assertMode(String mode, Path path) throws IOException {
    assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  private static Store open(Path file) throws PortException {
    return Stores.open("sqlite:" + file, name -> null, holder -> Processes.Fate.UNKNOWN);
  }

  private Path privateFile(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  private static void sql(Path file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement direct = connection.createStatement()) {
      direct.execute(statement);
    }
  }
}
