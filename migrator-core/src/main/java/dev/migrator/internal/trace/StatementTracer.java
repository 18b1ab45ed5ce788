package dev.migrator.internal.trace;

import dev.migrator.internal.execute.Onlooker;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.report.LockMode;
import dev.migrator.report.TracedStatement;
import dev.migrator.report.TracedStatement.Manner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Traces the statements of one migration while an engine runs it. Used for one migration, by the thread that runs it. */
public final class StatementTracer implements Onlooker {

  /** What is read of the catalog between two statements. */
  private enum Reading {
    /** All relations: nobody waits for a throw-away database. */
    EVERYTHING,
    /** Where others wait for the locks: all relations before the first one is taken, then those that are locked. */
    WHAT_IS_LOCKED
  }

  private final Reading reading;
  private final Supplier<Session> beside;
  private final SortedMap<Integer, TracedStatement> traced = new TreeMap<>();
  private @Nullable Moment first;
  private @Nullable Moment before;
  private @Nullable WatchedStatement watched;
  /** Whether rows were read since the last look at the counters. */
  private boolean stale;

  private StatementTracer(Reading reading, Supplier<Session> beside) {
    this.reading = reading;
    this.beside = beside;
  }

  /**
   * A tracer.
   *
   * @param beside further sessions in the same database, for statements that run in no transaction; closed here
   */
  public StatementTracer(Supplier<Session> beside) {
    this(Reading.EVERYTHING, beside);
  }

  /** A tracer of one transaction in a database that is in use: it holds the locks of the statements hardly any longer. */
  public static StatementTracer sparing() {
    return new StatementTracer(Reading.WHAT_IS_LOCKED, () -> {
      throw new IllegalStateException("every statement runs in the transaction");
    });
  }

  /** What was traced so far, in order. */
  public List<TracedStatement> statements() {
    return List.copyOf(traced.values());
  }

  /** Begins with the next migration of the same transaction: what the ones before made is nobody else's yet either. */
  public void next() {
    traced.clear();
  }

  @Override
  public void before(Session session, Statement statement, int ordinal, Place place) {
    Moment now = before;
    if (now == null || place != Place.FOLLOWS && reading == Reading.EVERYTHING) {
      now = Moment.of(session);
    } else if (stale && !movesRows(statement)) {
      now = look(session, now);
    }
    before = now;
    if (first == null) {
      first = now;
    }
    traced.tailMap(ordinal).clear();
    if (place == Place.ALONE) {
      watched = WatchedStatement.begin(beside, session.pid(), now);
    }
  }

  @Override
  public void after(Session session, Statement statement, int ordinal, Duration took) {
    Map<Long, LockMode> seen = watched == null ? null : watched.end();
    watched = null;
    Moment then = Objects.requireNonNull(before);
    stale = movesRows(statement);
    Moment now = stale ? then.withLocksOf(session) : look(session, then);
    Difference difference = new Difference(Objects.requireNonNull(first), then, now, statement);
    traced.put(
        ordinal,
        seen == null
            ? difference.traced(Manner.INSIDE, difference.newLocks(now.locks()), took)
            : difference.traced(Manner.WATCHED, seen, took));
    before = now;
  }

  private Moment look(Session session, Moment last) {
    return reading == Reading.EVERYTHING ? Moment.of(session) : last.withWhatIsLocked(session);
  }

  /** Of a statement that reads and writes rows nothing but its locks is told. */
  private static boolean movesRows(Statement statement) {
    Structure structure = statement.structure();
    return (structure.family() == Family.DML || structure.family() == Family.COPY)
        && !(structure.detail() instanceof Detail.Truncate);
  }

  @Override
  public void failed() {
    before = null;
    WatchedStatement watching = watched;
    watched = null;
    if (watching != null) {
      watching.giveUp();
    }
  }
}
