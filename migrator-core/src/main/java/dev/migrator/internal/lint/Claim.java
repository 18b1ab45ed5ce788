package dev.migrator.internal.lint;

import dev.migrator.report.LockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule says that the server does when it runs a statement that breaks it: for every relation that a finding names,
 * the lock and the work under it. It is data, so that a test can hold it against what a server did.
 *
 * @param costs one for every role that it is about; empty where the rule claims nothing of the kind
 * @param since the first major version of PostgreSQL of which it is true; 0 for all
 * @param until the last one; 0 for all
 */
public record Claim(List<Cost> costs, int since, int until) {

  /** Nothing about locks, rewrites or scans. */
  public static final Claim NONE = new Claim(List.of(), 0, 0);

  /** Keeps a copy. */
  public Claim {
    costs = List.copyOf(costs);
  }

  /** What part a relation has in a statement. */
  public enum Role {
    /** The table that the statement changes. */
    TABLE,
    /** The table that a foreign key refers to. */
    REFERENCED,
    /** The index that it drops or rebuilds. */
    INDEX,
    /** The partition that it attaches or detaches. */
    PARTITION,
    /** The partitioned table of it. */
    PARENT,
    /** The view or materialized view. */
    VIEW
  }

  /** What is done while the lock is held. */
  public enum Work {
    /** Every row is read. */
    SCAN,
    /** A new copy of the relation is written. */
    REWRITE
  }

  /**
   * What becomes of one relation.
   *
   * @param role which
   * @param lock the mode in which it is locked, at least
   * @param work what is done under the lock; empty where it is only held
   */
  public record Cost(Role role, LockMode lock, Set<Work> work) {

    /** Keeps a copy. */
    public Cost {
      work = Set.copyOf(work);
    }

    /** Whether how long it takes depends on how large the relation is. */
    public boolean growsWithSize() {
      return !work.isEmpty();
    }
  }

  /** A claim about one relation. */
  public static Claim of(Role role, LockMode lock, Work... work) {
    return NONE.and(role, lock, work);
  }

  /** The same and one about another relation. */
  public Claim and(Role role, LockMode lock, Work... work) {
    List<Cost> more = new ArrayList<>(costs);
    more.add(new Cost(role, lock, Set.of(work)));
    return new Claim(more, since, until);
  }

  /** The same, from a major version on. */
  public Claim since(int version) {
    return new Claim(costs, version, until);
  }

  /** The same, up to a major version. */
  public Claim until(int version) {
    return new Claim(costs, since, version);
  }

  /** Whether it is about a major version. */
  public boolean isAbout(int version) {
    return version >= since && (until == 0 || version <= until);
  }

  /** What it says of a role. */
  public Optional<Cost> of(Role role) {
    return costs.stream().filter(cost -> cost.role() == role).findFirst();
  }
}
