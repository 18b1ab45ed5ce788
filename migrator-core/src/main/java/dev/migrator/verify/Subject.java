package dev.migrator.verify;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.OutsideEffect;
import dev.migrator.report.OutsideStatement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A migration that is tried.
 *
 * @param migration the migration
 * @param outline what its scripts tell
 * @param outside its statements, and those of its down script, that reach beyond their database
 * @param mustGoDown whether the policy asks for a down script
 */
record Subject(
    Migration migration,
    MigrationOutline outline,
    List<OutsideStatement> outside,
    boolean mustGoDown) {

  /** What a copy of a database shares with it. */
  private static final Set<OutsideEffect> SERVER_WIDE = Set.of(
      OutsideEffect.ROLE,
      OutsideEffect.TABLESPACE,
      OutsideEffect.DATABASE,
      OutsideEffect.SERVER_CONFIGURATION,
      OutsideEffect.SUBSCRIPTION,
      OutsideEffect.PREPARED_TRANSACTION);

  /** Keeps a copy. */
  Subject {
    outside = List.copyOf(outside);
  }

  boolean isRepeatable() {
    return migration.kind() == MigrationKind.REPEATABLE;
  }

  /** Whether the engine can take it back. */
  boolean canGoDown() {
    return migration.kind() == MigrationKind.VERSIONED
        && outline.hasDown()
        && outline.irreversible() == null;
  }

  /** Whether it does so when it runs: a routine that is only defined does nothing yet. */
  private static boolean reaches(OutsideStatement statement) {
    return switch (statement.evidence()) {
      case STATED -> true;
      case IN_CODE -> !statement.statement().startsWith("CREATE ");
      case HIDDEN -> false;
    };
  }

  /** Why it cannot be tried by itself: what it does for the whole server, the copies beside it share. */
  Optional<String> obstacle() {
    return outside.stream()
        .filter(Subject::reaches)
        .filter(statement -> !Collections.disjoint(statement.effects(), SERVER_WIDE))
        .findFirst()
        .map(statement -> "what it does is done for every database of the server at once: "
            + statement.words() + ".");
  }
}
