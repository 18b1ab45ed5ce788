package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the catalog holds now, as far as it tells whether a statement has happened. Names are found by the session's search path. */
public final class CatalogFacts {

  /**
   * An index.
   *
   * @param oid its oid
   * @param schema its schema
   * @param name its name
   * @param unique whether it is unique
   * @param valid whether queries may use it; when not, its making was cut or is under way
   * @param building whether a session is making it right now
   * @param columns the names of its key columns; an empty text in place of an expression
   */
  public record Index(
      long oid,
      String schema,
      String name,
      boolean unique,
      boolean valid,
      boolean building,
      List<String> columns) {

    /** Keeps a copy. */
    public Index {
      columns = List.copyOf(columns);
    }

    /** Schema and name, quoted. */
    public String quoted() {
      return Identifiers.quote(schema, name);
    }

    /** The command that drops it. */
    public Command drop() {
      return Command.of("DROP INDEX CONCURRENTLY IF EXISTS " + quoted());
    }
  }

  /** A table's place in a partitioned one. */
  public enum Partition {
    NONE,
    ATTACHED,
    /** DETACH PARTITION CONCURRENTLY was cut: it waits for FINALIZE. */
    DETACH_PENDING
  }

  /** Objects that belong to the server, not to a schema. */
  public enum Placeless {
    DATABASE("SELECT oid FROM pg_catalog.pg_database WHERE datname = $1::name"),
    TABLESPACE("SELECT oid FROM pg_catalog.pg_tablespace WHERE spcname = $1::name"),
    SUBSCRIPTION(
        "SELECT s.oid FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid"
            + " WHERE d.datname = pg_catalog.current_database() AND s.subname = $1::name");

    private final String query;

    Placeless(String query) {
      this.query = query;
    }
  }

  private static final char SEPARATOR = '\u0001';

  /** Who may not see what others build sees that they build: then a lock on the table is enough to leave the index alone. */
  private static final String INDEXES = """
      SELECT i.indexrelid, n.nspname, c.relname, i.indisunique, i.indisvalid,
             EXISTS (SELECT
                       FROM pg_catalog.pg_stat_progress_create_index p
                      WHERE p.datname = pg_catalog.current_database() AND p.pid <> pg_catalog.pg_backend_pid()
                        AND (p.index_relid = i.indexrelid
                             OR p.relid IS NULL
                            AND EXISTS (SELECT
                                          FROM pg_catalog.pg_locks l
                                         WHERE l.pid = p.pid AND l.locktype = 'relation' AND l.granted
                                           AND l.relation = i.indrelid))),
             (SELECT pg_catalog.string_agg(coalesce(a.attname::text, ''), pg_catalog.chr(1) ORDER BY k.place)
                FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k (attribute, place)
                LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attribute
               WHERE k.place <= i.indnkeyatts)
        FROM (SELECT $1::oid AS "table") wanted
       CROSS JOIN pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'i'
         AND (wanted."table" IS NULL
              OR i.indrelid = wanted."table"
              OR i.indrelid = (SELECT t.reltoastrelid FROM pg_catalog.pg_class t WHERE t.oid = wanted."table"))
       ORDER BY i.indexrelid
      """;

  private static final String RELATION = "SELECT pg_catalog.to_regclass($1::text)::oid";

  private static final String TABLE_OF_INDEX =
      "SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass($1::text)";

  private static final String EXISTS = "SELECT FROM pg_catalog.pg_class WHERE oid = $1::oid";

  private static final String PARTITION =
      "SELECT inhdetachpending FROM pg_catalog.pg_inherits WHERE inhrelid = $1::oid";

  private static final String SHORTENED = "SELECT $1::text::name";

  private final Session session;

  /** Facts that this session is told. */
  public CatalogFacts(Session session) {
    this.session = session;
  }

  /** The indexes of a table, those of its TOAST table included. */
  public List<Index> indexes(long table) {
    return session.query(Command.of(INDEXES, Long.toString(table)), CatalogFacts::index);
  }

  /** Every index of the database. */
  public List<Index> indexes() {
    return session.query(Command.of(INDEXES, (String) null), CatalogFacts::index);
  }

  /** The oid of a relation; {@code null} when there is none. */
  public @Nullable Long relation(@Nullable String schema, String name) {
    return oid(RELATION, quoted(schema, name));
  }

  /** The oid of an index's table; {@code null} when there is no such index. */
  public @Nullable Long tableOfIndex(@Nullable String schema, String name) {
    return oid(TABLE_OF_INDEX, quoted(schema, name));
  }

  /** Whether a relation is there still. */
  public boolean exists(long relation) {
    return !session
        .query(Command.of(EXISTS, Long.toString(relation)), row -> true)
        .isEmpty();
  }

  /** The oid of a database, tablespace or subscription; {@code null} when there is none. */
  public @Nullable Long placeless(Placeless type, String name) {
    return oid(type.query, name);
  }

  /** A table's place in a partitioned one. */
  public Partition partition(long table) {
    return session.query(Command.of(PARTITION, Long.toString(table)), row -> row.flag(1)).stream()
        .findFirst()
        .map(pending -> pending ? Partition.DETACH_PENDING : Partition.ATTACHED)
        .orElse(Partition.NONE);
  }

  /** A name as PostgreSQL keeps it: shortened to 63 bytes. */
  public String shortened(String name) {
    return session.queryOne(Command.of(SHORTENED, name), row -> row.text(1));
  }

  /** The command that finishes a DETACH PARTITION CONCURRENTLY that was cut. */
  public static Command finishDetaching(
      @Nullable String parentSchema, String parent, @Nullable String schema, String partition) {
    return Command.of("ALTER TABLE " + quoted(parentSchema, parent) + " DETACH PARTITION "
        + quoted(schema, partition) + " FINALIZE");
  }

  private static Index index(Row row) {
    return new Index(
        row.number(1),
        row.text(2),
        row.text(3),
        row.flag(4),
        row.flag(5),
        row.flag(6),
        Arrays.asList(row.text(7).split(String.valueOf(SEPARATOR), -1)));
  }

  private @Nullable Long oid(String query, String name) {
    List<Optional<String>> found =
        session.query(Command.of(query, name), row -> Optional.ofNullable(row.textOrNull(1)));
    return found.isEmpty() ? null : found.get(0).map(Long::valueOf).orElse(null);
  }

  private static String quoted(@Nullable String schema, String name) {
    return schema == null ? Identifiers.quote(name) : Identifiers.quote(schema, name);
  }
}
