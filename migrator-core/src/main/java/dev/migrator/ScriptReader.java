package dev.migrator;

import dev.migrator.internal.source.Script;
import dev.migrator.internal.source.ScriptFile;
import dev.migrator.internal.sql.CopyRows;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.internal.sql.ScriptReading;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TransactionNeed;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.ScriptDirective;
import dev.migrator.report.ScriptReport;
import dev.migrator.report.ScriptSection;
import dev.migrator.report.ScriptSection.Part;
import dev.migrator.report.ScriptStatement;
import dev.migrator.report.ScriptStatement.CopiedRows;
import dev.migrator.report.ScriptStatement.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows how a script is read. Needs no database. */
public final class ScriptReader {

  private ScriptReader() {}

  /**
   * Reads a file, without replacing placeholders.
   *
   * @throws MigrationException as {@link #read(Path, Map, boolean)}
   */
  public static ScriptReport read(Path file) {
    return read(file, Map.of(), false);
  }

  /**
   * Reads a file as a location that holds it would: with its sections, and with what files beside it say. What would be
   * refused is shown all the same, up to a command of psql.
   *
   * @param file the file; its name may be any
   * @param placeholders the values of {@code ${name}}; where there are none, nothing is replaced. Texts are shown as they
   *     are written all the same
   * @param placeholdersInBodies whether they are replaced in dollar-quoted texts too
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when the file is not SQL from end to end, or its directives cannot
   *     be understood; {@code SCRIPT_NAME_INVALID} when it has the section markers of two tools
   */
  public static ScriptReport read(
      Path file, Map<String, String> placeholders, boolean placeholdersInBodies) {
    ReadingRules rules = new ReadingRules(1, false, null, placeholders, placeholdersInBodies);
    ScriptFile scripts = ScriptFile.of(file, rules);
    Script script = scripts.script();
    List<ScriptSection> sections = new ArrayList<>();
    sections.add(section(scripts.isDivided() ? Part.UP : Part.WHOLE, script));
    Script down = scripts.down();
    if (down != null) {
      sections.add(section(Part.DOWN, down));
    }
    return new ScriptReport(script.path(), sections);
  }

  private static ScriptSection section(Part part, Script script) {
    ScriptReading reading = script.reading();
    ParsedScript.Reason reason = reading.withoutTransaction();
    MigrationException refusal = reading.refusal();
    List<ScriptStatement> statements = new ArrayList<>();
    for (ScriptReading.Seen seen : reading.statements()) {
      statements.add(statement(statements.size() + 1, seen));
    }
    return new ScriptSection(
        part,
        script.rules().firstLine(),
        reason == null,
        reason == null ? "" : reason.words(),
        reading.directives().said().stream()
            .map(said -> new ScriptDirective(
                said.words(), said.position().line(), said.position().column()))
            .toList(),
        statements,
        refusal == null ? "" : refusal.getMessage());
  }

  private static ScriptStatement statement(int number, ScriptReading.Seen seen) {
    Statement statement = seen.statement();
    Structure structure = statement.structure();
    CopyRows rows = statement.copyData();
    String refusal = seen.refusal();
    return new ScriptStatement(
        number,
        statement.position().line(),
        statement.position().column(),
        statement.end().line(),
        statement.end().column(),
        structure.family().name(),
        structure.command(),
        statement.runsInTransaction()
            ? transaction(structure.transaction())
            : Transaction.IMPOSSIBLE,
        structure.transaction().reason(),
        rows == null ? null : new CopiedRows(rows.position().line(), rows.lines(), rows.length()),
        refusal == null ? "" : refusal,
        statement.text());
  }

  private static Transaction transaction(TransactionNeed need) {
    return switch (need.place()) {
      case ANYWHERE -> Transaction.POSSIBLE;
      case OUTSIDE -> Transaction.IMPOSSIBLE;
      case INSIDE -> Transaction.NECESSARY;
      case DEPENDS -> Transaction.DEPENDS;
      case UNKNOWN -> Transaction.UNKNOWN;
    };
  }
}
