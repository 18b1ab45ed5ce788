package dev.migrator.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which backup is brought back, and where. Immutable: each method returns a changed copy.
 *
 * @param file the backup: a file, or the folder of the directory format
 * @param target where it goes. Default: a new database
 * @param checksum its SHA-256; {@code null}, the default, where it is written beside it or in the history
 * @param identity the file of age's private key; {@code null}, the default, for a backup that age did not encrypt
 * @param programs where PostgreSQL's programs are, as {@link Backup#programs()}
 * @param jobs how many processes read the directory format. Default: 1
 */
public record Restore(
    Path file,
    Target target,
    @Nullable String checksum,
    @Nullable Path identity,
    @Nullable Path programs,
    int jobs) {

  /** Where a backup goes. */
  public sealed interface Target {

    /**
     * A database that does not exist yet.
     *
     * @param name its name; {@code null} for that of the connections' database and {@code _restored}
     */
    record NewDatabase(@Nullable String name) implements Target {}

    /**
     * The place of the connections' database, which is kept under another name.
     *
     * @param phrase what somebody typed: {@code RESTORE} and the database's name
     */
    record InPlace(String phrase) implements Target {

      /** What has to be typed for a database. */
      public static String phrase(String database) {
        return "RESTORE " + database;
      }
    }
  }

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException when the number of jobs is out of its bounds, or the checksum is none
   */
  public Restore {
    if (jobs < 1 || jobs > 64) {
      throw new IllegalArgumentException("a backup is read by 1 to 64 jobs");
    }
    if (checksum != null && !checksum.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("a checksum has 64 hexadecimal digits");
    }
  }

  /** The restore of a backup into a new database. */
  public static Restore of(Path file) {
    return new Restore(file, new Target.NewDatabase(null), null, null, null, 1);
  }

  /** Into a new database of this name. */
  public Restore into(String name) {
    return new Restore(file, new Target.NewDatabase(name), checksum, identity, programs, jobs);
  }

  /** In the place of the connections' database. */
  public Restore inPlace(String phrase) {
    return new Restore(file, new Target.InPlace(phrase), checksum, identity, programs, jobs);
  }

  /** With a checksum. */
  public Restore checksum(@Nullable String value) {
    return new Restore(file, target, value, identity, programs, jobs);
  }

  /** With a private key of age's. */
  public Restore identity(@Nullable Path value) {
    return new Restore(file, target, checksum, value, programs, jobs);
  }

  /** With the programs of a folder. */
  public Restore programs(@Nullable Path value) {
    return new Restore(file, target, checksum, identity, value, jobs);
  }

  /** By several processes. */
  public Restore jobs(int value) {
    return new Restore(file, target, checksum, identity, programs, value);
  }
}
