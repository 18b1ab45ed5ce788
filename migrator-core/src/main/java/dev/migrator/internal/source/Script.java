package dev.migrator.internal.source;

import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.internal.sql.ScriptReading;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a migration runs: a file, or a section of one. Nothing is read before it is asked for.
 *
 * <p>Thread-safe.
 */
public final class Script {

  private final Found file;
  private final Cut cut;
  private final @Nullable Sidecar sidecar;
  private final ReadingRules placeholders;
  private @Nullable Checksum checksum;

  /** Finds a script in the content of its file. */
  @FunctionalInterface
  interface Cut {

    /** All of a file that nobody has to look into. */
    Cut WHOLE = file -> Piece.whole(file, ReadingRules.PLAIN);

    /**
     * The piece that is the script; {@code null} when the file has none.
     *
     * @throws MigrationException when the file holds something else than its folder promises
     */
    @Nullable
    Piece of(Found file);
  }

  Script(Found file, Cut cut, @Nullable Sidecar sidecar) {
    this(file, cut, sidecar, ReadingRules.PLAIN);
  }

  private Script(Found file, Cut cut, @Nullable Sidecar sidecar, ReadingRules placeholders) {
    this.file = file;
    this.cut = cut;
    this.sidecar = sidecar;
    this.placeholders = placeholders;
  }

  /** The same script, its placeholders replaced as these rules say. */
  Script replacing(ReadingRules rules) {
    return new Script(file, cut, sidecar, rules);
  }

  /** A script that was kept elsewhere than in a location, for example in the database. */
  static Script stored(String path, String text) {
    return new Script(
        new Found(path, path, new HeldContent(text.getBytes(StandardCharsets.UTF_8))),
        Cut.WHOLE,
        null,
        ReadingRules.PLAIN);
  }

  /** The path of the file within its location, for messages and the tracking table. */
  public String path() {
    return file.path();
  }

  /** Whether the file has this script: a down section may be absent, and only the content tells. */
  boolean exists() {
    return cut.of(file) != null;
  }

  /**
   * The checksum of the content; of a section, its marker line included.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when the file cannot be read; {@code SCRIPT_NAME_INVALID} when its
   *     sections are not those of its folder's convention
   */
  public synchronized Checksum checksum() {
    Checksum known = checksum;
    if (known == null) {
      known = piece().checksum();
      checksum = known;
    }
    return known;
  }

  /**
   * The statements.
   *
   * @throws MigrationException as {@link #checksum()} and {@link ParsedScript#read}
   */
  public ParsedScript parse() {
    return ParsedScript.read(path(), piece().content(), rules());
  }

  /**
   * The statements, also of a script that would be refused.
   *
   * @throws MigrationException as {@link #checksum()} and {@link ScriptReading#read}
   */
  public ScriptReading reading() {
    return ScriptReading.read(path(), piece().content(), rules());
  }

  /**
   * How the text is read.
   *
   * @throws MigrationException as {@link #checksum()}, and {@code SCRIPT_UNREADABLE} when a file beside it that tells is
   *     not understood
   */
  public ReadingRules rules() {
    ReadingRules rules = piece().rules();
    String reason = sidecar == null ? null : sidecar.withoutTransaction();
    return new ReadingRules(
        rules.firstLine(),
        rules.breakpoints(),
        reason == null ? rules.withoutTransaction() : reason,
        placeholders.placeholders(),
        placeholders.placeholdersInBodies());
  }

  /**
   * The content as text, without byte order mark and, of a section, without its marker line.
   *
   * @throws MigrationException as {@link #checksum()}, and {@code SCRIPT_UNREADABLE} when it is not UTF-8, with the offset
   *     of the first byte that is not
   */
  public String text() {
    return piece().text(path());
  }

  private Piece piece() {
    Piece piece = cut.of(file);
    if (piece == null) {
      throw new IllegalStateException(file.origin() + " has no such section");
    }
    return piece;
  }
}
