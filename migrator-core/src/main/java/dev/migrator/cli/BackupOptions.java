package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Backup;
import dev.migrator.config.Backup.Encryption;
import dev.migrator.config.Restore;
import dev.migrator.report.BackupReport.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The verbs {@code backup} and {@code restore}, the backup before {@code migrate}, and their options. */
final class BackupOptions {

  private BackupOptions() {}

  static final Option<Backup.When> BACKUP = Option.of(
      "--backup",
      Values.choices(Backup.When.class),
      Values.oneOf(Backup.When.class),
      (builder, when) -> change(builder, b -> b.when(when)),
      "When the database is backed up before the first migration runs. Default: production, which an unknown environment"
          + " counts as.");

  static final Option<Path> DIRECTORY = Option.of(
      "--backup-directory",
      "<folder>",
      Values::path,
      (builder, folder) -> change(builder, b -> b.directory(folder)),
      "Where backups are written. Default: backups/migrations.");

  static final Option<Format> FORMAT = Option.of(
      "--backup-format",
      Values.choices(Format.class),
      Values.oneOf(Format.class),
      (builder, format) -> change(builder, b -> b.format(format)),
      "How they are written: plain is SQL in gzip, for psql; the other two are pg_dump's, for pg_restore."
          + " Default: plain.");

  static final Option<Integer> JOBS = Option.of(
      "--backup-jobs",
      "<number>",
      Values::count,
      (builder, jobs) -> change(builder, b -> b.jobs(jobs)),
      "How many processes write or read the directory format. Default: 1.");

  static final Option<Encryption> ENCRYPT = Option.of(
      "--backup-encrypt",
      "<tool:key>",
      BackupOptions::encryption,
      (builder, encryption) -> change(builder, b -> b.encryption(encryption)),
      "Encrypt for a public key: age:age1... or gpg:ops@example.com. Nothing is written in the clear.");

  static final Option<Path> PROGRAMS = Option.of(
      "--backup-programs",
      "<folder>",
      Values::path,
      (builder, folder) -> change(builder, b -> b.programs(folder)),
      "Where pg_dump, pg_restore and psql are. Default: the PATH, and where packages of PostgreSQL put them.");

  static final Option<Integer> KEEP = Option.of(
      "--backup-keep",
      "<number>",
      Values::count,
      (builder, number) -> change(builder, b -> b.keepLast(number)),
      "Delete all but that many of the latest backups in the folder, once a new one is there. Default: keep all.");

  static final Option<Boolean> RESTORE_POINT = Option.flag(
      "--backup-restore-point",
      (builder, on) -> change(builder, b -> b.restorePoint(on)),
      "Also set a restore point for a recovery to a point in time, where the role may.");

  static final Option<String> INTO = Option.of(
      "--into",
      "<database>",
      UnaryOperator.identity(),
      "The new database, which must not exist. Default: the URL's, with _restored behind it.");

  static final Option<Boolean> OVERWRITE = Option.flag(
      "--overwrite",
      "Put the backup in the place of the URL's database, which is kept under another name. Needs --overwrite-phrase.");

  static final Option<String> CONFIRM_PHRASE = Option.of(
      "--overwrite-phrase",
      "<phrase>",
      UnaryOperator.identity(),
      "What has to be typed for --overwrite: \"RESTORE <database>\".");

  static final Option<String> CHECKSUM = Option.of(
      "--checksum",
      "<sha256>",
      BackupOptions::checksum,
      "The backup's SHA-256. Default: what is written in the file beside it, or in the history.");

  static final Option<Path> IDENTITY = Option.of(
      "--identity",
      "<file>",
      Values::path,
      "The private key for a backup that age encrypted; gpg has its own in the keyring.");

  /** What the verb {@code backup} knows. */
  static final List<Option<?>> OF_BACKUP =
      List.of(DIRECTORY, FORMAT, JOBS, ENCRYPT, PROGRAMS, KEEP, RESTORE_POINT);

  /** What the verb {@code restore} knows. */
  static final List<Option<?>> OF_RESTORE =
      List.of(INTO, OVERWRITE, CONFIRM_PHRASE, CHECKSUM, IDENTITY, PROGRAMS, JOBS);

  static Outcome restore(MigrationEngine engine, Arguments given, Console console) {
    Restore request = Restore.of(console.resolve(Values.path(given.argument("<file>"))))
        .checksum(given.get(CHECKSUM).orElse(null))
        .identity(given.get(IDENTITY).map(console::resolve).orElse(null))
        .programs(given.get(PROGRAMS).orElse(null))
        .jobs(given.get(JOBS).orElse(1));
    Optional<String> into = given.get(INTO);
    if (given.has(OVERWRITE)) {
      if (into.isPresent()) {
        throw UsageErrors.invalid("--into and --overwrite exclude each other.");
      }
      return Outcome.of(engine.restore(request.inPlace(given.get(CONFIRM_PHRASE).orElse(""))));
    }
    if (given.get(CONFIRM_PHRASE).isPresent()) {
      throw UsageErrors.invalid("--overwrite-phrase belongs to --overwrite.");
    }
    return Outcome.of(engine.restore(into.map(request::into).orElse(request)));
  }

  private static void change(MigrationEngineBuilder builder, UnaryOperator<Backup> change) {
    builder.safeguards(safeguards -> safeguards.backup(change));
  }

  private static Encryption encryption(String text) {
    if (text.startsWith("age:")) {
      return Encryption.age(text.substring(4));
    }
    if (text.startsWith("gpg:")) {
      return Encryption.gpg(text.substring(4));
    }
    throw new IllegalArgumentException("write age: or gpg: and the public key");
  }

  private static String checksum(String text) {
    if (!text.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("write 64 hexadecimal digits");
    }
    return text;
  }
}
