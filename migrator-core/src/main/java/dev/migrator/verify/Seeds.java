package dev.migrator.verify;

import dev.migrator.internal.rows.SeedScript;
import dev.migrator.migration.Migration;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.OutsideStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that a user gives, each behind the migration to which they belong.
 *
 * @param scripts by the version's key
 * @param outside their statements that reach beyond their database
 */
record Seeds(Map<String, SeedScript> scripts, List<OutsideStatement> outside) {

  /** Keeps copies. */
  Seeds {
    scripts = Map.copyOf(scripts);
    outside = List.copyOf(outside);
  }

  /**
   * Reads all of them, before anything runs.
   *
   * @param texts SQL by the version's key
   * @throws dev.migrator.migration.MigrationException as for any script
   */
  static Seeds read(Map<String, String> texts, List<MigrationOutline> outlines) {
    Map<String, SeedScript> scripts = new HashMap<>();
    List<OutsideStatement> outside = new ArrayList<>();
    for (MigrationOutline outline : outlines) {
      Migration migration = outline.migration();
      String text = texts.get(migration.key());
      if (text != null) {
        SeedScript script = SeedScript.read("seed of " + migration.label(), text);
        scripts.put(migration.key(), script);
        outside.addAll(script.outside(migration));
      }
    }
    return new Seeds(scripts, outside);
  }

  /** Inserts what belongs behind a migration; whether there was any. */
  boolean plant(Stage stage, Migration migration) {
    SeedScript seed = scripts.get(migration.key());
    if (seed == null) {
      return false;
    }
    stage.run(seed);
    return true;
  }

  /** Applies everything that is pending, each with its rows. */
  void migrate(Stage stage) {
    if (scripts.isEmpty()) {
      stage.migrate();
      return;
    }
    for (int pending = stage.plan().steps().size(); pending > 0; pending--) {
      plant(stage, stage.up().migration());
    }
  }
}
