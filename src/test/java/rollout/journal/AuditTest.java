package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollout.core.Event;
import rollout.plan.RolloutId;
import rollout.port.Audit.Break;
import rollout.port.Audit.Finding;
import rollout.port.Head;
import rollout.port.PortException;

/** Whoever changes the journal past the program is found out, with the place. */
class AuditTest {
  private static final RolloutId ID = Examples.ROLLOUT;
  private static final String HERE = "rollout = '" + ID + "' AND ";

  @TempDir private Path folder;

  private Head witness;

  @BeforeEach
  void aJournalOfSixEvents() throws Exception {
    try (Store store = open()) {
      store.journal().append(ID, 0, List.of(Examples.started(ID, false)));
      store.journal().append(ID, 1, Examples.ordinaryLook(1, 2));
      store.journal().append(ID, 3, Examples.ordinaryLook(2, 2));
      store.journal().append(ID, 5, List.of(new Event.Completed(Examples.AT)));
      store
          .journal()
          .append(
              new RolloutId("other"), 0, List.of(Examples.started(new RolloutId("other"), true)));
      witness = store.journal().head(ID);
    }
  }

  @Test
  void whatNobodyTouchedIsIntact() throws Exception {
    Finding finding = verify(witness, Head.START);
    assertEquals(
        new Finding(ID.value(), Optional.of(Examples.FLAG.value()), 6, witness, List.of()),
        finding);
    try (Store store = open()) {
      assertEquals(List.of("other", ID.value()), store.audit().rollouts());
      assertTrue(store.audit().verify("other", List.of()).isIntact());
    }
  }

  /** Computed by hand, so that no later program computes it in another way by mistake. */
  @Test
  void theHashIsThatOfTheRowInDecimalLengthsAndBytes() {
    EventRow row = new EventRow("r", 1, 1, "Completed", "2026-11-22T14:05:01Z", "{é}", "");
    assertEquals(
        sha256("64:" + "0".repeat(64) + "1:r1:11:19:Completed20:2026-11-22T14:05:01Z4:{é}"),
        row.linkTo(Head.START.hash()));
  }

  @Test
  void aChangedTextIsFound() throws Exception {
    sql("UPDATE events SET body = replace(body, '}', ' }') WHERE " + HERE + "seq = 3");
    assertBreaks(new Break(3, changed(2)));
  }

  @Test
  void aChangedHashIsFoundThereAndInTheNext() throws Exception {
    sql("UPDATE events SET hash = '" + "0".repeat(64) + "' WHERE " + HERE + "seq = 3");
    assertBreaks(new Break(3, changed(2)), new Break(4, changed(3)));
  }

  @Test
  void aChangedTimeIsFoundInTheColumnAndInTheText() throws Exception {
    sql("UPDATE events SET at = '2020-01-01T00:00:00Z' WHERE " + HERE + "seq = 2");
    String at = Examples.ordinaryLook(1, 2).get(0).at().toString();
    assertBreaks(
        new Break(
            2,
            "its text says otherwise than its column at (\"2020-01-01T00:00:00Z\", not \""
                + at
                + "\")"));
    sql(
        "UPDATE events SET body = replace(body, '"
            + at
            + "', '2020-01-01T00:00:00Z') WHERE "
            + HERE
            + "seq = 2");
    assertBreaks(new Break(2, changed(1)));
  }

  @Test
  void twoSwappedEventsAreFound() throws Exception {
    sql(
        "UPDATE events SET seq = -seq WHERE " + HERE + "seq IN (2, 3)",
        "UPDATE events SET seq = 5 + seq WHERE " + HERE + "seq < 0");
    assertBreaks(new Break(2, changed(1)), new Break(3, changed(2)), new Break(4, changed(3)));
  }

  @Test
  void aMissingEventIsFound() throws Exception {
    sql("DELETE FROM events WHERE " + HERE + "seq = 3");
    assertBreaks(new Break(4, "event 3 before it is missing"));
    sql("DELETE FROM events WHERE " + HERE + "seq = 2");
    assertBreaks(new Break(4, "events 2 to 3 before it are missing"));
  }

  @Test
  void aMissingTailIsFoundByAWitnessAlone() throws Exception {
    sql(
        "DELETE FROM events WHERE " + HERE + "seq = 6",
        "UPDATE rollouts SET finished = 0 WHERE id = '" + ID + "'");
    assertTrue(verify().isIntact());
    assertEquals(
        List.of(new Break(6, "the witness saw this event, and the history ends with event 5")),
        verify(witness).breaks());
  }

  @Test
  void aForgedEventIsFound() throws Exception {
    sql(
        "INSERT INTO events SELECT rollout, 7, version, type, at, body, hash FROM events WHERE "
            + HERE
            + "seq = 6");
    assertBreaks(new Break(7, changed(6)));
  }

  /** Who knows how hashes are made can make them all anew; a head kept elsewhere tells. */
  @Test
  void aHistoryThatWasForgedWithItsHashesIsFoundByAWitnessAlone() throws Exception {
    sql(
        "UPDATE events SET body = replace(body, '}', ' }') WHERE " + HERE + "seq = 3",
        "UPDATE events SET hash = ''");
    try (Connection connection = connection()) {
      Migration.chaining().apply(connection);
    }
    assertTrue(verify().isIntact());
    assertEquals(
        List.of(
            new Break(6, "the witness saw another event here, with the hash " + witness.hash())),
        verify(witness).breaks());
  }

  @Test
  void aRolloutThatWasDeclaredFinishedIsFound() throws Exception {
    sql("UPDATE rollouts SET finished = 1 WHERE id = 'other'");
    try (Store store = open()) {
      Finding other = store.audit().verify("other", List.of());
      assertEquals(0, other.breaks().get(0).seq());
      assertTrue(other.breaks().get(0).what().startsWith("the list says other of "), "" + other);
    }
  }

  @Test
  void aRolloutWithoutEventsAndEventsWithoutARolloutAreFound() throws Exception {
    sql(
        "DELETE FROM events WHERE rollout = 'other'",
        "DELETE FROM rollouts WHERE id = '" + ID + "'");
    assertBreaks(new Break(0, "the rollout has events, and is missing from the list"));
    try (Store store = open()) {
      assertEquals(List.of("other", ID.value()), store.audit().rollouts());
      assertEquals(
          List.of(new Break(0, "the rollout is in the list, and its first event is missing")),
          store.audit().verify("other", List.of()).breaks());
    }
  }

  @Test
  void aWitnessOfARolloutThatIsGoneIsHeard() throws Exception {
    sql("DELETE FROM events WHERE " + HERE + "1", "DELETE FROM rollouts WHERE id = '" + ID + "'");
    assertEquals(
        List.of(new Break(6, "the witness saw this event, and the history ends with event 0")),
        verify(witness).breaks());
  }

  /** A journal from before there was a chain is chained as it is found. */
  @Test
  void anOldJournalIsChainedWhenItIsOpened() throws Exception {
    sql("ALTER TABLE events DROP COLUMN hash", "PRAGMA user_version = 1");
    try (Store store = open()) {
      assertEquals(6, store.journal().read(ID).version());
      assertEquals(witness, store.journal().head(ID));
    }
    assertTrue(verify(witness).isIntact());
  }

  private void assertBreaks(Break... breaks) throws PortException {
    assertEquals(List.of(breaks), verify().breaks());
  }

  private static String changed(int before) {
    return "its hash is not that of its text behind event "
        + before
        + ": one of the two was changed after it was written";
  }

  private Finding verify(Head... witnesses) throws PortException {
    try (Store store = open()) {
      return store.audit().verify(ID.value(), List.of(witnesses));
    }
  }

  private Store open() throws PortException {
    String url = "sqlite:" + folder.resolve("rollout.db");
    return Stores.open(url, name -> null, holder -> Processes.Fate.UNKNOWN);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement direct = connection.createStatement()) {
      for (String statement : statements) {
        direct.execute(statement);
      }
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rollout.db"));
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
