package dev.migrator.internal.execute;

import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.inspect.CatalogFacts.Partition;
import dev.migrator.internal.plan.Evidence.IndexBuilt;
import dev.migrator.internal.plan.Evidence.PartitionDetached;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a statement that was begun and whose end nobody saw, decided from what the catalog held before
 * it and holds now. Pure.
 */
sealed interface Verdict {

  /** How REINDEX CONCURRENTLY names what it makes and what it replaces (manual page of REINDEX). */
  Pattern LEFT_BY_REINDEX = Pattern.compile(".*_cc(?:new|old)[0-9]*", Pattern.DOTALL);

  /** It has happened. */
  record Done() implements Verdict {}

  /**
   * It has not.
   *
   * @param leftovers the INVALID indexes that our attempt left behind: they go first
   */
  record Again(List<Index> leftovers) implements Verdict {}

  /** It has happened by half: FINALIZE does the rest. */
  record Finalize(PartitionDetached detached) implements Verdict {}

  /** An INVALID index stands in its way that is not ours, or that a session is making right now. */
  record InTheWay(Index index) implements Verdict {}

  /**
   * Of CREATE INDEX CONCURRENTLY.
   *
   * @param now the indexes of its table
   */
  static Verdict ofIndex(IndexBuilt built, CatalogBefore before, List<Index> now) {
    String name = before.name() == null ? built.index() : before.name();
    if (name == null) {
      boolean done = before.indexes() != null
          && now.stream().anyMatch(i -> i.valid() && isNew(i, before) && isLike(i, built));
      return done ? new Done() : new Again(leftovers(before, now));
    }
    Index index = now.stream().filter(i -> i.name().equals(name)).findFirst().orElse(null);
    if (index == null || index.valid() && !isNew(index, before)) {
      // One that was there before is for the server to speak of.
      return new Again(List.of());
    }
    if (index.valid()) {
      return new Done();
    }
    return isOurs(index, before) ? new Again(List.of(index)) : new InTheWay(index);
  }

  /**
   * Of REINDEX CONCURRENTLY.
   *
   * @param now the indexes that it may have worked on
   */
  static Verdict ofReindex(CatalogBefore before, List<Index> now) {
    return new Again(leftovers(before, now).stream()
        .filter(i -> LEFT_BY_REINDEX.matcher(i.name()).matches())
        .toList());
  }

  /** Of DETACH PARTITION CONCURRENTLY. */
  static Verdict ofDetach(PartitionDetached detached, Partition now) {
    return switch (now) {
      case NONE -> new Done();
      case ATTACHED -> new Again(List.of());
      case DETACH_PENDING -> new Finalize(detached);
    };
  }

  /**
   * The same for a statement to which the server has answered with an error: it has not happened, whoever else has brought
   * about what it was to do.
   */
  default Verdict afterFailure() {
    return this instanceof Done ? new Again(List.of()) : this;
  }

  /** Of a statement after which something is there, or gone. */
  static Verdict of(boolean happened) {
    return happened ? new Done() : new Again(List.of());
  }

  /** The indexes that a cut attempt has left: not there before, INVALID, and nobody's who is at work. */
  static List<Index> leftovers(CatalogBefore before, List<Index> now) {
    return now.stream()
        .filter(i -> before.name() == null || before.name().equals(i.name()))
        .filter(i -> isOurs(i, before))
        .toList();
  }

  private static boolean isOurs(Index index, CatalogBefore before) {
    return !index.valid() && !index.building() && before.indexes() != null && isNew(index, before);
  }

  private static boolean isNew(Index index, CatalogBefore before) {
    return before.indexes() == null || !before.indexes().contains(index.oid());
  }

  private static boolean isLike(Index index, IndexBuilt built) {
    if (index.unique() != built.unique()
        || index.columns().size() != built.columns().size()) {
      return false;
    }
    for (int i = 0; i < built.columns().size(); i++) {
      @Nullable String column = built.columns().get(i);
      if (!Objects.requireNonNullElse(column, "").equals(index.columns().get(i))) {
        return false;
      }
    }
    return true;
  }
}
