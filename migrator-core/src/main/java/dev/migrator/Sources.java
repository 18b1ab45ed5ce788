package dev.migrator;

import dev.migrator.internal.source.JavaMigrations;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.Resolution;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.internal.source.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an application has: scripts, and code.
 *
 * @param scripts where the scripts are
 * @param code the migrations written in Java
 * @param mayBeCodeAlone whether there need be no script, because nobody said where they are
 * @param held what was found before, when that counts; {@code null} when every operation looks for itself
 */
record Sources(
    MigrationSource scripts,
    List<ResolvedCode> code,
    boolean mayBeCodeAlone,
    Inventory.@Nullable All held) {

  /** The same, looked for now and never again. */
  Sources holding() {
    return new Sources(scripts, code, mayBeCodeAlone, resolve());
  }

  /** These and no others. */
  Sources holding(List<Resolved> migrations) {
    return new Sources(scripts, code, mayBeCodeAlone, new Inventory.All(migrations, List.of()));
  }

  /** What there is, for an operation that has nothing to do when all of it is applied. */
  Inventory take() {
    return new Inventory(held == null && code.isEmpty() ? scripts.index() : null, this::resolve);
  }

  /** A script that the database has kept. */
  Script stored(String path, String text) {
    return scripts.stored(path, text);
  }

  /** What there is, every script found. */
  Inventory takeScripts() {
    return new Inventory(null, this::resolve);
  }

  private Inventory.All resolve() {
    if (held != null) {
      return held;
    }
    Resolution found = mayBeCodeAlone ? scripts.resolveIfAny() : scripts.resolve();
    return new Inventory.All(JavaMigrations.among(found.migrations(), code), found.notes());
  }
}
