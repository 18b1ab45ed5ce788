package dev.migrator.internal.inspect;

import dev.migrator.config.Postflight;
import dev.migrator.config.Preflight;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the checks must know that the server does not tell.
 *
 * @param preflight the thresholds of the checks before a run
 * @param postflight the expectations of the checks after it
 * @param needs what the engine asks of the server
 * @param lockKey the key of the advisory lock; {@code null} when it is not known
 * @param trackingTable the tracking table, quoted; {@code null} when there is none
 * @param tables the relations that the run touches
 * @param concurrently whether the run waits for every older snapshot, as CREATE INDEX CONCURRENTLY does
 * @param searchPath the schemas in which names are looked for; empty for those of the session
 * @param kept tables and columns that the run leaves alone, and that were there before it
 * @param indexesBefore the oids of the indexes that were there before the run; {@code null} when there was none
 */
public record Circumstances(
    Preflight preflight,
    Postflight postflight,
    Needs needs,
    @Nullable Long lockKey,
    @Nullable String trackingTable,
    Tables tables,
    boolean concurrently,
    List<String> searchPath,
    Set<String> kept,
    @Nullable Set<Long> indexesBefore) {

  /** Keeps copies. */
  public Circumstances {
    searchPath = List.copyOf(searchPath);
    kept = Set.copyOf(kept);
    indexesBefore = indexesBefore == null ? null : Set.copyOf(indexesBefore);
  }

  /** The relations that matter more than others. */
  public sealed interface Tables {

    /** Nobody has said which: all of them. */
    record All() implements Tables {}

    /**
     * These, with what belongs to them.
     *
     * @param names as scripts name them: the schema, empty where it is left out, and the name
     */
    record Named(Set<List<String>> names) implements Tables {

      /** Keeps a copy. */
      public Named {
        names = Set.copyOf(names);
      }
    }

    /** These. */
    static Tables named(Collection<List<String>> names) {
      return new Named(Set.copyOf(names));
    }
  }

  /** The expectations as texts, in order. */
  Set<String> keptInOrder() {
    return new TreeSet<>(kept);
  }
}
