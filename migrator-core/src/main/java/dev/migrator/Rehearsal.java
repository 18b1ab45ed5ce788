package dev.migrator;

import dev.migrator.config.Connections;
import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Safeguards;
import dev.migrator.config.SchemaRecording;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationListener;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.schema.OwnObjects;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.internal.schema.SnapshotScope;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.Directives.Irreversible;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.MigrationOutline.StatementOutline;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The migrations of an application, read once, to be run on databases that are thrown away afterwards. What an engine runs
 * on them is what it runs on a real one.
 *
 * <p>Thread-safe.
 */
public final class Rehearsal {

  private static final String APPLIED_BY = "rehearsal";

  private final Consumer<MigrationEngineBuilder> settings;
  private final Sources sources;

  private Rehearsal(Consumer<MigrationEngineBuilder> settings) {
    this.settings = settings;
    this.sources = told().sources().holding();
  }

  /**
   * Reads the migrations.
   *
   * @param settings tells a builder where they are and how they run; called once for every database. What it says of
   *     database, environment, safeguards, and what becomes of a failed run does not count
   * @throws MigrationException as {@link MigrationEngineBuilder}, and what concerns locations and scripts
   */
  public static Rehearsal of(Consumer<MigrationEngineBuilder> settings) {
    return new Rehearsal(settings);
  }

  /** An engine for one of the databases. */
  public MigrationEngine on(Connections database, MigrationListener... listeners) {
    MigrationEngineBuilder builder = told()
        .onlyConnections(database)
        .environment(Environment.TEST)
        .appliedBy(APPLIED_BY)
        .onFailure(FailurePolicy.KEEP)
        .transactionMode(TransactionMode.PER_MIGRATION)
        .schemaRecording(SchemaRecording.OFF)
        .safeguards(guards -> Safeguards.DEFAULT.destructive(DestructivePolicy.OFF))
        .sources(sources);
    for (MigrationListener listener : listeners) {
      builder.listener(listener);
    }
    return builder.build();
  }

  /**
   * What the scripts tell by their text: of every migration, in order of version.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} or {@code SCRIPT_REFUSED} for a script that cannot run
   */
  public List<MigrationOutline> outlines() {
    return sources.takeScripts().migrations().stream().map(Rehearsal::outline).toList();
  }

  /**
   * Makes one of the databases fit to begin with, as a real one is: with the schema of the tracking tables, where one is
   * configured, and those of the search path that no script creates.
   */
  public void prepare(Connections database) {
    Settings known = on(database).settings();
    Set<String> schemas = new LinkedHashSet<>();
    if (known.tracking().schema() != null) {
      schemas.add(known.tracking().schema());
    }
    known.scripts().searchPath().stream()
        .filter(schema -> !schema.equals("$user") && !schema.startsWith("pg_"))
        .filter(schema -> !isCreated(schema))
        .forEach(schemas::add);
    if (schemas.isEmpty()) {
      return;
    }
    try (Session session = plain(database)) {
      session.pipeline(schemas.stream()
          .map(schema -> Command.of("create schema if not exists " + Identifiers.quote(schema)))
          .toList());
    } catch (CommandFailedException e) {
      throw Session.unanswered("creating the schemas " + String.join(", ", schemas), e);
    }
  }

  /** Whether a script creates a schema, or has code that may: then it is not there before. */
  private boolean isCreated(String schema) {
    Pattern creation = Pattern.compile(
        "create\\s+schema\\b.*?\\b" + Pattern.quote(schema),
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return sources.takeScripts().migrations().stream()
        .filter(ResolvedMigration.class::isInstance)
        .flatMap(resolved -> ((ResolvedMigration) resolved).script().parse().statements().stream())
        .anyMatch(statement -> creation.matcher(statement.sql()).find());
  }

  /**
   * A session in one of the databases with the search path and the time zone of scripts, in autocommit.
   *
   * @throws MigrationException {@code DATABASE_UNREACHABLE} when the server gives none
   */
  public Session open(Connections database) {
    return asScripts(on(database).settings(), plain(database));
  }

  /**
   * Gives a session the search path and the time zone of scripts.
   *
   * @throws MigrationException when the server refuses; the session is closed then
   */
  static Session asScripts(Settings known, Session session) {
    try {
      List<Command> commands = new ArrayList<>();
      commands.add(Command.of(
          "select pg_catalog.set_config('TimeZone', $1, false),"
              + " pg_catalog.set_config('standard_conforming_strings', 'on', false)",
          known.scripts().timeZone()));
      if (!known.scripts().searchPath().isEmpty()) {
        commands.add(Command.of(
            "select pg_catalog.set_config('search_path', $1, false)",
            known.scripts().searchPath().stream()
                .map(Identifiers::quote)
                .collect(Collectors.joining(", "))));
      }
      session.pipeline(commands);
      return session;
    } catch (CommandFailedException e) {
      session.close();
      throw Session.unanswered("setting what scripts begin with", e);
    }
  }

  /**
   * The schema of one of the databases, without what the engine keeps there.
   *
   * @param engine that of the database
   * @param session in autocommit
   */
  public SchemaSnapshot snapshot(MigrationEngine engine, Session session) {
    TrackingNames names = engine.settings().locate(session).names();
    Set<String> own = new HashSet<>(names.records());
    own.addAll(names.tables());
    own.addAll(names.views());
    return SnapshotReader.read(
        session, SnapshotScope.everythingBut(new OwnObjects(names.schema(), own)));
  }

  /**
   * The tables that the engine keeps in one of the databases.
   *
   * @return their names, unquoted, by their schema's
   */
  public Map<String, Set<String>> ownTables(Connections database) {
    Settings known = on(database).settings();
    try (Session session = plain(database)) {
      TrackingNames names = known.locate(session).names();
      Set<String> tables = new HashSet<>(names.records());
      tables.addAll(names.tables());
      return Map.of(names.schema(), tables);
    }
  }

  private static Session plain(Connections database) {
    return Session.open(DriverDataSource.to(database));
  }

  /** What the migrations have to do with the server around their database. */
  public OutsideReport outside() {
    return Outside.of(sources.takeScripts().migrations());
  }

  /** The same of what is applied only, and never taken back. */
  OutsideReport outsideApplying() {
    return Outside.ofApplying(sources.takeScripts().migrations());
  }

  private MigrationEngineBuilder told() {
    MigrationEngineBuilder builder = MigrationEngine.builder();
    settings.accept(builder);
    return builder;
  }

  private static MigrationOutline outline(Resolved resolved) {
    if (!(resolved instanceof ResolvedMigration scripts)) {
      return new MigrationOutline(resolved.migration(), resolved.hasRollback(), null, List.of());
    }
    ParsedScript up = scripts.script().parse();
    Irreversible never = up.directives().irreversible();
    return new MigrationOutline(
        resolved.migration(),
        scripts.hasRollback(),
        never == null ? null : never.reason() + " (" + never.position() + ")",
        up.statements().stream().map(Rehearsal::outline).toList());
  }

  private static StatementOutline outline(Statement statement) {
    return new StatementOutline(
        statement.position(),
        statement.beginning(),
        statement.structure().relations().stream()
            .map(ObjectName::toString)
            .distinct()
            .toList());
  }
}
