package dev.migrator.internal.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
 */
public record Command(
    String sql, List<@Nullable String> parameters, @Nullable CopySource copyData, Rows rows) {

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
        Rows.DROPPED);
  }

  /** A query whose answer is wanted: its first row's first column, as a text. */
  public static Command asking(String sql) {
    return new Command(sql, List.of(), null, Rows.FIRST_KEPT);
  }

  /** A {@code COPY ... FROM STDIN} with the lines that follow it. */
  public static Command copy(String sql, CopySource data) {
    return new Command(sql, List.of(), data, Rows.DROPPED);
  }

  boolean isCopy() {
    return copyData != null;
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
