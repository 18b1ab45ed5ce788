package dev.migrator.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One SQL command with its parameters, or one {@code COPY ... FROM STDIN} with its data.
 *
 * <p>Parameters are texts; the SQL casts them ({@code $1::bigint}). That keeps one form for every way of sending.
 *
 * @param sql exactly one command, parameters written {@code $1}, {@code $2} ...
 * @param parameters their values
 * @param copyData the data of a COPY, or {@code null} for any other command
 * @param rows what becomes of the rows that it returns
 * @param pins the settings without a list whose state is remembered with that of the session, instead of a command that is
 *     sent: see {@link #pin}; or {@code null}
 * @param repeated whether the same SQL is sent again and again with other parameters: see {@link #often()}
 */
public record Command(
    String sql,
    List<@Nullable String> parameters,
    @Nullable CopySource copyData,
    Rows rows,
    @Nullable Set<String> pins,
    boolean repeated) {

  /** What becomes of the rows that a command returns. */
  public enum Rows {
    DROPPED,
    /** The first column of the first one is in {@link Replies#answer}. */
    FIRST_KEPT
  }

  /** The data of a COPY, which may be many. */
  @FunctionalInterface
  public interface CopySource {

    /** The bytes in the encoding of the session, for the caller to close. */
    InputStream open() throws IOException;
  }

  /** A command without COPY data. */
  public static Command of(String sql, @Nullable String... parameters) {
    return new Command(
        sql,
        Collections.<@Nullable String>unmodifiableList(Arrays.<@Nullable String>asList(parameters)),
        null,
        Rows.DROPPED,
        null,
        false);
  }

  /** A query whose answer is wanted: its first row's first column, as a text. */
  public static Command asking(String sql) {
    return new Command(sql, List.of(), null, Rows.FIRST_KEPT, null, false);
  }

  /** A {@code COPY ... FROM STDIN} with the lines that follow it. */
  public static Command copy(String sql, CopySource data) {
    return new Command(sql, List.of(), data, Rows.DROPPED, null, false);
  }

  /**
   * The place in a transaction where the session's state is remembered, because behind a pooler it is this session only
   * until the transaction ends. Such a transaction is committed with {@code COMMIT AND CHAIN} and ends with {@link
   * Session#unpin()}.
   *
   * @param settings as for {@link Session#state}
   */
  public static Command pin(Set<String> settings) {
    return new Command("", List.of(), null, Rows.DROPPED, settings, false);
  }

  /** The same parameters for another text. */
  public Command withSql(String text) {
    return new Command(text, parameters, copyData, rows, pins, repeated);
  }

  /**
   * The same as one of many: the server may be asked to keep what it has parsed and planned. Its sender asks {@link
   * #isForgotten} when it fails, and sends it once more then.
   */
  public Command often() {
    return new Command(sql, parameters, copyData, rows, pins, true);
  }

  /** Whether it failed because something made the server forget what it kept; it is not kept a second time. */
  public boolean isForgotten(ServerError error) {
    return repeated && RepeatingChannel.UNKNOWN_STATEMENT.equals(error.sqlState());
  }

  /** Whether it cannot travel together with others. */
  boolean travelsAlone() {
    return copyData != null || pins != null;
  }

  /** How much it takes on the wire. */
  long bytes() {
    long bytes = utf8Length(sql);
    for (@Nullable String parameter : parameters) {
      bytes += parameter == null ? 0 : utf8Length(parameter);
    }
    return bytes;
  }

  private static long utf8Length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
    }
    return bytes;
  }
}
