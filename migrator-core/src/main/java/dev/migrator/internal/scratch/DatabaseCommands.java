package dev.migrator.internal.scratch;

import dev.migrator.internal.backup.DatabaseSettings;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LeftoverDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that make, copy and drop throw-away databases of one server. Their names tell when they were made:
 * {@code migrator_scratch_20261121t113500_k3j9x2ab}, by the server's clock in UTC.
 */
final class DatabaseCommands {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseCommands.class);

  private static final String PREFIX = "migrator_scratch_";

  private static final String LOOK = """
      SELECT pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version'),
             pg_catalog.pg_is_in_recovery(), current_user, r.rolcreatedb OR r.rolsuper,
             pg_catalog.pg_encoding_to_char(t.encoding)
        FROM pg_catalog.pg_roles r, pg_catalog.pg_database t
       WHERE r.rolname = current_user AND t.datname = 'template0'
      """;

  private static final String NOW = """
      SELECT pg_catalog.to_char(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"t"HH24MISS')
      """;

  /**
   * Whoever is in a database and may be sent away: PostgreSQL copies none that is in use. Its own processes have no user, and
   * it ends them itself.
   */
  private static final String END_SESSIONS = """
      SELECT pg_catalog.count(pg_catalog.pg_terminate_backend(pid))
        FROM pg_catalog.pg_stat_activity
       WHERE datname::text = $1::text AND usesysid IS NOT NULL AND pg_catalog.pg_has_role(usesysid, 'USAGE')
      """;

  /** Times are compared as they stand in the names: a name that somebody else made up may hold none. */
  private static final String LEFTOVERS = """
      SELECT d.name, pg_catalog.substr(d.name, 18, 15)
        FROM (SELECT datname::text COLLATE "C" AS name, datdba, oid FROM pg_catalog.pg_database) d
       WHERE d.name ~ '^migrator_scratch_[0-9]{8}t[0-9]{6}_[0-9a-z]{8}$'
         AND pg_catalog.substr(d.name, 18, 15) < pg_catalog.to_char(
               pg_catalog.clock_timestamp() AT TIME ZONE 'UTC' - interval '1 day', 'YYYYMMDD"t"HH24MISS')
         AND pg_catalog.pg_has_role(d.datdba, 'USAGE')
         AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)
       ORDER BY d.name
      """;

  /** The server shortens names that are too long, there as here. */
  private static final String MISSING_ROLES = """
      SELECT DISTINCT n::name::text FROM pg_catalog.unnest($1::text[]) AS n
       WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = n::name)
       ORDER BY 1
      """;

  private static final String MISSING_DATABASES = """
      SELECT DISTINCT n::name::text FROM pg_catalog.unnest($1::text[]) AS n
       WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_database WHERE datname = n::name)
       ORDER BY 1
      """;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuuMMdd't'HHmmss", Locale.ROOT)
      .withResolverStyle(ResolverStyle.LENIENT);

  /** Another session is in the database, or a prepared transaction, or a subscription of it. */
  private static final String OBJECT_IN_USE = "55006";

  /** A session in the database belongs to somebody whom this role may not send away, a superuser who looks at statistics. */
  private static final String NOT_OURS = "42501";

  private static final String NO_SUCH_DATABASE = "3D000";

  /** How long a copy or a drop waits for others to leave; the server itself waits 5 seconds each time. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** How long others are given to leave before they are forced to. */
  private static final Duration PARTING = Duration.ofSeconds(2);

  /** Between two attempts to drop. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final int versionNumber;
  private final String version;
  private final String creation;
  private final String copying;

  private DatabaseCommands(
      int versionNumber, String version, String encoding, RunningServer.Storage storage) {
    this.versionNumber = versionNumber;
    this.version = version;
    // The server's own locale, unless it belongs to another encoding.
    this.creation = "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'"
        + (encoding.equals("UTF8") ? "" : " LC_COLLATE 'C' LC_CTYPE 'C'");
    // In memory, files are copied in half the time; on a disk the two checkpoints of that take ten
    // times as long.
    this.copying = "CREATE DATABASE %s TEMPLATE %s"
        + (storage == RunningServer.Storage.MEMORY && versionNumber >= 150_000
            ? " STRATEGY file_copy"
            : "");
  }

  /**
   * What fits a server.
   *
   * @throws MigrationException {@code SERVER_TOO_OLD}, {@code NOT_WRITABLE}, {@code PRIVILEGES_MISSING}, {@code
   *     THROW_AWAY_DATABASE_UNAVAILABLE} when its version is not the one that was asked for
   */
  static DatabaseCommands on(Session session, RunningServer running) {
    String server = running.title();
    record Look(
        int number, String version, boolean standby, String role, boolean may, String enc) {}
    Look look = ask(
        "looking at " + server,
        () -> session.queryOne(
            Command.of(LOOK),
            row -> new Look(
                (int) row.number(1),
                row.text(2),
                row.flag(3),
                row.text(4),
                row.flag(5),
                row.text(6))));
    if (look.number() < 140_000) {
      throw ScratchFailures.unsuitable(
          FailureCode.SERVER_TOO_OLD,
          server + " runs PostgreSQL " + look.version() + "; 14 is the oldest that is supported.",
          "give the address of a newer server.");
    }
    if (look.standby()) {
      throw ScratchFailures.unsuitable(
          FailureCode.NOT_WRITABLE,
          server + " is a standby, where no database can be created.",
          "give the address of a primary.");
    }
    if (!look.may()) {
      throw ScratchFailures.mayNotCreate(look.role(), server);
    }
    OptionalInt wanted = running.wanted();
    if (wanted.isPresent() && wanted.getAsInt() != look.number() / 10_000) {
      throw ScratchFailures.otherVersion(wanted.getAsInt(), look.version(), server);
    }
    return new DatabaseCommands(look.number(), look.version(), look.enc(), running.storage());
  }

  int majorVersion() {
    return versionNumber / 10_000;
  }

  String version() {
    return version;
  }

  /** A name that nobody else has. */
  String newName(Session session) {
    String now = ask(
        "asking for the server's time",
        () -> session.queryOne(Command.of(NOW), row -> row.text(1)));
    long random = ThreadLocalRandom.current().nextLong(1L << 40);
    String suffix = Long.toString(random, 36);
    return PREFIX + now + "_" + "0".repeat(8 - suffix.length()) + suffix;
  }

  void create(Session session, String name) {
    run(
        session,
        creation.formatted(Identifiers.quote(name)),
        "creating the throw-away database " + name);
    describe(session, name);
  }

  void copy(Session session, String original, String name) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      vacate(session, original, end);
      try {
        session.stepwise(List.of(
            Command.of(copying.formatted(Identifiers.quote(name), Identifiers.quote(original)))));
        break;
      } catch (CommandFailedException e) {
        if (!OBJECT_IN_USE.equals(e.error().sqlState()) || System.nanoTime() - end > 0) {
          throw ScratchFailures.refused(
              "copying the throw-away database " + original,
              "see what the server says; it copies no database that somebody is connected to.",
              e);
        }
        LOG.debug("{} is in use, and copied again: {}", original, e.getMessage());
      }
    }
    describe(session, name);
    // CREATE DATABASE leaves them behind.
    List<String> settings = ask(
        "reading the settings of " + original, () -> DatabaseSettings.of(session, original, name));
    settings.forEach(command -> run(session, command, "copying a setting of " + original));
  }

  /** Ends the sessions in a database and waits until they have gone, for the server would look every 100 ms only. */
  private static void vacate(Session session, String name, long end) {
    Command sessions = Command.of(END_SESSIONS, name);
    while (ask(
                "ending the sessions in " + name,
                () -> session.queryOne(sessions, row -> row.number(1)))
            > 0
        && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** For people who find it. */
  private static void describe(Session session, String name) {
    String when = name.substring(PREFIX.length(), PREFIX.length() + 15);
    run(
        session,
        "COMMENT ON DATABASE " + Identifiers.quote(name) + " IS "
            + Identifiers.constant("throw-away database of migrator, made at "
                + when.toUpperCase(Locale.ROOT) + "Z; dropped when its run ends"),
        "describing the throw-away database " + name);
  }

  /** Creates roles and databases that are not there; what it created, in words. */
  List<String> createMissing(Session session, Set<String> roles, Set<String> databases) {
    List<String> created = new ArrayList<>();
    for (String role : missing(session, MISSING_ROLES, roles)) {
      run(session, "CREATE ROLE " + Identifiers.quote(role), "creating the role " + role);
      created.add("role " + role);
    }
    for (String database : missing(session, MISSING_DATABASES, databases)) {
      run(
          session,
          creation.formatted(Identifiers.quote(database)),
          "creating the database " + database);
      created.add("database " + database);
    }
    return created;
  }

  private static List<String> missing(Session session, String query, Set<String> names) {
    return ask(
        "looking for roles and databases",
        () -> session.query(Command.of(query, Identifiers.array(names)), row -> row.text(1)));
  }

  void drop(Session session, ScratchDatabase database) {
    Command drop = Command.of(
        "DROP DATABASE IF EXISTS " + Identifiers.quote(database.name()) + " WITH (FORCE)");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      vacate(session, database.name(), System.nanoTime() + PARTING.toNanos());
      try {
        session.stepwise(List.of(drop));
        return;
      } catch (CommandFailedException e) {
        String state = e.error().sqlState();
        boolean inUse = OBJECT_IN_USE.equals(state);
        if (!inUse && !NOT_OURS.equals(state) || System.nanoTime() - end > 0) {
          throw notDropped(database.name(), e);
        }
        LOG.debug("{} is in use, and dropped again: {}", database, e.getMessage());
        if (inUse) {
          removeObstacles(database);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static void removeObstacles(ScratchDatabase database) {
    try {
      Obstacles.remove(database);
    } catch (CommandFailedException e) {
      throw notDropped(database.name(), e);
    }
  }

  /** Drops a database unless somebody uses it; whether it is gone. */
  boolean dropUnused(Session session, String name) {
    try {
      session.stepwise(List.of(Command.of("DROP DATABASE " + Identifiers.quote(name))));
      return true;
    } catch (CommandFailedException e) {
      String state = e.error().sqlState();
      if (NO_SUCH_DATABASE.equals(state)) {
        return true;
      }
      if (OBJECT_IN_USE.equals(state)) {
        LOG.info("The leftover database {} stays: {}", name, e.getMessage());
        return false;
      }
      throw notDropped(name, e);
    }
  }

  List<LeftoverDatabase> leftovers(Session session) {
    return ask(
        "looking for leftover databases",
        () -> session.query(
            Command.of(LEFTOVERS), row -> new LeftoverDatabase(row.text(1), made(row.text(2)))));
  }

  private static Instant made(String time) {
    return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
  }

  private static MigrationException notDropped(String name, CommandFailedException failure) {
    return ScratchFailures.refused(
        "dropping the throw-away database " + name,
        "DROP DATABASE " + Identifiers.quote(name) + " WITH (FORCE);",
        failure);
  }

  private static void run(Session session, String command, String what) {
    ask(what, () -> session.stepwise(List.of(Command.of(command))));
  }

  private static <T> T ask(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (CommandFailedException e) {
      throw ScratchFailures.refused(what, "see what the server says.", e);
    }
  }
}
