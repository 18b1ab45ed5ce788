package dev.migrator.internal.plan;

import dev.migrator.config.MissingPolicy;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scripts held against the tracking table: every migration with its state, every disagreement, and what is pending.
 * Pure; the same inputs give the same answer.
 */
public final class Comparison {

  private final List<Known> known;
  private final List<Mismatch> mismatches;
  private final List<String> notes;
  private final List<Resolved> waiting;
  private final List<Resolved> pending;
  private final Set<String> again;
  private final Map<String, Continued> continued;
  private final Map<String, List<JournalEntry>> journals;
  private final List<Migration> future;
  private final Policies policies;
  private final OwnObjects own;

  Comparison(Findings found, Map<String, List<JournalEntry>> journals, OwnObjects own) {
    this.policies = found.policies();
    this.own = own;
    this.known = List.copyOf(found.known());
    this.mismatches = List.copyOf(found.mismatches());
    this.notes = List.copyOf(found.notes());
    this.waiting = List.copyOf(found.waiting());
    this.again = Set.copyOf(found.again());
    this.continued = Map.copyOf(found.continued());
    this.journals = journals;
    this.future = List.copyOf(found.future());
    this.pending = pendingWithin(null);
  }

  private Comparison(Comparison other, List<String> before) {
    this.policies = other.policies;
    this.own = other.own;
    this.known = other.known;
    this.mismatches = other.mismatches;
    this.notes = Stream.concat(before.stream(), other.notes.stream()).toList();
    this.waiting = other.waiting;
    this.again = other.again;
    this.continued = other.continued;
    this.journals = other.journals;
    this.future = other.future;
    this.pending = other.pending;
  }

  /**
   * What to do where scripts and table disagree.
   *
   * @param outOfOrder for pending migrations older than the latest applied one
   * @param missing for applied migrations without a script
   */
  public record Policies(OutOfOrderPolicy outOfOrder, MissingPolicy missing) {}

  /**
   * A migration that is resolved, applied, or both.
   *
   * @param state how it stands
   * @param resolved as its location holds it; {@code null} when none does
   * @param applied as the tracking table has it; {@code null} when it does not
   */
  public record Known(
      MigrationState state,
      @Nullable Resolved resolved,
      @Nullable AppliedMigration applied) {

    /** Its identity: as resolved, where a script is there. */
    public Migration migration() {
      if (resolved != null) {
        return resolved.migration();
      }
      if (applied == null) {
        throw new IllegalStateException("a known migration is resolved or applied");
      }
      return applied.migration();
    }
  }

  /**
   * Where a migration goes on that stopped half-way.
   *
   * @param migration its identity as its rows have it
   * @param resume where
   */
  record Continued(Migration migration, Resume resume) {}

  /**
   * Compares.
   *
   * @param resolved the application's migrations, in order of version
   * @param applied the rows of the tracking table
   * @param held what the history says of the {@link #changedRepeatables}: every checksum that each was applied with
   * @param journals of the {@link #partial}, by key; one that is absent could not be read
   * @param own what the engine keeps itself and scripts may be about
   * @throws MigrationException {@code FOREIGN_HISTORY} when rows and scripts have nothing in common
   */
  public static Comparison of(
      List<? extends Resolved> resolved,
      List<AppliedMigration> applied,
      Map<String, Set<Checksum>> held,
      Map<String, List<JournalEntry>> journals,
      Policies policies,
      OwnObjects own) {
    return new ComparisonBuilder(resolved, applied, held, journals, policies, own).build();
  }

  /**
   * What stopped half-way. Only for these does it matter what the journal says.
   *
   * @return their keys
   */
  public static List<String> partial(List<AppliedMigration> applied) {
    return applied.stream()
        .filter(AppliedMigration::isPartial)
        .map(row -> row.migration().key())
        .toList();
  }

  /**
   * The repeatable migrations whose content differs from what is recorded. Only for these does it matter what the history
   * says, so that nobody reads it otherwise.
   *
   * @return their ids
   */
  public static List<String> changedRepeatables(
      List<? extends Resolved> resolved, List<AppliedMigration> applied) {
    Map<String, Checksum> recorded = new HashMap<>();
    for (AppliedMigration row : applied) {
      Checksum checksum = row.checksum();
      if (row.migration().kind() == MigrationKind.REPEATABLE && checksum != null) {
        recorded.put(row.migration().id(), checksum);
      }
    }
    return recorded.isEmpty()
        ? List.of()
        : resolved.stream()
            .filter(m -> m.migration().kind() == MigrationKind.REPEATABLE)
            .filter(m -> {
              Checksum checksum = recorded.get(m.migration().id());
              return checksum != null && !checksum.equals(m.checksum());
            })
            .map(m -> m.migration().id())
            .toList();
  }

  /** The same with notes before its own. */
  public Comparison noting(List<String> before) {
    return before.isEmpty() ? this : new Comparison(this, before);
  }

  /** Every migration: the applied ones in the order of application, then the others in the order of version. */
  public List<Known> known() {
    return known;
  }

  /** Every disagreement that stops a run. */
  public List<Mismatch> mismatches() {
    return mismatches;
  }

  /** What does not stop a run, but an operator should know. */
  public List<String> notes() {
    return notes;
  }

  /** What waits to be applied, in order. */
  public List<Resolved> pending() {
    return pending;
  }

  /**
   * What waits to be applied, in order, when a run stops at a version. On a database without history a run begins with the
   * highest baseline script within its limit, which stands for every version up to its own.
   *
   * @param limit the version; {@code null} for all
   */
  List<Resolved> pendingWithin(@Nullable MigrationVersion limit) {
    List<Resolved> bases = waiting.stream()
        .filter(m -> m.migration().kind() == MigrationKind.BASELINE)
        .filter(m -> limit == null || m.migration().version().compareTo(limit) <= 0)
        .toList();
    Resolved base = bases.isEmpty() ? null : bases.get(bases.size() - 1);
    return waiting.stream()
        .filter(m -> m.migration().kind() == MigrationKind.BASELINE
            ? m == base
            : base == null || m.migration().version().compareTo(base.migration().version()) > 0)
        .filter(m -> limit == null || m.migration().version().compareTo(limit) <= 0)
        .toList();
  }

  /** Whether a pending migration is applied already: a repeatable one with a new content. */
  boolean isAppliedAgain(Resolved migration) {
    return again.contains(migration.migration().id());
  }

  /** The journal of what stopped half-way; {@code null} when it could not be read. */
  @Nullable
  List<JournalEntry> journal(AppliedMigration row) {
    return journals.get(row.migration().key());
  }

  /** Whether a migration stopped half-way and does not go on by itself. */
  public boolean isStuck(Known known) {
    return known.state() == MigrationState.PARTIALLY_APPLIED
        && (known.resolved() == null || !waiting.contains(known.resolved()));
  }

  /** The statement of a half-way migration that was begun and is not done; {@code null} when there is none. */
  public @Nullable JournalEntry openStatement(Known known) {
    AppliedMigration row = known.applied();
    if (row == null || !row.isPartial()) {
      return null;
    }
    List<JournalEntry> journal = journal(row);
    return journal == null ? null : new Resumption(row, journal).begun();
  }

  /** Where a migration goes on that stopped half-way; {@code null} when it begins. */
  @Nullable
  Continued continued(Resolved migration) {
    return continued.get(migration.migration().id());
  }

  /** What is pending before a version and would be left behind by it; nothing where out of order is allowed. */
  List<Resolved> earlierThan(MigrationVersion version) {
    return policies.outOfOrder() == OutOfOrderPolicy.APPLY
        ? List.of()
        : pendingWithin(version).stream()
            .filter(m -> m.migration().version().compareTo(version) < 0)
            .toList();
  }

  /** What the engine keeps itself. */
  OwnObjects own() {
    return own;
  }

  /** What a newer release applied. */
  public List<Migration> future() {
    return future;
  }
}
