package dev.migrator.internal.backup;

import dev.migrator.config.Backup;
import dev.migrator.config.Backup.Encryption;
import dev.migrator.config.Connections;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport;
import dev.migrator.report.BackupReport.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backup that can be taken: its programs are there, they are not older than the server, and its address is one that they
 * reach. Each {@link #take} takes one.
 */
public final class DatabaseDump {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseDump.class);

  private static final int BUFFER = 1 << 16;

  /** How long pg_dump waits for a lock: somebody who changes a table at this moment ends soon, or should be looked at. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

  private final Backup settings;
  private final Program program;
  private final Map<String, String> variables;
  private final @Nullable Envelope envelope;
  private final BackupFolder folder;

  private DatabaseDump(
      Backup settings,
      Program program,
      Map<String, String> variables,
      @Nullable Envelope envelope) {
    this.settings = settings;
    this.program = program;
    this.variables = variables;
    this.envelope = envelope;
    this.folder = new BackupFolder(settings.directory());
  }

  /**
   * Looks whether one can be taken.
   *
   * @param connections the address; {@code null} where nobody gave one
   * @param server the server's major version
   * @throws MigrationException {@code CONFIGURATION_INVALID} when not
   */
  public static DatabaseDump of(Backup settings, @Nullable Connections connections, int server) {
    if (connections == null) {
      throw LibpqEnvironment.invalid(
          "a backup is asked for, but pg_dump cannot use a data source: it needs the address of the database.",
          "name it beside the data source: connections(Connections.to(\"postgresql://user@host:5432/name\")),"
              + " in Micronaut migrator.datasources.<name>.direct-url; or switch the backup off.");
    }
    requireTogether(settings);
    Programs programs = new Programs(settings.programs(), "To run without a backup: --backup off.");
    Map<String, String> variables = LibpqEnvironment.of(connections, ", or switch the backup off");
    Program program = programs.postgres("pg_dump", server);
    Encryption encryption = settings.encryption();
    DatabaseDump dump = new DatabaseDump(
        settings,
        program,
        variables,
        encryption == null ? null : Envelope.of(encryption.tool(), programs));
    try {
      dump.folder.create();
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the directory of the backups, " + settings.directory() + ", cannot be used: "
                  + Failures.words(e) + ".")
          .done("nothing was changed.", List.of())
          .advice("name one that this process may write to: --backup-directory <folder>, in code"
              + " backup(b -> b.directory(path)).")
          .cause(e)
          .build();
    }
    return dump;
  }

  private static void requireTogether(Backup settings) {
    if (settings.format() != Format.DIRECTORY && settings.jobs() > 1) {
      throw LibpqEnvironment.invalid(
          "a backup by " + settings.jobs()
              + " jobs is asked for, which only the directory format can have.",
          "add --backup-format directory, in code backup(b -> b.format(Format.DIRECTORY)); or leave the jobs out.");
    }
    if (settings.format() == Format.DIRECTORY && settings.encryption() != null) {
      throw LibpqEnvironment.invalid(
          "the directory format cannot be encrypted.", "take the plain or the custom format.");
    }
  }

  /**
   * Takes one.
   *
   * @param session tells the server's time and place in its log; in no transaction
   * @param check throws when it is to stop, and is asked again and again
   * @throws MigrationException {@code BACKUP_FAILED} when there is none; what it had written is gone then
   */
  public BackupReport take(Session session, Runnable check) {
    long started = System.nanoTime();
    ServerMoment moment = ServerMoment.of(session);
    Path path = folder.name(moment, settings.format(), suffix());
    Path partial = BackupFolder.partial(path);
    LOG.info("Backing up {} to {} with pg_dump {}", moment.database(), path, program.version());
    try {
      String checksum = write(partial, check);
      long size = Checksums.size(partial);
      String point = settings.restorePoint()
          ? ServerMoment.restorePoint(session, "migrator " + path.getFileName())
          : null;
      if (settings.restorePoint() && point == null) {
        LOG.warn("No restore point was set: the role may not, or the server keeps too little");
      }
      folder.publish(partial, path);
      BackupReport report = new BackupReport(
          path,
          settings.format(),
          size,
          checksum,
          moment.time(),
          moment.lsn(),
          point,
          RestoreWords.of(path, settings, moment.database(), variables),
          Duration.ofNanos(System.nanoTime() - started));
      note(report, moment);
      return report;
    } catch (IOException e) {
      throw failed(moment, partial, e);
    } catch (RuntimeException | Error e) {
      discard(partial, e);
      throw e;
    }
  }

  /** What may go wrong once the backup itself is there does not undo it, but nobody could tell what it is. */
  private void note(BackupReport report, ServerMoment moment) throws IOException {
    try {
      folder.write(
          BackupFolder.checksumFile(report.file()),
          report.checksum() + "  " + report.file().getFileName() + "\n");
      folder.write(folder.latest(), LatestBackup.text(report, moment));
    } catch (IOException e) {
      BackupFolder.delete(report.file());
      BackupFolder.delete(BackupFolder.checksumFile(report.file()));
      throw e;
    }
    if (settings.keepLast() > 0) {
      try {
        folder.keepLast(settings.keepLast(), report.file());
      } catch (IOException e) {
        LOG.warn("Older backups could not be deleted: {}", Failures.words(e));
      }
    }
  }

  private String suffix() {
    return envelope == null ? "" : Envelope.suffix(envelope.tool());
  }

  /** Writes it, and returns its checksum. */
  private String write(Path partial, Runnable check) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        program.path().toString(),
        "--no-password",
        "--lock-wait-timeout=" + LOCK_WAIT.toMillis(),
        "--format=" + settings.format().name().toLowerCase(Locale.ROOT)));
    if (settings.format() == Format.DIRECTORY) {
      BackupFolder.createFolder(partial);
      command.add("--jobs=" + settings.jobs());
      command.add("--file=" + partial);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    LibpqEnvironment.give(variables, builder.environment());
    return settings.format() == Format.DIRECTORY
        ? writeFolder(partial, builder, check)
        : writeFile(partial, builder, check);
  }

  private static String writeFolder(Path partial, ProcessBuilder builder, Runnable check)
      throws IOException {
    try (Flow flow = new Flow()) {
      Child dump = flow.start("pg_dump", builder);
      dump.input().close();
      flow.await(check);
    }
    BackupFolder.protect(partial);
    return Checksums.of(partial);
  }

  private String writeFile(Path partial, ProcessBuilder builder, Runnable check)
      throws IOException {
    MessageDigest digest = Checksums.digest();
    // Closed only after the flow has ended: what pumps must not find another file behind its
    // descriptor.
    try (FileChannel file = BackupFolder.create(partial);
        OutputStream out = new DigestOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(file), BUFFER), digest);
        Flow flow = new Flow()) {
      Encryption encryption = settings.encryption();
      OutputStream plain = out;
      if (envelope != null && encryption != null) {
        // First: without a key nothing needs to be read.
        Child cipher = flow.start(Envelope.name(envelope.tool()), envelope.encrypting(encryption));
        flow.pump(() -> cipher.output().transferTo(out));
        plain = cipher.input();
      }
      Child dump = flow.start("pg_dump", builder);
      dump.input().close();
      OutputStream sink = plain;
      flow.pump(() -> {
        write(dump.output(), sink);
        if (sink != out) {
          // The cipher's end of input. The file is closed by whoever opened it.
          sink.close();
        }
      });
      flow.await(check);
      out.flush();
      file.force(true);
    }
    return Checksums.hex(digest);
  }

  private void write(InputStream dumped, OutputStream sink) throws IOException {
    if (settings.format() == Format.PLAIN) {
      GZIPOutputStream packed = new GZIPOutputStream(sink, BUFFER);
      dumped.transferTo(packed);
      packed.finish();
    } else {
      dumped.transferTo(sink);
    }
    sink.flush();
  }

  private MigrationException failed(ServerMoment moment, Path partial, IOException e) {
    MigrationException failure = MigrationException.because(
            FailureCode.BACKUP_FAILED,
            "the backup of " + moment.database() + " failed: " + Failures.words(e))
        .done("nothing was changed, and no backup was left behind.", List.of())
        .advice(Failures.advice(e))
        .cause(e)
        .build();
    discard(partial, failure);
    return failure;
  }

  private static void discard(Path partial, Throwable failure) {
    try {
      BackupFolder.delete(partial);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
