package dev.migrator.internal.backup;

import dev.migrator.config.Connections;
import dev.migrator.config.Restore;
import dev.migrator.config.Restore.Target;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.DriverAddress;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport.Format;
import dev.migrator.report.RestoreReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a backup back: into a new database, which may then take the place of the one that was there. */
public final class DatabaseRestore {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseRestore.class);

  private static final int BUFFER = 1 << 16;

  /** Where a server can always be asked, as PostgreSQL's own programs do. */
  private static final String MAINTENANCE = "postgres";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Restore request;
  private final Connections connections;
  private final BackupFile backup;
  private final String database;

  private DatabaseRestore(
      Restore request, Connections connections, BackupFile backup, String database) {
    this.request = request;
    this.connections = connections;
    this.backup = backup;
    this.database = database;
  }

  /**
   * Looks at what is asked for; nothing is read but the first bytes of the file.
   *
   * @param connections the address of the database that is replaced, or on whose server the new one is made; {@code null} where
   *     nobody gave one
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is no backup, there is no address, or the phrase is
   *     another
   */
  public static DatabaseRestore of(Restore request, @Nullable Connections connections) {
    if (connections == null) {
      throw LibpqEnvironment.invalid(
          "a backup is brought back by programs, which cannot use a data source: they need the address of the database.",
          "name it: connections(Connections.to(\"postgresql://user@host:5432/name\")).");
    }
    LibpqEnvironment.of(connections);
    String database = DriverAddress.of(connections).database();
    if (request.target() instanceof Target.InPlace inPlace) {
      String phrase = Target.InPlace.phrase(database);
      if (!inPlace.phrase().equals(phrase)) {
        throw LibpqEnvironment.invalid(
            "to put a backup in the place of " + database
                + ", somebody has to type the phrase for it.",
            "--overwrite-phrase \"" + phrase
                + "\"; or leave --overwrite out, and it goes into a new database.");
      }
    }
    return new DatabaseRestore(request, connections, BackupFile.at(request.file()), database);
  }

  /** The database that the address names. */
  public String database() {
    return database;
  }

  /** The backup's name, as a history has it. */
  public String fileName() {
    return backup.path().getFileName().toString();
  }

  /**
   * Brings it back.
   *
   * @param recorded the checksum that a history has of it; {@code null} where none has
   * @param check throws when it is to stop, and is asked again and again
   * @throws MigrationException {@code BACKUP_DAMAGED} before anything is done; {@code RESTORE_FAILED} when the new database was
   *     dropped again, or is complete and could not take the place of the other one: then it stays, and is named
   */
  public RestoreReport perform(@Nullable String recorded, Runnable check) {
    long started = System.nanoTime();
    String checksum = backup.verify(request, recorded);
    try (Session session = open()) {
      ServerMoment moment = ServerMoment.of(session);
      Programs programs = new Programs(request.programs(), "");
      Program program = programs.postgres(
          backup.format() == Format.PLAIN ? "psql" : "pg_restore", moment.major());
      Envelope envelope = backup.tool() == null ? null : Envelope.of(backup.tool(), programs);
      String stamp = TIMESTAMP.format(Instant.now());
      boolean inPlace = request.target() instanceof Target.InPlace;
      NewDatabase target = new NewDatabase(session, name(stamp));
      NewDatabase.requireName(target.name());
      require(session, target.name(), inPlace);
      target.create(NewDatabase.exists(session, database) ? database : moment.database());
      if (NewDatabase.closed(session, database)) {
        target.close();
      }
      LOG.info("Bringing back {} into the database {}", backup.path(), target.name());
      String kept = database + "_before_" + stamp;
      try {
        read(program, envelope, target.name(), moment.major(), SignOfLife.with(check, session));
      } catch (IOException e) {
        throw MigrationException.because(
                FailureCode.RESTORE_FAILED,
                "bringing back " + backup.path() + " failed: " + Failures.words(e))
            .done(target.drop(), List.of())
            .advice(restoreAdvice(e))
            .cause(e)
            .build();
      } catch (MigrationException e) {
        throw e.withDone(target.drop(), List.of());
      }
      if (inPlace) {
        // Not above: hours of work must not be lost because somebody connected in the last second.
        target.takePlaceOf(database, kept);
      }
      return new RestoreReport(
          backup.path(),
          backup.format(),
          checksum,
          inPlace ? database : target.name(),
          inPlace ? kept : null,
          Duration.ofNanos(System.nanoTime() - started));
    } catch (CommandFailedException e) {
      throw NewDatabase.refused("asking the server", "nothing was changed.", e);
    }
  }

  private String name(String stamp) {
    return request.target() instanceof Target.NewDatabase named
        ? named.name() == null ? database + "_restored" : named.name()
        : database + "_restoring_" + stamp;
  }

  /** Asked before minutes of work. */
  private void require(Session session, String name, boolean inPlace) {
    if (NewDatabase.exists(session, name)) {
      throw LibpqEnvironment.invalid(
          "the database " + name + " exists already, and a backup is never brought back over one.",
          "name another one: --into <name>; or drop that one first.");
    }
    if (!inPlace) {
      return;
    }
    if (!NewDatabase.exists(session, database)) {
      throw LibpqEnvironment.invalid(
          "there is no database " + database + " in whose place the backup could go.",
          "leave --overwrite out: --into " + database + " creates it.");
    }
    NewDatabase.requireName(database + "_restoring_00000000000000");
    if (!NewDatabase.owns(session, database)) {
      throw MigrationException.because(
              FailureCode.RESTORE_FAILED,
              "the role may not put another database in the place of " + database
                  + ", because it does not own it.")
          .done("nothing was changed.", List.of())
          .advice("restore with the role that owns it, or one that is a member of that one;"
              + " or leave --overwrite out, and it goes into a new database.")
          .build();
    }
    List<String> others = NewDatabase.sessions(session, database);
    if (!others.isEmpty()) {
      throw MigrationException.because(
              FailureCode.RESTORE_FAILED,
              "somebody is connected to " + database
                  + " or at work there, and it cannot be replaced as long as that lasts: "
                  + String.join(", ", others.subList(0, Math.min(5, others.size())))
                  + (others.size() > 5 ? " and " + (others.size() - 5) + " more." : "."))
          .done("nothing was changed.", List.of())
          .advice("stop the applications that use it, also replication and jobs, and run again.")
          .build();
    }
  }

  /** A session outside of the database that may be replaced, and also where that one is gone. */
  private Session open() {
    boolean inPlace = request.target() instanceof Target.InPlace;
    if (!inPlace) {
      try {
        return Session.open(DriverDataSource.to(connections));
      } catch (MigrationException e) {
        if (!e.sqlState().orElse("").equals("3D000")) {
          throw e;
        }
      }
    }
    return Session.open(DriverDataSource.to(
        connections.withDatabase(database.equals(MAINTENANCE) ? "template1" : MAINTENANCE)));
  }

  private void read(
      Program program, @Nullable Envelope envelope, String name, int server, Runnable check)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
            backup.format() == Format.PLAIN
                ? psql(program)
                : pgRestore(program, envelope != null, name))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    LibpqEnvironment.give(
        LibpqEnvironment.of(connections.withDatabase(name)), builder.environment());
    String readerName = backup.format() == Format.PLAIN ? "psql" : "pg_restore";
    try (Flow flow = new Flow()) {
      // First what comes first: where it fails, the other one fails too, for want of input.
      Child opener = envelope == null
          ? null
          : flow.start(Envelope.name(envelope.tool()), envelope.decrypting(request.identity()));
      Child reader = flow.start(readerName, builder);
      if (opener != null) {
        flow.pump(() -> {
          try (InputStream file = Files.newInputStream(backup.path());
              OutputStream out = opener.input()) {
            file.transferTo(out);
          }
        });
        flow.pump(() -> pass(opener.output(), reader.input(), server));
      } else if (backup.format() == Format.PLAIN) {
        flow.pump(() -> {
          try (InputStream file = Files.newInputStream(backup.path())) {
            pass(file, reader.input(), server);
          }
        });
      } else {
        reader.input().close();
      }
      flow.await(check);
    }
  }

  /** It reads a script from its standard input, all of it or nothing. */
  static List<String> psql(Program program) {
    return List.of(
        program.path().toString(),
        "--no-psqlrc",
        "--quiet",
        "--no-password",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        "--file=-");
  }

  private List<String> pgRestore(Program program, boolean piped, String name) {
    List<String> command = new ArrayList<>(List.of(
        program.path().toString(),
        "--no-password",
        "--exit-on-error",
        // As libpq's text, because a name may look like one.
        "--dbname=dbname='" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"));
    command.add(request.jobs() > 1 && !piped ? "--jobs=" + request.jobs() : "--single-transaction");
    if (!piped) {
      command.add(backup.path().toString());
    }
    return command;
  }

  /** The content, unpacked, into a program; its end only when all of it was passed on. */
  private void pass(InputStream content, OutputStream out, int server) throws IOException {
    if (backup.format() == Format.PLAIN) {
      DumpHeader.pass(new GZIPInputStream(content, BUFFER), out, server);
    } else {
      content.transferTo(out);
    }
    out.close();
  }

  private static String restoreAdvice(IOException e) {
    String message = Failures.words(e).toLowerCase(Locale.ROOT);
    if (message.startsWith("gpg ") || message.startsWith("age ")) {
      return "give the private key: --identity <file> for age; gpg must have it in its keyring.";
    }
    if (message.contains("role \"") && message.contains("does not exist")) {
      return "create the roles first: a backup has none (pg_dumpall --roles-only writes them).";
    }
    return "correct the cause and run again.";
  }
}
