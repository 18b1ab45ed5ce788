package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Replies;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.StrongLocks;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.report.HeldLock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long strong locks were held, as {@link HeldLock#held} says it, without a wait of its own.
 *
 * <p>A mark before a statement is a query that tells how long the transaction has lasted by the server's clock; it travels
 * in the message of the script. The client's time for the whole message less that is an upper bound of the time from the
 * statement to the end of the commit. What runs in a transaction of its own needs no mark.
 */
final class LockTimes {

  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  /** PostgreSQL's own limit for a wait that is worth a line in the log ({@code log_lock_waits}, {@code deadlock_timeout}). */
  private static final Duration LONG = Duration.ofSeconds(1);

  /** A mark costs the server as much as a small query; a script that locks hundreds of tables has enough of them. */
  private static final int MOST_MARKS = 16;

  private static final Command MARK = Command.asking("""
      SELECT (extract(epoch FROM pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.transaction_timestamp())
              OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8::pg_catalog.text""");

  private final IdentityHashMap<Statement, List<RelationLock>> takes = new IdentityHashMap<>();
  private final Set<Statement> marked = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Step, Map<String, HeldLock>> held = new IdentityHashMap<>();

  /** Looks at what is going to run: one step, or all that share a transaction. */
  void begin(List<Step> steps) {
    takes.clear();
    marked.clear();
    held.clear();
    if (steps.stream()
        .flatMap(step -> step.work().statements().stream())
        .noneMatch(StrongLocks::mayTake)) {
      return;
    }
    StrongLocks locks = new StrongLocks();
    Map<String, Taken> taken = new LinkedHashMap<>();
    for (Step step : steps) {
      for (Statement statement : step.work().statements()) {
        for (RelationLock lock : locks.next(statement)) {
          if (step.isTransactional()) {
            taken.merge(lock.relation().toString(), new Taken(statement, lock), Taken::then);
          } else {
            take(statement, lock);
          }
        }
      }
    }
    taken.values().forEach(t -> take(t.statement(), t.lock()));
    steps.stream()
        .flatMap(LockTimes::inTransactions)
        // Nothing of the script runs before its first statement.
        .skip(1)
        .filter(takes::containsKey)
        .limit(MOST_MARKS)
        .forEach(marked::add);
  }

  private static Stream<Statement> inTransactions(Step step) {
    Stream<Statement> statements = step.work().statements().stream();
    return step.isTransactional()
        ? statements
        : statements.skip(step.finished()).filter(s -> !step.work().standsAlone(s));
  }

  private void take(Statement statement, RelationLock lock) {
    takes.computeIfAbsent(statement, s -> new ArrayList<>()).add(lock);
  }

  /** Adds a mark to a transaction before a statement that takes a lock, where one is needed. */
  void mark(Message message, Step step, Statement statement) {
    if (marked.contains(statement)) {
      message.add(Message.Purpose.FRAME, step, MARK);
    }
  }

  /**
   * Takes the times of a message that was answered.
   *
   * @param took how long that took
   */
  void sent(Message message, Replies replies, Duration took) {
    if (takes.isEmpty()) {
      return;
    }
    IdentityHashMap<Step, Map<String, HeldLock>> here = new IdentityHashMap<>();
    Duration before = Duration.ZERO;
    for (int i = 0; i < message.commands().size(); i++) {
      String answer = replies.answer(i);
      if (answer != null) {
        before = Duration.of(Long.parseLong(answer), ChronoUnit.MICROS);
      }
      Message.Origin origin = message.origin(i);
      Step step = origin.step();
      Statement statement = origin.statement();
      if (step != null && statement != null) {
        Duration time = before.compareTo(took) > 0 ? Duration.ZERO : took.minus(before);
        takes.getOrDefault(statement, List.of()).forEach(lock -> {
          String relation = lock.relation().toString();
          here.computeIfAbsent(step, s -> new LinkedHashMap<>())
              .merge(
                  relation,
                  new HeldLock(relation, lock.mode(), time, statement.position()),
                  // A transaction holds a lock from its first statement that takes it.
                  (a, b) -> both(a, b, a.held()));
        });
      }
    }
    here.forEach((step, locks) ->
        locks.forEach((relation, lock) -> held.computeIfAbsent(step, s -> new LinkedHashMap<>())
            .merge(relation, lock, (a, b) -> both(a, b, a.held().plus(b.held())))));
  }

  private static HeldLock both(HeldLock first, HeldLock second, Duration time) {
    return new HeldLock(
        first.relation(), first.mode().strongest(second.mode()), time, first.position());
  }

  /** The locks of a step that is done; the log warns of those that others may have felt. */
  List<HeldLock> of(Step step) {
    List<HeldLock> locks = List.copyOf(held.getOrDefault(step, Map.of()).values());
    for (HeldLock lock : locks) {
      if (lock.held().compareTo(LONG) > 0) {
        LOG.warn(
            "{} held {} on {} for up to {} ms, from {} to its commit; whoever wanted it had to wait",
            step.migration().label(),
            lock.mode(),
            lock.relation(),
            lock.held().toMillis(),
            lock.position());
      }
    }
    return locks;
  }

  /** A lock and the statement of the transaction that takes it first. */
  private record Taken(Statement statement, RelationLock lock) {

    Taken then(Taken later) {
      return new Taken(
          statement, new RelationLock(lock.relation(), lock.mode().strongest(later.lock.mode())));
    }
  }
}
