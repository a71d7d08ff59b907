package rollout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import rollout.core.Event;
import rollout.port.Audit;
import rollout.port.Journal;
import rollout.port.PortException;
import rollout.port.PortException.Kind;
import rollout.testing.Eventually;
import rollout.testing.PostgresServer;
import rollout.testing.RealPostgres;
import rollout.testing.Wire;

/**
 * When PostgreSQL fails, what is known of the write is said, in time, and nothing is half written.
 */
@Timeout(60)
class PostgresFailureTest {
  /** In seconds; the product's own are longer. */
  private static final String IMPATIENT = "?socketTimeout=1&connectTimeout=1&loginTimeout=1";

  @RegisterExtension static final RealPostgres POSTGRES = new RealPostgres();

  private final String url = POSTGRES.newDatabase();
  private Store store;
  private Journal journal;

  @BeforeEach
  void openIt() throws Exception {
    store = open(url);
    journal = store.journal();
    journal.append(Examples.ROLLOUT, 0, List.of(Examples.started(Examples.ROLLOUT, false)));
  }

  @AfterEach
  void closeIt() {
    store.close();
  }

  @Test
  void aCutConnectionIsReplacedBeforeAnybodyNotices() throws Exception {
    killAllConnections();
    assertEquals(1, journal.version(Examples.ROLLOUT));
    killAllConnections();
    assertEquals(3, append(1));
  }

  @Test
  void aServerThatWasStoppedIsNotDoneAndOneThatCameBackIsUsed() throws Exception {
    POSTGRES.server().stop();
    try {
      PortException read = assertThrows(PortException.class, this::version);
      assertEquals(Kind.NOT_DONE, read.kind());
      assertTrue(
          read.getMessage()
              .contains("the server did not answer, or the connection broke (Connection to"),
          read.getMessage());
      PortException append = assertThrows(PortException.class, () -> append(1));
      assertEquals(Kind.NOT_DONE, append.kind());
      assertEquals(Kind.NOT_DONE, failure(url).kind());
    } finally {
      POSTGRES.server().start();
    }
    assertEquals(3, append(1));
  }

  @Test
  void aDeadNetworkIsNoticedInTime() throws Exception {
    try (Wire wire = Wire.to(POSTGRES.server().port());
        Store far = open(POSTGRES.url(url, wire.port(), IMPATIENT))) {
      assertEquals(1, far.journal().version(Examples.ROLLOUT));
      wire.die();
      PortException silent =
          assertThrows(PortException.class, () -> far.journal().version(Examples.ROLLOUT));
      assertEquals(Kind.NOT_DONE, silent.kind());
      wire.heal();
      assertEquals(1, far.journal().version(Examples.ROLLOUT));
    }
  }

  /** The server has it, and its answer got lost: whoever reads again finds it. */
  @Test
  void aCommitWithoutAnAnswerIsUnknown() throws Exception {
    try (Wire wire = Wire.to(POSTGRES.server().port());
        Store far = open(POSTGRES.url(url, wire.port(), IMPATIENT))) {
      wire.dieAfter("COMMIT");
      PortException unknown =
          assertThrows(
              PortException.class,
              () ->
                  far.journal()
                      .append(Examples.ROLLOUT, 1, List.of(new Event.Completed(Examples.AT))));
      assertEquals(Kind.UNKNOWN, unknown.kind(), unknown.getMessage());
      assertTrue(unknown.getMessage().endsWith("read before writing."), unknown.getMessage());
      wire.heal();
      assertEquals(2, far.journal().version(Examples.ROLLOUT));
    }
  }

  /** A server that takes calls and never says anything. */
  @Test
  void aServerThatSaysNothingIsNotDone() {
    try (Wire wire = Wire.to(POSTGRES.server().port())) {
      wire.die();
      assertEquals(Kind.NOT_DONE, failure(POSTGRES.url(url, wire.port(), IMPATIENT)).kind());
    }
  }

  @Test
  void somebodyWhoKeepsTheTablesIsNotWaitedForForEver() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<String> sleeper =
          threads.submit(
              () ->
                  POSTGRES.sql(
                      url, "BEGIN; LOCK TABLE events; SELECT pg_sleep(60) AS kept; COMMIT"));
      Eventually.until(
          Duration.ofSeconds(20),
          "the lock",
          () ->
              !POSTGRES
                  .sql(url, "SELECT pid FROM pg_locks WHERE mode = 'AccessExclusiveLock'")
                  .isEmpty());
      PortException busy = assertThrows(PortException.class, () -> append(1));
      assertEquals(Kind.NOT_DONE, busy.kind());
      assertTrue(
          busy.getMessage().contains("another process kept the tables busy"), busy.getMessage());
      killAllConnections();
      assertThrows(Exception.class, sleeper::get);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(3, append(1));
  }

  /** The lock is the first line; the keys of the tables hold without it, too. */
  @Test
  void theTablesRefuseWhatTheLockWouldHavePrevented() {
    String again = "INSERT INTO events SELECT * FROM events";
    assertTrue(cause(again).contains("events_pkey"), cause(again));
    String second =
        "INSERT INTO rollouts (id, flag, sandbox, started_at)"
            + " SELECT 'x', flag, 0, 'now' FROM rollouts";
    assertTrue(cause(second).contains("one_unfinished_rollout_of_a_flag"), cause(second));
  }

  @Test
  void commitsAreDurableWhateverTheDefaultIs() throws Exception {
    String name = url.substring(url.lastIndexOf('/') + 1);
    POSTGRES.sql(url, "ALTER DATABASE " + name + " SET synchronous_commit = off");
    try (Database fresh = database()) {
      assertEquals("on", ask(fresh, "SHOW synchronous_commit"));
      assertEquals("4s", ask(fresh, "SHOW lock_timeout"));
      assertEquals("3s", ask(fresh, "SHOW idle_in_transaction_session_timeout"));
    }
    POSTGRES.sql(url, "ALTER DATABASE " + name + " SET synchronous_commit = remote_apply");
    try (Database fresh = database()) {
      assertEquals("remote_apply", ask(fresh, "SHOW synchronous_commit"));
    }
  }

  @Test
  void severalMayOpenANewDatabaseAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      String fresh = POSTGRES.newDatabase();
      List<Future<Store>> opening = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        opening.add(threads.submit(() -> open(fresh)));
      }
      for (Future<Store> one : opening) {
        one.get().close();
      }
      assertEquals("1", POSTGRES.sql(fresh, "SELECT version FROM rollout_schema"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsNotOursIsRefusedAndLeftAlone() {
    String theirs = POSTGRES.newDatabase();
    POSTGRES.sql(theirs, "CREATE TABLE events (title TEXT)");
    assertRefused(theirs, "the tables in it are not of this program, or not all there");
    assertEquals(
        "1", POSTGRES.sql(theirs, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
  }

  @Test
  void oneRowSaysHowFarTheTablesHaveCome() {
    POSTGRES.sql(url, "INSERT INTO rollout_schema VALUES (1)");
    assertRefused(url, "the table rollout_schema has 2 rows, and should have one");
    POSTGRES.sql(url, "UPDATE rollout_schema SET version = 99");
    POSTGRES.sql(
        url, "DELETE FROM rollout_schema WHERE ctid = (SELECT min(ctid) FROM rollout_schema)");
    assertRefused(url, "was made by a newer version of this program (schema 99");
    POSTGRES.sql(url, "DELETE FROM rollout_schema");
    assertRefused(url, "somebody emptied the table rollout_schema");
  }

  @Test
  void whoMayNotIsRefusedWithoutThePasswordInTheSentence() {
    assertRefused(
        url.replace(PostgresServer.PASSWORD, "wrong-pässword".replace("ä", "%C3%A4")),
        "the server does not let this user in, or not do this");
    assertRefused(url + "-not-there", "there is no such database");
  }

  @Test
  void tamperingIsFoundHereToo() throws Exception {
    append(1);
    assertTrue(store.audit().verify(Examples.ROLLOUT.value(), List.of()).isIntact());
    POSTGRES.sql(url, "UPDATE events SET body = body || ' ' WHERE seq = 2");
    List<Audit.Break> breaks = store.audit().verify(Examples.ROLLOUT.value(), List.of()).breaks();
    assertEquals(List.of(2L), breaks.stream().map(Audit.Break::seq).toList());
  }

  private void assertRefused(String state, String why) {
    PortException refused = failure(state);
    assertEquals(Kind.REFUSED, refused.kind(), refused.getMessage());
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
    assertFalse(refused.getMessage().contains("word@"), refused.getMessage());
    assertFalse(refused.getMessage().contains(PostgresServer.PASSWORD), refused.getMessage());
  }

  private static PortException failure(String state) {
    return assertThrows(PortException.class, () -> open(state).close());
  }

  private String cause(String sql) {
    return String.valueOf(
        assertThrows(UncheckedIOException.class, () -> POSTGRES.sql(url, sql))
            .getCause()
            .getCause()
            .getMessage());
  }

  private long version() throws PortException {
    return journal.version(Examples.ROLLOUT);
  }

  private long append(long expected) throws Exception {
    return journal.append(Examples.ROLLOUT, expected, Examples.ordinaryLook(1, 2));
  }

  private void killAllConnections() {
    POSTGRES.sql(
        url,
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private Database database() throws PortException {
    return Database.open(new Postgres(PostgresUrl.parse(url, name -> null).orElseThrow()));
  }

  private static String ask(Database database, String sql) throws PortException {
    return database.read(
        "ask",
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
          }
        });
  }

  private static Store open(String state) throws PortException {
    return Stores.open(state, name -> null, holder -> Processes.Fate.UNKNOWN);
  }
}
