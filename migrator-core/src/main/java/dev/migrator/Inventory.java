package dev.migrator;

import dev.migrator.internal.history.History;
import dev.migrator.internal.plan.Agreement;
import dev.migrator.internal.source.JarIndex;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ScriptIndex;
import dev.migrator.migration.AppliedMigration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that an application has, for one operation. Where a build has written an index of them, it is read in
 * another thread while the engine connects, and the scripts themselves only when the index does not settle it.
 */
final class Inventory {

  /**
   * What was found.
   *
   * @param migrations in order of version
   * @param notes what an operator should know
   */
  record All(List<? extends Resolved> migrations, List<String> notes) {}

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
      Thread thread = new Thread(null, reading, "migrator-index", 0, false);
      thread.setDaemon(true);
      thread.start();
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
   * What was applied or attempted; {@code null} when an index tells that this is all that there is.
   *
   * @param history where it is read
   */
  @Nullable
  List<AppliedMigration> appliedUnlessAll(History history) {
    ScriptIndex index = index();
    if (index == null) {
      return history.read();
    }
    Agreement agreement = new Agreement(index.entries());
    return history.readUnless(agreement::accepts, agreement::isComplete);
  }

  /** What an operator should know by the index alone. */
  List<String> notesOfIndex() {
    ScriptIndex index = index();
    return index == null ? List.of() : index.notes();
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
