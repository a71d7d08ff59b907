package rollout.journal;

import java.util.List;

/** The tables, as SQLite spells them. A migration that was released is never edited. */
final class SqliteSchema {
  /**
   * {@code number} is the order in which rollouts were started, whatever the clocks said. {@code
   * version}, {@code type} and {@code at} of an event stand in its body too; the columns are for
   * people who ask the file themselves.
   *
   * <p>A lease may be older than the first event of its rollout, so it refers to none. {@code
   * until_ms} is 0 once it was given back; {@code owed_until_ms} is when the last lease that was
   * not given back would have ended.
   */
  private static final Migration FIRST =
      Migration.of(
          """
          CREATE TABLE rollouts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            flag TEXT NOT NULL,
            sandbox INTEGER NOT NULL,
            started_at TEXT NOT NULL,
            finished INTEGER NOT NULL DEFAULT 0)
          """,
          """
          CREATE UNIQUE INDEX one_unfinished_rollout_of_a_flag
            ON rollouts (flag) WHERE finished = 0 AND sandbox = 0
          """,
          """
          CREATE TABLE events (
            rollout TEXT NOT NULL REFERENCES rollouts (id),
            seq INTEGER NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            at TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (rollout, seq))
          """,
          """
          CREATE TABLE leases (
            rollout TEXT NOT NULL PRIMARY KEY,
            epoch INTEGER NOT NULL,
            name TEXT NOT NULL,
            host TEXT NOT NULL,
            process_id INTEGER NOT NULL,
            process_start TEXT NOT NULL,
            until_ms INTEGER NOT NULL,
            owed_until_ms INTEGER NOT NULL)
          """);

  /** The empty text never stays: the step after it gives every row its hash. */
  private static final Migration HASHES =
      Migration.of("ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT ''");

  static final List<Migration> MIGRATIONS = List.of(FIRST, HASHES, Migration.chaining());

  private SqliteSchema() {}
}
