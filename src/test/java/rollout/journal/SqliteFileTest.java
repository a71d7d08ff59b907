package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollout.core.Event;
import rollout.plan.RolloutId;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.StaleVersion;

/** What the journal in a file does beyond the contract. */
class SqliteFileTest {
  private static final RolloutId ID = Examples.ROLLOUT;

  @TempDir private Path folder;

  private Journal open() throws PortException {
    return Stores.open(url(), name -> null, holder -> Processes.Fate.UNKNOWN).journal();
  }

  @Test
  void staleAppendsSayWhatWasFound() throws Exception {
    try (Journal journal = open()) {
      List<Event> begin = List.of(Examples.started(ID, false));
      assertStale(journal, 5, "has no events here, though 5 events had been read of it");
      journal.append(ID, 0, begin);
      assertStale(journal, 0, "was begun already and has 1 event;");
      assertStale(journal, 5, "has 1 event, though 5 events had been read of it");
      journal.append(ID, 1, Examples.ordinaryLook(1, 1));
      assertStale(journal, 2, "Another process wrote event 3 of rollout " + ID);
      assertStale(journal, 1, "Another process wrote events 2 to 3 of rollout " + ID);
    }
  }

  @Test
  void aHistoryOfManyThousandEventsIsReadFast() throws Exception {
    try (Journal journal = open()) {
      journal.append(ID, 0, List.of(Examples.started(ID, false)));
      List<Event> looks = new ArrayList<>();
      for (int look = 1; look <= 12_500; look++) {
        looks.addAll(Examples.ordinaryLook(look, 6));
      }
      journal.append(ID, 1, looks);
      ThreadMXBean thread = ManagementFactory.getThreadMXBean();
      long before = thread.getCurrentThreadCpuTime();
      assertEquals(25_001, journal.read(ID).version());
      Duration spent = Duration.ofNanos(thread.getCurrentThreadCpuTime() - before);
      // One second is the aim and what it takes; more than four is another algorithm.
      assertTrue(spent.toSeconds() < 4, "reading took " + spent + " of processor time");
    }
  }

  /**
   * Killed in the middle of its work, again and again: what it reported is there, without a gap.
   */
  @Test
  void nothingThatWasReportedIsLostInACrash() throws Exception {
    long reported = 0;
    for (int round = 1; round <= 3; round++) {
      reported = Math.max(reported, killAfter(40 * round));
      try (Journal journal = open()) {
        long found = journal.version(ID);
        assertTrue(found >= reported, "reported " + reported + ", found " + found);
        assertEquals(found, journal.read(ID).events().size());
        for (long seq = 2; seq <= found; seq++) {
          assertEquals(
              "" + seq, ((Event.Sealed) journal.readAfter(ID, seq - 1).get(0)).environment());
        }
      }
    }
  }

  /** Starts {@link AppendForever}, kills it after so many reports, returns the last one. */
  private long killAfter(int reports) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AppendForever.class.getName(),
                url())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      String last = "0";
      for (int i = 0; i < reports; i++) {
        last = lines.readLine();
      }
      // Not Process.destroyForcibly: that would close the stream with the last reports in it.
      process.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      process.waitFor();
      return Long.parseLong(last);
    }
  }

  @Test
  void aDamagedEventIsNamed() throws Exception {
    try (Journal journal = open()) {
      journal.append(ID, 0, List.of(Examples.started(ID, false), Examples.judged(1)));
      sql("UPDATE events SET body = '{' WHERE seq = 2");
      PortException damaged = assertThrows(PortException.class, () -> journal.read(ID));
      assertTrue(damaged.getMessage().startsWith("Event 2 of rollout " + ID + " is damaged"));
      assertEquals(PortException.Kind.REFUSED, damaged.kind());
      assertEquals(2, journal.version(ID));
    }
  }

  @Test
  void theDatabaseItselfRefusesASecondUnfinishedRollout() throws Exception {
    try (Journal journal = open()) {
      journal.append(ID, 0, List.of(Examples.started(ID, false)));
      String insert =
          "INSERT INTO rollouts (id, flag, sandbox, started_at) SELECT 'x', flag, 0, 'now' FROM"
              + " rollouts";
      SQLException refused = assertThrows(SQLException.class, () -> sql(insert));
      assertTrue(refused.getMessage().contains("UNIQUE"), refused.getMessage());
    }
  }

  @Test
  void afterClosingOneFileIsLeft() throws Exception {
    Journal journal = open();
    journal.append(ID, 0, List.of(Examples.started(ID, false)));
    journal.close();
    journal.close();
    try (Stream<Path> left = Files.list(file().getParent())) {
      assertEquals(List.of(file()), left.toList());
    }
    Path copy = folder.resolve("copy.db");
    Files.copy(file(), copy, StandardCopyOption.COPY_ATTRIBUTES);
    try (Journal copied =
        Stores.open("sqlite:" + copy, name -> null, holder -> Processes.Fate.UNKNOWN).journal()) {
      assertEquals(1, copied.version(ID));
    }
  }

  @Test
  void aClosedJournalSaysSo() throws Exception {
    Journal journal = open();
    journal.close();
    PortException closed = assertThrows(PortException.class, () -> journal.version(ID));
    assertTrue(closed.getMessage().startsWith("Could not ask for the last event of rollout "));
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement direct = connection.createStatement()) {
      direct.execute(statement);
    }
  }

  private static void assertStale(Journal journal, long expected, String clause) {
    StaleVersion stale =
        assertThrows(
            StaleVersion.class,
            () -> journal.append(ID, expected, List.of(Examples.started(ID, false))));
    assertTrue(stale.getMessage().contains(clause), stale.getMessage());
  }

  private Path file() {
    return folder.resolve("state").resolve("rollout.db");
  }

  private String url() {
    return "sqlite:" + file();
  }
}
