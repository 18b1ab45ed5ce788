package dev.migrator.internal.execute;

import dev.migrator.internal.inspect.CatalogFacts;
import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.inspect.CatalogFacts.Partition;
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
        Long partition = relation(detached.partition());
        boolean attached = partition != null && facts.partition(partition) != Partition.NONE;
        return new CatalogBefore(attached ? partition : null, null, null);
      }
      if (evidence instanceof Evidence.Presence presence) {
        return new CatalogBefore(placeless(presence), null, null);
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

  /** What to do about a statement that was begun. What was there before it began, or gone, is not its doing. */
  Verdict verdict(Evidence evidence, CatalogBefore before) {
    Long object = before.object();
    if (evidence instanceof Evidence.IndexBuilt built) {
      Long table = object == null ? relation(built.table()) : object;
      return Verdict.ofIndex(built, before, table == null ? List.of() : facts.indexes(table));
    }
    if (evidence instanceof Evidence.IndexesRebuilt) {
      return Verdict.ofReindex(before, before.indexes() == null ? List.of() : indexes(object));
    }
    if (evidence instanceof Evidence.IndexGone) {
      return Verdict.of(object != null && !facts.exists(object));
    }
    if (evidence instanceof Evidence.PartitionDetached detached) {
      return object == null
          ? new Verdict.Again(List.of())
          : Verdict.ofDetach(detached, facts.partition(object));
    }
    if (evidence instanceof Evidence.Presence presence) {
      return Verdict.of(presence.created() == (object == null)
          && presence.created() == (placeless(presence) != null));
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

  private @Nullable Long placeless(Evidence.Presence presence) {
    return facts.placeless(Placeless.valueOf(presence.type().name()), presence.name());
  }

  private static List<Long> oids(List<Index> indexes) {
    return indexes.stream().map(Index::oid).toList();
  }
}
