package dev.migrator.internal.execute;

import dev.migrator.internal.inspect.CatalogFacts;
import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.inspect.CatalogFacts.Placeless;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Evidence;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the catalog about statements that run in no transaction of ours: before they begin, and when nobody saw their end.
 * The lock that is held proves that the session which began them has ended.
 */
final class Settlement {

  private final CatalogFacts facts;

  Settlement(Session session) {
    this.facts = new CatalogFacts(session);
  }

  /** What the catalog holds before a statement, as far as it will tell whether the statement has happened. */
  CatalogBefore before(Evidence evidence) {
    try {
      if (evidence instanceof Evidence.IndexBuilt built) {
        Long table = relation(built.table());
        return new CatalogBefore(
            table,
            built.index() == null ? null : facts.shortened(built.index()),
            table == null ? null : oids(facts.indexes(table)));
      }
      if (evidence instanceof Evidence.IndexesRebuilt rebuilt) {
        Long table = tableOf(rebuilt);
        return new CatalogBefore(table, null, oids(indexes(table)));
      }
      if (evidence instanceof Evidence.IndexGone gone) {
        return new CatalogBefore(relation(gone.index()), null, null);
      }
      if (evidence instanceof Evidence.PartitionDetached detached) {
        return new CatalogBefore(relation(detached.partition()), null, null);
      }
      return CatalogBefore.UNKNOWN;
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      // What may not be looked at may not be changed either: the statement itself will say it.
      return CatalogBefore.UNKNOWN;
    }
  }

  /** What to do about a statement that was begun. */
  Verdict verdict(Evidence evidence, CatalogBefore before) {
    Long object = before.object();
    if (evidence instanceof Evidence.IndexBuilt built) {
      Long table = object == null ? relation(built.table()) : object;
      return Verdict.ofIndex(built, before, table == null ? List.of() : facts.indexes(table));
    }
    if (evidence instanceof Evidence.IndexesRebuilt) {
      return Verdict.ofReindex(before, before.indexes() == null ? List.of() : indexes(object));
    }
    if (evidence instanceof Evidence.IndexGone gone) {
      return Verdict.of(object == null ? relation(gone.index()) == null : !facts.exists(object));
    }
    if (evidence instanceof Evidence.PartitionDetached detached) {
      Long partition = object == null ? relation(detached.partition()) : object;
      return partition == null
          ? new Verdict.Done()
          : Verdict.ofDetach(detached, facts.partition(partition));
    }
    if (evidence instanceof Evidence.Presence presence) {
      Placeless type = Placeless.valueOf(presence.type().name());
      return Verdict.of(facts.exists(type, presence.name()) == presence.created());
    }
    return new Verdict.Again(List.of());
  }

  /** The command that does the rest where DETACH PARTITION CONCURRENTLY was cut. */
  static Command finishing(Evidence.PartitionDetached detached) {
    ObjectName parent = detached.parent();
    ObjectName partition = detached.partition();
    return CatalogFacts.finishDetaching(
        parent.schema(), parent.name(), partition.schema(), partition.name());
  }

  /** The INVALID indexes that an attempt left whose statement is not in the script any more. */
  List<Index> leftovers(CatalogBefore before) {
    Long table = before.object();
    return table == null ? List.of() : Verdict.leftovers(before, facts.indexes(table));
  }

  private @Nullable Long tableOf(Evidence.IndexesRebuilt rebuilt) {
    ObjectName object = rebuilt.object();
    if (object == null) {
      return null;
    }
    return rebuilt.on() == ObjectType.INDEX
        ? facts.tableOfIndex(object.schema(), object.name())
        : relation(object);
  }

  private List<Index> indexes(@Nullable Long table) {
    return table == null ? facts.indexes() : facts.indexes(table);
  }

  private @Nullable Long relation(ObjectName name) {
    return facts.relation(name.schema(), name.name());
  }

  private static List<Long> oids(List<Index> indexes) {
    return indexes.stream().map(Index::oid).toList();
  }
}
