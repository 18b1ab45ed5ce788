package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Row;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import dev.migrator.migration.JournalEntry.Progress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the journal. */
final class JournalRows {

  static final String READ = """
      SELECT version_key, action, ordinal, statement_checksum, finished_at IS NOT NULL,
             coalesce((details ->> 'failed')::boolean, false), details ->> 'object', details ->> 'name',
             (SELECT coalesce(pg_catalog.string_agg(i.oid, ','), '')
                FROM pg_catalog.jsonb_array_elements_text(details -> 'indexes') AS i (oid)
              HAVING details -> 'indexes' IS NOT NULL),
             (SELECT pg_catalog.string_agg(s.key || pg_catalog.chr(1) || s.value, pg_catalog.chr(2))
                FROM pg_catalog.jsonb_each_text(details -> 'settings') AS s)
        FROM %{journal}
       WHERE version_key = ANY ($1::text[])
       ORDER BY version_key, action, ordinal
      """;

  private JournalRows() {}

  static String key(Row row) {
    return row.text(1);
  }

  static JournalEntry entry(Row row) {
    return new JournalEntry(
        row.text(2).equals(Action.ROLLBACK.name().toLowerCase(Locale.ROOT))
            ? Action.ROLLBACK
            : Action.APPLY,
        (int) row.number(3),
        row.text(4),
        row.flag(5) ? Progress.FINISHED : row.flag(6) ? Progress.FAILED : Progress.BEGUN,
        new CatalogBefore(oid(row.textOrNull(7)), row.textOrNull(8), oids(row.textOrNull(9))),
        settings(row.textOrNull(10)));
  }

  private static Map<String, String> settings(@Nullable String text) {
    Map<String, String> settings = new HashMap<>();
    if (text != null) {
      for (String setting : text.split("\u0002", -1)) {
        String[] parts = setting.split("\u0001", 2);
        settings.put(parts[0], parts[1]);
      }
    }
    return settings;
  }

  private static @Nullable Long oid(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  private static @Nullable List<Long> oids(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
  }
}
