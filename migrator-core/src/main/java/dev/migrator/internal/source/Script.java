package dev.migrator.internal.source;

import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script's content: read from its location once, when it is first asked for.
 *
 * <p>Thread-safe: while the engine connects, another thread reads ahead.
 */
public final class Script {

  private static final char BYTE_ORDER_MARK = 0xFEFF;

  private final String path;
  private final String origin;
  private final Location.ContentReader reader;
  private byte @Nullable [] content;
  private @Nullable Checksum checksum;

  Script(String path, String origin, Location.ContentReader reader) {
    this.path = path;
    this.origin = origin;
    this.reader = reader;
  }

  /** A script that was kept elsewhere than in a location, for example in the database. */
  public static Script stored(String path, String text) {
    return new Script(path, path, () -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the script really is: a path on disk, or in a jar. */
  String origin() {
    return origin;
  }

  /** The path within its location, for messages and the tracking table. */
  public String path() {
    return path;
  }

  /**
   * The checksum of the content.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when the file cannot be read
   */
  public synchronized Checksum checksum() {
    Checksum known = checksum;
    if (known == null) {
      known = Checksum.of(content());
      checksum = known;
    }
    return known;
  }

  /**
   * The statements.
   *
   * @throws MigrationException as {@link #text()} and {@link ParsedScript#read}
   */
  public ParsedScript parse() {
    return ParsedScript.read(path, text());
  }

  /**
   * The content as text, a byte order mark removed.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when it is not UTF-8, with the offset of the first byte that is not
   */
  public String text() {
    byte[] all = content();
    ByteBuffer bytes = ByteBuffer.wrap(all);
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer characters = CharBuffer.allocate(all.length);
    CoderResult result = decoder.decode(bytes, characters, true);
    if (result.isError()) {
      throw MigrationException.because(
              FailureCode.SCRIPT_UNREADABLE,
              path + " is not UTF-8: the byte at offset " + bytes.position()
                  + " belongs to no character.")
          .done("nothing was run.", List.of())
          .advice("save the file as UTF-8.")
          .build();
    }
    characters.flip();
    if (characters.hasRemaining() && characters.charAt(0) == BYTE_ORDER_MARK) {
      characters.get();
    }
    String text = characters.toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw MigrationException.because(
              FailureCode.SCRIPT_UNREADABLE,
              path + " holds a NUL character, the " + (nul + 1) + "th.")
          .done("nothing was run.", List.of())
          .advice("remove it; no text of PostgreSQL can hold one. Is the file UTF-16?")
          .build();
    }
    return text;
  }

  private synchronized byte[] content() {
    byte[] known = content;
    if (known == null) {
      try {
        known = reader.read();
      } catch (IOException e) {
        throw MigrationException.because(
                FailureCode.SCRIPT_UNREADABLE, origin + " cannot be read: " + e.getMessage())
            .done("nothing was run.", List.of())
            .cause(e)
            .build();
      }
      content = known;
    }
    return known;
  }
}
