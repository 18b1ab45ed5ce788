package dev.migrator.config;

import dev.migrator.report.BackupReport.Format;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a database is backed up before a run. Immutable: each method returns a changed copy.
 *
 * @param when when there is one. Default: never
 * @param directory where it is written; created when it does not exist. Default: {@code backups/migrations}
 * @param format how it is written. Default: {@link Format#PLAIN}
 * @param jobs how many processes write the directory format. Default: 1
 * @param encryption for whom it is encrypted; {@code null}, the default, for nobody
 * @param programs the folder of {@code pg_dump}, {@code pg_restore} and {@code psql}, perhaps also of {@code age} or {@code
 *     gpg}; or one of them; {@code null}, the default, looks for them
 * @param keepLast how many backups stay in the directory; the older ones are deleted after a new one succeeded. Default: 0,
 *     which deletes none
 * @param restorePoint whether a restore point is set for a recovery to a point in time, where the role may. Default: no
 */
public record Backup(
    When when,
    Path directory,
    Format format,
    int jobs,
    @Nullable Encryption encryption,
    @Nullable Path programs,
    int keepLast,
    boolean restorePoint) {

  /** When there is a backup before a run. */
  public enum When {
    OFF,
    /** In production, and where nobody said what the database is for. */
    PRODUCTION,
    ALWAYS
  }

  /** The defaults. */
  public static final Backup DEFAULT =
      new Backup(When.OFF, Path.of("backups", "migrations"), Format.PLAIN, 1, null, null, 0, false);

  /**
   * Checks each of them. What goes with what is asked when a backup is to be taken: until then they may be set in any order.
   *
   * @throws IllegalArgumentException when a number is out of its bounds
   */
  public Backup {
    if (jobs < 1 || jobs > 64) {
      throw new IllegalArgumentException("a backup is written by 1 to 64 jobs");
    }
    if (keepLast < 0) {
      throw new IllegalArgumentException("the number of backups to keep must not be negative");
    }
  }

  /** With another time for it. */
  public Backup when(When value) {
    return new Backup(value, directory, format, jobs, encryption, programs, keepLast, restorePoint);
  }

  /** In another directory. */
  public Backup directory(Path value) {
    return new Backup(when, value, format, jobs, encryption, programs, keepLast, restorePoint);
  }

  /** In another format. */
  public Backup format(Format value) {
    return new Backup(when, directory, value, jobs, encryption, programs, keepLast, restorePoint);
  }

  /** By several jobs, which only the directory format has. */
  public Backup jobs(int value) {
    return new Backup(when, directory, format, value, encryption, programs, keepLast, restorePoint);
  }

  /** Encrypted for somebody, or, with {@code null}, not. */
  public Backup encryption(@Nullable Encryption value) {
    return new Backup(when, directory, format, jobs, value, programs, keepLast, restorePoint);
  }

  /** With the programs of a folder, or, with {@code null}, those that are found. */
  public Backup programs(@Nullable Path value) {
    return new Backup(when, directory, format, jobs, encryption, value, keepLast, restorePoint);
  }

  /** Keeping the last ones only; 0 keeps all. */
  public Backup keepLast(int value) {
    return new Backup(when, directory, format, jobs, encryption, programs, value, restorePoint);
  }

  /** With or without a restore point. */
  public Backup restorePoint(boolean value) {
    return new Backup(when, directory, format, jobs, encryption, programs, keepLast, value);
  }

  /** Whether there is a backup before a run in an environment. */
  public boolean isOn(Environment environment) {
    return when == When.ALWAYS || when == When.PRODUCTION && environment.needsConfirmation();
  }

  /**
   * For whom a backup is encrypted: whoever has the private key to a public one.
   *
   * @param tool the program that does it
   * @param recipient the public key, as the program takes it: {@code age1...}, a fingerprint, an address
   */
  public record Encryption(Tool tool, String recipient) {

    /** A program that encrypts. */
    public enum Tool {
      AGE,
      GPG
    }

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException when the recipient is empty, or looks like an option of the program or a private key
     */
    public Encryption {
      if (recipient.isBlank() || recipient.startsWith("-")) {
        throw new IllegalArgumentException("the recipient of a backup must be a public key");
      }
      if (recipient.startsWith("AGE-SECRET-KEY-")) {
        throw new IllegalArgumentException(
            "this is a private key: the recipient of a backup is the public one, age1...");
      }
    }

    /** For the holder of an age key. */
    public static Encryption age(String recipient) {
      return new Encryption(Tool.AGE, recipient);
    }

    /** For the holder of an OpenPGP key that is in the keyring. */
    public static Encryption gpg(String recipient) {
      return new Encryption(Tool.GPG, recipient);
    }
  }
}
