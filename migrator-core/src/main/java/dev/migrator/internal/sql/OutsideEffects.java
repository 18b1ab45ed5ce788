package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.OutsideEffect;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which statements change more than their own database: the catalogs that the manual calls shared, files, other servers. */
final class OutsideEffects {
  private OutsideEffects() {}

  static Set<OutsideEffect> of(Draft draft) {
    Set<OutsideEffect> effects = EnumSet.noneOf(OutsideEffect.class);
    byCommand(draft.command(), effects);
    byDetail(draft.detail(), effects);
    return effects;
  }

  private static void byCommand(String command, Set<OutsideEffect> effects) {
    switch (command) {
      case "ALTER SYSTEM" -> effects.add(OutsideEffect.SERVER_CONFIGURATION);
      case "IMPORT FOREIGN SCHEMA" -> effects.add(OutsideEffect.FOREIGN_SERVER);
      case "DROP OWNED", "REASSIGN OWNED" -> {
        effects.add(OutsideEffect.DATABASE);
        effects.add(OutsideEffect.TABLESPACE);
      }
      case "PREPARE TRANSACTION", "COMMIT PREPARED", "ROLLBACK PREPARED" ->
        effects.add(OutsideEffect.PREPARED_TRANSACTION);
      default -> {
        int space = command.indexOf(' ');
        boolean defines = command.startsWith("CREATE ")
            || command.startsWith("ALTER ")
            || command.startsWith("DROP ");
        if (defines) {
          add(effectOn(command.substring(space + 1)), effects);
        }
      }
    }
  }

  private static void byDetail(Detail detail, Set<OutsideEffect> effects) {
    if (detail instanceof Detail.Copy copy) {
      switch (copy.end()) {
        case FILE -> effects.add(OutsideEffect.SERVER_FILE);
        case PROGRAM -> effects.add(OutsideEffect.PROGRAM);
        case CLIENT -> {
          // The client's own rows.
        }
      }
    } else if (detail instanceof Detail.Privileges privileges) {
      ObjectType on = privileges.on();
      add(on == null ? OutsideEffect.ROLE : effectOn(on.toString()), effects);
    } else if (detail instanceof Detail.Annotation annotation) {
      add(effectOn(annotation.object().type().toString()), effects);
    } else if (detail instanceof Detail.Explain explain
        && explain.clauses().contains(Clause.ANALYZE)) {
      effects.addAll(explain.statement().outsideEffects());
    }
  }

  private static void add(@Nullable OutsideEffect effect, Set<OutsideEffect> effects) {
    if (effect != null) {
      effects.add(effect);
    }
  }

  private static @Nullable OutsideEffect effectOn(String type) {
    return switch (type) {
      case "ROLE", "USER", "GROUP" -> OutsideEffect.ROLE;
      case "TABLESPACE" -> OutsideEffect.TABLESPACE;
      case "DATABASE" -> OutsideEffect.DATABASE;
      case "SUBSCRIPTION" -> OutsideEffect.SUBSCRIPTION;
      case "SERVER", "USER MAPPING", "FOREIGN DATA WRAPPER" -> OutsideEffect.FOREIGN_SERVER;
      case "PARAMETER" -> OutsideEffect.SERVER_CONFIGURATION;
      default -> null;
    };
  }
}
