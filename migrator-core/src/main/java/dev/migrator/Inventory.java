package dev.migrator;

import dev.migrator.internal.history.Located;
import dev.migrator.internal.history.QuickLook;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Agreement;
import dev.migrator.internal.source.JarIndex;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedEntries;
import dev.migrator.internal.source.ScriptIndex;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that an application has, for one operation. Where a build has written an index of them, the scripts themselves
 * are read only when the index does not settle it.
 */
final class Inventory {

  /**
   * What was found.
   *
   * @param migrations in order of version
   * @param notes what an operator should know
   */
  record All(List<? extends Resolved> migrations, List<String> notes) {}

  /**
   * That there is nothing to do.
   *
   * @param located where the tracking tables are
   * @param notes what an operator should know
   */
  record AllApplied(Located located, List<String> notes) {}

  private final Supplier<All> scripts;
  private final @Nullable FutureTask<@Nullable ScriptIndex> reading;
  private @Nullable All all;

  /**
   * An inventory.
   *
   * @param index {@code null} when there is none; then the scripts are looked for at once
   * @param scripts finds the scripts
   */
  Inventory(@Nullable JarIndex index, Supplier<All> scripts) {
    this.scripts = scripts;
    if (index == null) {
      this.reading = null;
      this.all = scripts.get();
    } else {
      this.reading = new FutureTask<>(index::read);
      if (index.isWorthAThread()) {
        // While the engine connects.
        Thread thread = new Thread(null, reading, "migrator-index", 0, false);
        thread.setDaemon(true);
        thread.start();
      } else {
        reading.run();
      }
    }
  }

  /** The migrations, in order of version. */
  List<? extends Resolved> migrations() {
    return all().migrations();
  }

  /** What an operator should know. */
  List<String> notes() {
    return all().notes();
  }

  /**
   * Where all of it is applied, and nothing else; {@code null} when there is more to it.
   *
   * @param schema the configured schema of the tracking tables; {@code null} for {@code current_schema()}
   * @param table the configured name
   */
  @Nullable
  AllApplied allApplied(Session session, @Nullable String schema, String table) {
    ScriptIndex index = index();
    ResolvedEntries entries = index == null ? ResolvedEntries.of(migrations()) : index.entries();
    if (entries == null || entries.size() == 0) {
      return null;
    }
    Agreement agreement = new Agreement(entries);
    Located located =
        QuickLook.unlessOther(session, schema, table, agreement::accepts, agreement::isComplete);
    return located == null
        ? null
        : new AllApplied(located, index == null ? notes() : index.notes());
  }

  private All all() {
    All known = all;
    if (known == null) {
      known = scripts.get();
      all = known;
    }
    return known;
  }

  private @Nullable ScriptIndex index() {
    if (reading == null) {
      return null;
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return reading.get();
        } catch (InterruptedException e) {
          // It takes milliseconds; whoever waits for something longer sees the interrupt then.
          interrupted = true;
        } catch (ExecutionException e) {
          return null;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
