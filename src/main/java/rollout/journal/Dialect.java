package rollout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import rollout.port.PortException;

/** What differs from one database to the next. */
interface Dialect {
  /** What people call the database: never with a password. */
  String name();

  /**
   * A new connection in auto-commit mode, whose commits are durable and whose calls all end in
   * bounded time.
   *
   * @throws PortException of kind REFUSED when the database belongs to another program
   */
  Connection connect() throws SQLException, PortException;

  /** Whether a connection is of no more use after this failure, though a new one may be. */
  boolean breaks(SQLException failure);

  /** The statement that begins a transaction which nobody else can write beside. */
  String begin();

  /** An SQL expression: milliseconds since 1970 by the database's clock. */
  String now();

  /** In order; the first makes version 1 of an empty database. */
  List<Migration> migrations();

  /**
   * How many migrations were applied.
   *
   * @throws PortException of kind REFUSED when the database belongs to another program
   */
  int schemaVersion(Connection connection) throws SQLException, PortException;

  /** Records how many migrations were applied, inside the transaction that applied them. */
  void setSchemaVersion(Connection connection, int version) throws SQLException;

  /** Brings the database into the state in which it may be copied. */
  void settle(Connection connection) throws SQLException;

  /**
   * Says what went wrong.
   *
   * @param tried completes "could not …", with the name of the database
   */
  PortException explain(String tried, SQLException failure);
}
