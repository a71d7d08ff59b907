package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollout.core.Event;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.PortException.Kind;

/** When SQLite fails, what is known of the write is said, and nothing is half written. */
class SqliteFailureTest {
  @TempDir private Path folder;

  private Path file;
  private Database database;
  private Journal journal;

  @BeforeEach
  void openIt() throws PortException {
    file = folder.resolve("rollout.db");
    database = Sqlite.open(file);
    journal = new JdbcJournal(database);
  }

  @AfterEach
  void closeIt() {
    journal.close();
  }

  @Test
  void aLockedDatabaseIsNotDone() throws Exception {
    execute("PRAGMA busy_timeout = 10");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertFails(Kind.NOT_DONE, "another process kept the file locked");
      statement.execute("ROLLBACK");
    }
    assertEquals(3, append());
  }

  @Test
  void aFullDiskIsNotDone() throws Exception {
    execute("PRAGMA max_page_count = 1");
    assertFails(Kind.NOT_DONE, "the disk is full");
    execute("PRAGMA max_page_count = 1000000");
    assertEquals(3, append());
  }

  @Test
  void aFileThatMayNotBeWrittenIsRefused() throws Exception {
    execute("PRAGMA query_only = ON");
    assertFails(Kind.REFUSED, "the file or its folder may not be written");
    execute("PRAGMA query_only = OFF");
    assertEquals(3, append());
  }

  @Test
  void aCommitThatFailsIsUnknown() throws Exception {
    execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
    execute("CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    PortException failure =
        assertThrows(
            PortException.class,
            () ->
                database.<Boolean, PortException>transact(
                    "write a child",
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        return statement.execute("INSERT INTO child VALUES (1)");
                      }
                    }));
    assertEquals(Kind.UNKNOWN, failure.kind());
    assertTrue(failure.getMessage().startsWith("Could not write a child in " + file));
    assertTrue(failure.getMessage().endsWith("read before writing."), failure.getMessage());
    assertEquals(3, append());
  }

  private void assertFails(Kind kind, String why) throws PortException {
    PortException failure = assertThrows(PortException.class, this::append);
    assertEquals(kind, failure.kind(), failure.getMessage());
    String sentence = "Could not write events of rollout " + Examples.ROLLOUT + " in " + file;
    assertTrue(failure.getMessage().startsWith(sentence + ": " + why), failure.getMessage());
    assertEquals(0, journal.version(Examples.ROLLOUT));
  }

  /** More than fits the pages that an empty database has. */
  private long append() throws Exception {
    List<Event> events = new ArrayList<>();
    events.add(Examples.started(Examples.ROLLOUT, false));
    events.addAll(Examples.ordinaryLook(1, 50));
    return journal.append(Examples.ROLLOUT, 0, events);
  }

  private void execute(String sql) throws PortException {
    database.<Boolean>read(
        "try " + sql,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
