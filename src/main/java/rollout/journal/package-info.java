/**
 * The events of all rollouts, durable, and who drives which: {@code port.Journal} and {@code
 * port.Leases} over JDBC. {@link rollout.journal.Stores} opens a database.
 *
 * <p>The stored form of an event is written out by hand, field by field ({@link
 * rollout.journal.EventCodec}), so that renaming a record's component never changes what older
 * journals mean. What differs from one database to the next stands behind {@code Dialect}.
 */
package rollout.journal;
