package rollout.journal;

import java.util.List;

/**
 * The tables, as PostgreSQL spells them: those of {@link SqliteSchema}, and one that says how far
 * they have come. They lie in the connection's own schema. A migration that was released is never
 * edited.
 */
final class PostgresSchema {
  /**
   * From the catalogue, not by {@code to_regclass}: that one may remember the time before the lock.
   */
  private static final String COUNT =
      "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename IN ";

  static final String COUNT_VERSION_TABLES = COUNT + "('rollout_schema')";
  static final String COUNT_TABLES = COUNT + "('rollouts', 'events', 'leases')";

  private static final Migration FIRST =
      Migration.of(
          """
          CREATE TABLE rollout_schema (version INTEGER NOT NULL)
          """,
          """
          INSERT INTO rollout_schema VALUES (0)
          """,
          """
          CREATE TABLE rollouts (
            number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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
            seq BIGINT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            at TEXT NOT NULL,
            body TEXT NOT NULL,
            hash TEXT NOT NULL,
            PRIMARY KEY (rollout, seq))
          """,
          """
          CREATE TABLE leases (
            rollout TEXT NOT NULL PRIMARY KEY,
            epoch BIGINT NOT NULL,
            name TEXT NOT NULL,
            host TEXT NOT NULL,
            process_id BIGINT NOT NULL,
            process_start TEXT NOT NULL,
            until_ms BIGINT NOT NULL,
            owed_until_ms BIGINT NOT NULL)
          """);

  static final List<Migration> MIGRATIONS = List.of(FIRST);

  private PostgresSchema() {}
}
