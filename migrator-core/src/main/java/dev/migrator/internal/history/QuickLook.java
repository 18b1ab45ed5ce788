package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.Checksum;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The look at the tracking table at every start of an application: whether it holds what the application has, and nothing
 * else. It asks for so little because the server has to open its catalogs anew for every connection: that the table is
 * marked as ours takes as long to find out as all the rest, and rows that agree in every checksum are ours.
 *
 * <p>It settles only that there is nothing to do. Whatever it finds else, or cannot read, {@link History} decides.
 */
public final class QuickLook {

  /** The table is not simply read: that would leave an ERROR in the log of a server whose database is still empty. */
  private static final String FIND = """
      SELECT pg_catalog.current_database(), pg_catalog.current_schema(), pg_catalog.to_regclass(%{name}) IS NOT NULL
      """;

  /**
   * Columns of format 1.0 only, so that a table of another format, which has lost one of them, is not taken for ours; and
   * few: with thousands of rows, each column counts.
   */
  private static final String ROWS = """
      SELECT version, name, kind,
             CASE WHEN status = 'completed' AND checksum_algorithm = '%{algorithm}' THEN checksum END
        FROM %{migrations}
      """.replace("%{algorithm}", Checksum.SHA256_LF);

  private QuickLook() {}

  /** A row as the scripts would have it. */
  @FunctionalInterface
  public interface Expected {

    /** Whether this one is; all in UTF-8, the checksum by {@link Checksum#SHA256_LF}. */
    boolean test(byte[] id, byte[] name, byte[] kind, byte[] checksum);
  }

  /**
   * Looks for what is expected.
   *
   * @param schema the configured schema; {@code null} for {@code current_schema()}
   * @param table the configured name
   * @param expected whether an applied migration is
   * @param enough whether those that were asked for are all that was expected
   * @return where the tracking tables are; {@code null} when anything is not as expected
   */
  public static @Nullable Located unlessOther(
      Session session,
      @Nullable String schema,
      String table,
      Expected expected,
      BooleanSupplier enough) {
    try {
      Located located = session.queryOne(find(schema, table), row -> located(row, schema, table));
      return located.exists()
              && session.holds(
                  Command.of(located.names().fill(ROWS)), row -> isExpected(row, expected))
              && enough.getAsBoolean()
          ? located
          : null;
    } catch (CommandFailedException e) {
      // A foreign table, a missing privilege, a lost connection: asked again, the history tells
      // which.
      return null;
    }
  }

  /**
   * Without parameters, which the driver could take in a prepared statement only: in a process that has prepared none
   * before, loading what that needs takes longer than the whole look.
   */
  private static Command find(@Nullable String schema, String table) {
    String name = schema == null
        ? "pg_catalog.quote_ident(pg_catalog.current_schema()) || "
            + Identifiers.constant("." + Identifiers.quote(table))
        : Identifiers.constant(Identifiers.quote(schema, table));
    return Command.of(FIND.replace("%{name}", name));
  }

  /** A session without a schema has no such table either. */
  private static Located located(Row row, @Nullable String configured, String table) {
    String current = row.textOrNull(2);
    String schema = configured == null ? current : configured;
    return new Located(
        row.text(1), new TrackingNames(String.valueOf(schema), table), current, row.flag(3));
  }

  private static boolean isExpected(Row row, Expected expected) {
    byte[] id = row.bytes(1);
    byte[] name = row.bytes(2);
    byte[] kind = row.bytes(3);
    byte[] checksum = row.bytes(4);
    return id != null
        && name != null
        && kind != null
        && checksum != null
        && expected.test(id, name, kind, checksum);
  }
}
