package dev.migrator;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.StrongLocks;
import dev.migrator.internal.sql.structure.Locking;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.report.ExpectedLocks;
import dev.migrator.report.ExpectedLocks.ExpectedLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the texts of scripts let expect of locks. */
final class LockExpectation {

  /** What runs code that its statement does not show. */
  private static final Pattern CODE = Pattern.compile("(do|call)\\b", Pattern.CASE_INSENSITIVE);

  private LockExpectation() {}

  /** Of each migration, by its id; each is looked at by itself, as if all before it had been applied. */
  static Map<String, ExpectedLocks> of(List<? extends Resolved> migrations) {
    Map<String, ExpectedLocks> locks = new LinkedHashMap<>();
    for (Resolved resolved : migrations) {
      locks.put(
          resolved.migration().id(),
          resolved instanceof ResolvedMigration scripted
              ? of(scripted.script().parse())
              : new ExpectedLocks(List.of(), false, true));
    }
    return locks;
  }

  private static ExpectedLocks of(ParsedScript script) {
    List<ExpectedLock> locks = new ArrayList<>();
    StrongLocks strong = new StrongLocks();
    boolean decidedByCatalog = false;
    boolean untold = false;
    for (Statement statement : script.statements()) {
      for (RelationLock lock : strong.next(statement)) {
        locks.add(new ExpectedLock(statement.position(), lock.relation().toString(), lock.mode()));
      }
      // A script of data may have a million statements, which lock nothing more.
      if (StrongLocks.mayTake(statement) || CODE.matcher(statement.sql()).lookingAt()) {
        Locking.Extent extent = statement.structure().locking().extent();
        decidedByCatalog |= extent == Locking.Extent.CATALOG;
        untold |= extent == Locking.Extent.UNKNOWN;
      }
    }
    return new ExpectedLocks(locks, decidedByCatalog, untold);
  }
}
