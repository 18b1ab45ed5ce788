package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which objects a database has. A name without a schema counts as there when any schema that is not the system's has it. */
public final class Existing {

  private static final String THERE = """
      SELECT w.place
        FROM ROWS FROM (
             pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]),
             pg_catalog.unnest($4::text[]))
             WITH ORDINALITY AS w (kind, schema, name, part, place)
       WHERE CASE
             WHEN w.kind = 'SCHEMA'
             THEN EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = w.name::name)
             WHEN w.kind = 'EXTENSION'
             THEN EXISTS (SELECT FROM pg_catalog.pg_extension e WHERE e.extname = w.name::name)
             WHEN w.kind IN ('ROUTINE', 'TYPE', 'RELATION', 'COLUMN', 'CONSTRAINT')
             THEN EXISTS (
                  SELECT
                    FROM pg_catalog.pg_namespace n
                   WHERE CASE WHEN w.schema = '' THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                              ELSE n.nspname = w.schema::name END
                     AND CASE w.kind
                         WHEN 'ROUTINE'
                         THEN EXISTS (SELECT FROM pg_catalog.pg_proc p
                                       WHERE p.pronamespace = n.oid AND p.proname = w.name::name)
                         WHEN 'TYPE'
                         THEN EXISTS (SELECT FROM pg_catalog.pg_type t
                                       WHERE t.typnamespace = n.oid AND t.typname = w.name::name)
                         WHEN 'RELATION'
                         THEN EXISTS (SELECT FROM pg_catalog.pg_class c
                                       WHERE c.relnamespace = n.oid AND c.relname = w.name::name)
                         WHEN 'COLUMN'
                         THEN EXISTS (SELECT FROM pg_catalog.pg_class c
                                        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                                       WHERE c.relnamespace = n.oid AND c.relname = w.name::name
                                         AND a.attname = w.part::name)
                         ELSE EXISTS (SELECT FROM pg_catalog.pg_constraint k
                                       WHERE k.connamespace = n.oid AND k.conname = w.part::name)
                         END)
             ELSE true
             END
      """;

  private Existing() {}

  /**
   * Something that may be there.
   *
   * @param kind SCHEMA, EXTENSION, ROUTINE, TYPE, RELATION, COLUMN or CONSTRAINT; anything else counts as there
   * @param schema its schema; empty for any
   * @param name its name; of a part of a table, the table's
   * @param part the column or constraint; empty for the whole
   */
  public record Wanted(String kind, String schema, String name, String part) {}

  /** The places in the list, from 0, of those that are there. */
  public static Set<Integer> among(Session session, List<Wanted> wanted) {
    return wanted.isEmpty()
        ? Set.of()
        : new HashSet<>(session.query(
            Command.of(
                THERE,
                array(wanted, Wanted::kind),
                array(wanted, Wanted::schema),
                array(wanted, Wanted::name),
                array(wanted, Wanted::part)),
            row -> (int) row.number(1) - 1));
  }

  private static String array(List<Wanted> wanted, Function<Wanted, String> value) {
    return Identifiers.array(wanted.stream().map(value).toList());
  }
}
