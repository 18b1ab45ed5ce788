package dev.migrator.internal.scratch;

import dev.migrator.config.Connections;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LeftoverDatabase;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.OutsideStatement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server on which throw-away databases are made.
 *
 * <p>{@link #close()} drops every database that is still there and ends the server, if it was started for this. Thread-safe.
 */
public final class ScratchServer implements AutoCloseable {

  /** Others may have put operators into a database of a shared server; ours are the catalog's. */
  private static final Command NO_PATH =
      Command.of("SELECT pg_catalog.set_config('search_path', '', false)");

  private final RunningServer server;
  private final DatabaseCommands commands;
  private final Set<ScratchDatabase> databases = ConcurrentHashMap.newKeySet();

  private ScratchServer(RunningServer server, DatabaseCommands commands) {
    this.server = server;
    this.commands = commands;
  }

  /**
   * Reaches or starts a server.
   *
   * @throws MigrationException {@code DATABASE_UNREACHABLE} when a given server does not answer, {@code PRIVILEGES_MISSING}
   *     when its role may not create databases, {@code NOT_WRITABLE} when it is a standby, {@code SERVER_TOO_OLD}, {@code
   *     THROW_AWAY_DATABASE_UNAVAILABLE} when none can be started
   */
  public static ScratchServer open(ThrowAwayServer choice) {
    RunningServer server = ServerChoice.start(choice);
    try (Session session = open(server.connections())) {
      return new ScratchServer(server, DatabaseCommands.on(session, server));
    } catch (RuntimeException | Error e) {
      runAfter(e, server.stop());
      throw e;
    }
  }

  /** Whether others use it. */
  public Sharing sharing() {
    return server.sharing();
  }

  /** What it is, for messages and reports: where it comes from and its version. Never a password. */
  public String title() {
    return server.title() + ", PostgreSQL " + commands.version();
  }

  /** Its major version, 17. */
  public int majorVersion() {
    return commands.majorVersion();
  }

  /**
   * A database that holds nothing but what {@code template0} does.
   *
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses
   */
  public ScratchDatabase create() {
    try (Session session = open(server.connections())) {
      ScratchDatabase database = register(commands.newName(session));
      try {
        commands.create(session, database.name());
      } catch (RuntimeException | Error e) {
        runAfter(e, database::close);
        throw e;
      }
      return database;
    }
  }

  /**
   * A database with content.
   *
   * @param filling puts it in; what it throws is thrown here, and the database is dropped
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses
   */
  public ScratchDatabase create(Consumer<ScratchDatabase> filling) {
    ScratchDatabase database = create();
    try {
      filling.accept(database);
    } catch (RuntimeException | Error e) {
      runAfter(e, database::close);
      throw e;
    }
    return database;
  }

  ScratchDatabase copy(ScratchDatabase original) {
    try (Session session = open(server.connections())) {
      ScratchDatabase database = register(commands.newName(session));
      try {
        commands.copy(session, original.name(), database.name());
      } catch (RuntimeException | Error e) {
        runAfter(e, database::close);
        throw e;
      }
      return database;
    }
  }

  void drop(ScratchDatabase database) {
    if (databases.contains(database)) {
      try (Session session = open(server.connections())) {
        commands.drop(session, database);
      }
      // Not before: what could not be dropped is tried again when the server is closed.
      databases.remove(database);
    }
  }

  /**
   * Refuses migrations that would do harm beyond a throw-away database of this server. Code whose words say nothing of the
   * kind is let through.
   *
   * @param report what {@code MigrationEngine.outside()} found
   * @throws MigrationException {@code SCRIPT_REFUSED} with every place
   */
  public void refuseHarm(OutsideReport report) {
    List<OutsideStatement> harmful = report.statements().stream()
        .filter(statement -> !sharing().admits(statement.effects()))
        .toList();
    if (!harmful.isEmpty()) {
      throw ScratchFailures.harmful(harmful, server);
    }
  }

  /**
   * Creates what scripts take for granted on their server: the roles that they name and none creates, without a login, and
   * empty databases of the names that they mention. Does nothing on a shared server.
   *
   * @param report what {@code MigrationEngine.outside()} found
   * @return what was created, in words: {@code role app}
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses
   */
  public List<String> createMissing(OutsideReport report) {
    if (sharing() == Sharing.SHARED) {
      return List.of();
    }
    try (Session session = open(server.connections())) {
      return commands.createMissing(session, report.roles(), report.databases());
    }
  }

  /**
   * The throw-away databases on this server that nobody will drop any more: older than a day by the server's clock, without a
   * session in them, and the role may drop them. Oldest first.
   */
  public List<LeftoverDatabase> leftovers() {
    try (Session session = open(server.connections())) {
      return commands.leftovers(session);
    }
  }

  /**
   * Drops {@link #leftovers()}; one that somebody uses by now stays.
   *
   * @return those that are gone now
   * @throws MigrationException {@code THROW_AWAY_DATABASE_UNAVAILABLE} when the server refuses for another reason
   */
  public List<LeftoverDatabase> dropLeftovers() {
    try (Session session = open(server.connections())) {
      return commands.leftovers(session).stream()
          .filter(leftover -> commands.dropUnused(session, leftover.name()))
          .toList();
    }
  }

  /**
   * Drops what is still there, also what could not be dropped before, and ends the server; every database is tried, and the
   * first failure is thrown.
   */
  @Override
  public void close() {
    RuntimeException failure = null;
    if (sharing() == Sharing.SHARED) {
      for (ScratchDatabase database : List.copyOf(databases)) {
        try {
          drop(database);
        } catch (RuntimeException e) {
          failure = first(failure, e);
        }
      }
    } else {
      databases.clear();
    }
    try {
      server.stop().run();
    } catch (RuntimeException e) {
      failure = first(failure, e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException first(@Nullable RuntimeException known, RuntimeException next) {
    if (known == null) {
      return next;
    }
    known.addSuppressed(next);
    return known;
  }

  /** Registered before the server is asked for it: whatever the answer, it is dropped in the end. */
  private ScratchDatabase register(String name) {
    ScratchDatabase database =
        new ScratchDatabase(this, name, server.connections().withDatabase(name));
    databases.add(database);
    return database;
  }

  static void runAfter(Throwable failure, Runnable cleaning) {
    try {
      cleaning.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static Session open(Connections connections) {
    Session session = Session.open(DriverDataSource.to(connections));
    try {
      session.stepwise(List.of(NO_PATH));
      return session;
    } catch (CommandFailedException e) {
      runAfter(e, session::close);
      throw ScratchFailures.refused("preparing a session", "see what the server says.", e);
    }
  }
}
