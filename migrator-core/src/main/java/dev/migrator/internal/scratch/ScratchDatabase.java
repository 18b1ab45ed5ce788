package dev.migrator.internal.scratch;

import dev.migrator.config.Connections;
import dev.migrator.internal.backup.SchemaCopy;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import java.util.List;

/**
 * One throw-away database. Its encoding is UTF8, and it begins empty, as {@code template0} is, or as a copy.
 *
 * <p>{@link #close()} drops it, whatever is connected to it. Thread-safe.
 */
public final class ScratchDatabase implements AutoCloseable {

  private final ScratchServer server;
  private final String name;
  private final Connections connections;

  ScratchDatabase(ScratchServer server, String name, Connections connections) {
    this.server = server;
    this.name = name;
    this.connections = connections;
  }

  /** Its name, safe to write without quotes. */
  public String name() {
    return name;
  }

  /** How to reach it directly. */
  public Connections connections() {
    return connections;
  }

  /** Unpooled connections to it; they can be had until it is closed. */
  public DriverDataSource dataSource() {
    return DriverDataSource.to(connections);
  }

  /**
   * A session in it.
   *
   * @throws MigrationException {@code DATABASE_UNREACHABLE} when the server gives none
   */
  public Session open() {
    return Session.open(dataSource());
  }

  /**
   * Another database with the same content: schema, rows, sequences, and the settings of {@code ALTER DATABASE}. Sessions in
   * this one are ended, for PostgreSQL copies no database that is in use. Several copies may be made at once.
   *
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses, or new sessions in this one
   *     keep it in use
   */
  public ScratchDatabase copy() {
    return server.copy(this);
  }

  /**
   * Fills it with a copy of another database's schema. On a server that others use nobody but the role of this session owns
   * anything in it, or has privileges. It has no passwords for foreign servers.
   *
   * @param withRows the tables whose rows are copied too, quoted
   * @param check throws when it is to stop, and is asked again and again
   * @return what limits the copy, each in a sentence
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when it cannot be made
   */
  public List<String> fill(SchemaCopy copy, List<String> withRows, Runnable check) {
    return CopiedSchema.into(this, server.sharing(), copy, withRows, check);
  }

  /**
   * Drops it; once it is gone, does nothing.
   *
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses; the message has the command
   */
  @Override
  public void close() {
    server.drop(this);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
