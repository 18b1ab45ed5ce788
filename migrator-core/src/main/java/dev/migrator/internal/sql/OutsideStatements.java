package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.migration.Migration;
import dev.migrator.report.OutsideEffect;
import dev.migrator.report.OutsideStatement;
import dev.migrator.report.OutsideStatement.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the statements of a script that change more than their own database, and those that run code of which that cannot be
 * told. Functions that statements call are not followed, but for those of the server that have such effects.
 */
public final class OutsideStatements {

  private OutsideStatements() {}

  /** The statements, in the order of the script. */
  public static List<OutsideStatement> of(Migration migration, ParsedScript script) {
    List<OutsideStatement> found = new ArrayList<>();
    for (Statement statement : script.statements()) {
      OutsideStatement outside = look(migration, statement);
      if (outside != null) {
        found.add(outside);
      }
    }
    return found;
  }

  private static @Nullable OutsideStatement look(Migration migration, Statement statement) {
    Structure structure = statement.structure();
    if (!structure.outsideEffects().isEmpty()) {
      return found(migration, statement, structure, structure.outsideEffects(), Evidence.STATED);
    }
    boolean runs = structure.family() == Family.CODE;
    String code = code(statement, structure);
    Set<OutsideEffect> effects = code == null ? Set.of() : OutsideCode.effects(code);
    if (!effects.isEmpty()) {
      return found(migration, statement, structure, effects, Evidence.IN_CODE);
    }
    return runs ? found(migration, statement, structure, Set.of(), Evidence.HIDDEN) : null;
  }

  /** What it runs, or keeps to be run later; {@code null} when it can be neither. */
  private static @Nullable String code(Statement statement, Structure structure) {
    Detail detail = structure.detail();
    if (detail instanceof Create.Routine routine) {
      Fragment body = routine.body();
      return body == null ? null : body.text();
    }
    if (detail instanceof Detail.Code block) {
      return block.body().text();
    }
    return switch (structure.family()) {
      case CODE, QUERY, UNKNOWN -> statement.sql();
      // Rows may hold any words.
      case DML, DDL, COPY, CURSOR, TRANSACTION, LOCK, SESSION, MAINTENANCE, PRIVILEGE -> null;
    };
  }

  private static OutsideStatement found(
      Migration migration,
      Statement statement,
      Structure structure,
      Set<OutsideEffect> effects,
      Evidence evidence) {
    String command = structure.command().isEmpty() ? "a statement" : structure.command();
    return new OutsideStatement(migration, statement.position(), command, effects, evidence);
  }
}
