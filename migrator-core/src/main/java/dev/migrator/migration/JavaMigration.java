package dev.migrator.migration;

import java.sql.Connection;

/**
 * A migration that is written in Java, for what SQL cannot do: calling a service, reading a file format, hashing with a
 * library. It stands among the scripts by its version.
 *
 * <p>Its code gets the connection of the run, in the transaction in which it is recorded too, so that both come or go
 * together. What would break that frame is refused with an {@link java.sql.SQLException}: ending the transaction, unwrapping
 * to the driver's class, using the connection after the method has returned. {@code close()} ends nothing;
 * statements that are left open are closed, and a COPY that is left open is cancelled and fails the migration.
 *
 * <p>Everything but the code is asked for once, when the engine is built.
 */
public interface JavaMigration {

  /** The version, written as a script's name would write it: {@code 0006}, {@code 20241108160105}, {@code 1.2}. */
  String version();

  /** The name beside the version, for example {@code move_invoices}. */
  String description();

  /**
   * Any text that stands for what the code does, and is changed when that changes. Nobody can tell from a class whether
   * it still does what it did when it was applied, so the author says it.
   */
  String checksum();

  /**
   * Whether it runs in one transaction. Default: yes. Without one the connection is in autocommit, the code may use
   * transactions of its own, and a failure half-way stops every later run until it is repaired.
   */
  default boolean transactional() {
    return true;
  }

  /**
   * Does it.
   *
   * @param connection the connection of the run, for this thread and until the method returns
   * @throws Exception when it cannot; a transactional one then leaves nothing behind. An {@link Error} counts too, but for a
   *     {@link VirtualMachineError}, which goes through
   */
  void apply(Connection connection) throws Exception;
}
