package dev.migrator.internal.history;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.HistoryEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tracking tables: finds them, creates them, reads them. */
public final class History {

  private static final String READ_CHECKSUMS = """
      SELECT DISTINCT version, checksum, checksum_algorithm
        FROM %{history}
       WHERE version = ANY ($1::text[]) AND action = 'apply' AND status = 'success' AND checksum IS NOT NULL
      """;

  /** What an in-house tool has left so has no rank. */
  private static final String READ_REAPPLIED = """
      SELECT version
        FROM %{migrations}
       WHERE status IN ('running', 'failed') AND kind = 'versioned' AND applied_at IS NOT NULL AND applied_rank IS NOT NULL
      """;

  private static final String READ_SUCCESSES =
      "SELECT version, action FROM %{history} WHERE run_id = $1::uuid AND status = 'success' AND version IS NOT NULL";

  private static final String READ_SCRIPTS = "SELECT version, script, content FROM %{scripts}";

  private static final String READ_SCRIPT_VERSIONS = "SELECT version FROM %{scripts}";

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static final String PROGRESS =
      "SELECT coalesce(pg_catalog.max(sequence), 0) FROM %{history}";

  private final Session session;
  private final Located located;

  private History(Session session, Located located) {
    this.session = session;
    this.located = located;
  }

  /**
   * Finds the tracking tables.
   *
   * @param schema the configured schema; {@code null} for {@code current_schema()}
   * @param table the configured name
   * @throws MigrationException {@code FOREIGN_TABLE} when a table of that name is not ours; {@code
   *     TRACKING_TABLE_UNUSABLE} when there is no schema for it, when another visible schema holds one, or when a newer
   *     major version wrote it
   */
  public static History locate(Session session, @Nullable String schema, String table) {
    try {
      Look look = session.queryOne(Look.command(schema, table), row -> Look.of(row, schema));
      List<Candidate> candidates = look.settles()
          ? List.of(look.candidate())
          : session.query(Command.of(Candidate.ALL, schema, table), Candidate::of);
      Located located = Candidate.choose(candidates, schema, table);
      if (Candidate.isInHouse(candidates, located.names().schema())) {
        located = new Located(
            located.database(),
            located.names(),
            located.currentSchema(),
            true,
            InHouse.inspect(session, located.names()));
      }
      return new History(session, located);
    } catch (CommandFailedException e) {
      throw Session.unanswered("looking for the tracking table", e);
    }
  }

  /** Where the tables are. */
  public Located located() {
    return located;
  }

  /** The tables' names. */
  public TrackingNames names() {
    return located.names();
  }

  /**
   * What was applied or attempted, in no particular order; empty when there are no tables. What only waits for its turn is
   * left out, and so is what has neither a version nor the name of a repeatable: a later minor version may record that too.
   */
  public List<AppliedMigration> read() {
    InHouse inHouse = located.inHouse();
    if (inHouse != null) {
      return answered(() -> inHouse.read(session));
    }
    List<AppliedMigration> rows = new ArrayList<>();
    if (located.exists()) {
      query(
          MigrationRows.READ,
          row -> MigrationRows.counts(row) && rows.add(MigrationRows.applied(row)));
    }
    return rows;
  }

  /**
   * Every checksum that migrations were ever applied with, by version as recorded. Empty too when the role may not read the
   * history, as an observer's may not.
   */
  public Map<String, Set<Checksum>> checksumsOf(List<String> versions) {
    Map<String, Set<Checksum>> checksums = new HashMap<>();
    unlessForbidden(
        "reading the history",
        Command.of(names().fill(READ_CHECKSUMS), Identifiers.array(versions)),
        row -> checksums
            .computeIfAbsent(row.text(1), version -> new HashSet<>())
            .add(MigrationRows.checksum(row.text(2), row.textOrNull(3))));
    return checksums;
  }

  /**
   * The journals of migrations, by key; of one that has none an empty one. Empty when the role may not read them, as an
   * observer's may not, and where an in-house tool kept none.
   */
  public Map<String, List<JournalEntry>> journals(List<String> keys) {
    Map<String, List<JournalEntry>> journals = new HashMap<>();
    if (isOurs()
        && unlessForbidden(
            "reading the journal",
            Command.of(names().fill(JournalRows.READ), Identifiers.array(keys)),
            row -> journals
                .computeIfAbsent(JournalRows.key(row), key -> new ArrayList<>())
                .add(JournalRows.entry(row)))) {
      keys.forEach(key -> journals.putIfAbsent(key, List.of()));
    }
    return journals;
  }

  /** The versions, as recorded, that were applied before the attempt of which their rows tell. */
  public Set<String> reapplied() {
    Set<String> versions = new HashSet<>();
    if (isOurs()) {
      query(READ_REAPPLIED, row -> versions.add(row.text(1)));
    }
    return versions;
  }

  /** The outcomes, by version as recorded; empty when there are no tables. */
  public Map<String, Outcome> outcomes() {
    Map<String, Outcome> outcomes = new HashMap<>();
    if (located.exists()) {
      InHouse inHouse = located.inHouse();
      query(
          inHouse == null ? Outcome.READ : inHouse.selectOutcomes(),
          row -> outcomes.put(row.text(1), Outcome.of(row)));
    }
    return outcomes;
  }

  /**
   * A success in the history.
   *
   * @param version the migration's, as recorded
   * @param action what was done with it
   */
  public record Success(String version, String action) {}

  /** What a run has completed. */
  public Set<Success> successes(UUID runId) {
    Set<Success> successes = new HashSet<>();
    if (isOurs()) {
      try {
        session.query(
            Command.of(names().fill(READ_SUCCESSES), runId.toString()),
            row -> successes.add(new Success(row.text(1), row.text(2))));
      } catch (CommandFailedException e) {
        throw Session.unanswered("reading the history", e);
      }
    }
    return successes;
  }

  /** The stored down scripts, by version as recorded; empty when there are no tables. */
  public Map<String, StoredScript> scripts() {
    Map<String, StoredScript> scripts = new TreeMap<>();
    if (isOurs()) {
      query(
          READ_SCRIPTS,
          row -> scripts.put(row.text(1), new StoredScript(row.text(2), row.text(3))));
    }
    return scripts;
  }

  /**
   * A down script as it was stored.
   *
   * @param path its path within its location then
   * @param content its text
   */
  public record StoredScript(String path, String content) {}

  /** The versions that have a stored down script; empty too when the role may not read that table, as an observer's may not. */
  public Set<String> storedVersions() {
    Set<String> versions = new HashSet<>();
    if (isOurs()) {
      unlessForbidden(
          "reading the stored down scripts",
          Command.of(names().fill(READ_SCRIPT_VERSIONS)),
          row -> versions.add(row.text(1)));
    }
    return versions;
  }

  /** The fingerprints that were recorded before applied migrations, by version as recorded. */
  public Map<String, String> schemaBefore() {
    Map<String, String> fingerprints = new HashMap<>();
    if (isOurs()) {
      query(SchemaRecords.READ_BEFORE, row -> fingerprints.put(row.text(1), row.text(2)));
    }
    return fingerprints;
  }

  /**
   * What was applied since a migration was, and is applied still.
   *
   * @param version the migration's, as recorded
   * @param but the versions that do not count
   */
  public List<String> appliedSince(String version, List<String> but) {
    return isOurs()
        ? answered(() ->
            session.query(SchemaRecords.appliedSince(names(), version, but), row -> row.text(1)))
        : List.of();
  }

  /**
   * Whether the fingerprint that was recorded before a migration is about these schemas; true where nobody wrote down which.
   *
   * @param version the migration's, as recorded
   * @param schemas the schemas; empty for all
   */
  public boolean recordedWith(String version, List<String> schemas) {
    return !isOurs()
        || answered(() -> session.query(
                SchemaRecords.recordedWith(names(), version, schemas), row -> row.flag(1)))
            .stream()
            .allMatch(same -> same);
  }

  /**
   * What the last run that recorded the schema left; {@code null} when none did.
   *
   * @param schemas the schemas that count now; empty for all
   */
  public SchemaRecords.@Nullable Recorded recordedSchema(List<String> schemas) {
    return isOurs()
        ? answered(() ->
                session.query(SchemaRecords.latest(names(), schemas), SchemaRecords.Recorded::of))
            .stream()
            .findFirst()
            .orElse(null)
        : null;
  }

  /** The checksum that was written down when a backup of this name was made; {@code null} when none was. */
  public @Nullable String backupChecksum(String file) {
    return isOurs()
        ? answered(() -> session.query(
                Command.of(names().fill(BackupRecords.CHECKSUM), file), row -> row.text(1)))
            .stream()
            .findFirst()
            .orElse(null)
        : null;
  }

  /**
   * The latest rows of the history, newest first; empty when there is none of ours.
   *
   * @param limit how many at most
   * @param version whose, as recorded; {@code null} for all
   * @param key the same in its canonical form
   */
  public List<HistoryEntry> entries(long limit, @Nullable String version, @Nullable String key) {
    return isOurs()
        ? answered(() ->
            session.query(HistoryRows.latest(names(), limit, version, key), HistoryRows::entry))
        : List.of();
  }

  /** A number that grows with every row of the history; 0 when there is none. Never fails: it only informs a wait. */
  public long progress() {
    try {
      return isOurs() ? query(PROGRESS, row -> row.number(1)).get(0) : 0;
    } catch (MigrationException e) {
      return 0;
    }
  }

  /**
   * A query for whether other runs have done nothing since now.
   *
   * @param run the run that is not another one
   */
  public Command unchangedByOthers(UUID run) {
    try {
      return Others.didNoMore(session, located, isOurs(), run);
    } catch (CommandFailedException e) {
      throw Session.unanswered("reading " + names(), e);
    }
  }

  private boolean isOurs() {
    return located.exists() && located.inHouse() == null;
  }

  /**
   * Creates the tables when they are not there, and takes them over when they are an in-house tool's. Called under the lock.
   *
   * @param createSchema whether their schema is created too
   * @param onTakeover what is written in the same transaction when they are taken over
   * @param transaction runs commands in a transaction under the lock, and rolls it back when one fails
   */
  public History install(
      boolean createSchema, List<Command> onTakeover, Consumer<List<Command>> transaction) {
    return isOurs()
        ? this
        : new History(
            session, Installation.perform(session, located, createSchema, onTakeover, transaction));
  }

  private <T> boolean unlessForbidden(String what, Command command, Function<Row, T> reader) {
    try {
      session.query(command, reader);
      return true;
    } catch (CommandFailedException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.error().sqlState())) {
        throw Session.unanswered(what, e);
      }
      return false;
    }
  }

  private <T> T answered(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CommandFailedException e) {
      throw Session.unanswered("reading " + names(), e);
    }
  }

  private <T> List<T> query(String sql, Function<Row, T> reader) {
    try {
      return session.query(Command.of(names().fill(sql)), reader);
    } catch (CommandFailedException e) {
      throw Session.unanswered("reading " + names(), e);
    }
  }
}
