package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import rollout.port.PortException;

/** Brings a database to the schema this program knows. */
final class Migrations {
  private static final String TRIED = "open the state";

  private final Database database;
  private final Dialect dialect;
  private final int newest;

  Migrations(Database database) {
    this.database = database;
    this.dialect = database.dialect();
    this.newest = dialect.migrations().size();
  }

  /**
   * Applies what is missing, all or nothing.
   *
   * @throws PortException of kind REFUSED when a newer program made the database
   */
  void apply() throws PortException {
    if (database.read(TRIED, this::versionIn) < newest) {
      database.<Void, PortException>transact(TRIED, this::applyMissing);
    }
  }

  private Void applyMissing(Connection connection) throws SQLException, PortException {
    // Asked again inside the transaction: another process may have been faster.
    int version = versionIn(connection);
    for (Migration migration : dialect.migrations().subList(version, newest)) {
      migration.apply(connection);
    }
    dialect.setSchemaVersion(connection, newest);
    return null;
  }

  private int versionIn(Connection connection) throws SQLException, PortException {
    int version = dialect.schemaVersion(connection);
    if (version > newest) {
      throw new PortException(
          PortException.Kind.REFUSED,
          0,
          database.name()
              + " was made by a newer version of this program (schema "
              + version
              + ", this one knows "
              + newest
              + "); upgrade this one, or name another --state",
          null);
    }
    return version;
  }
}
