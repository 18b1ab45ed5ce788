package dev.migrator.internal.inspect;

import dev.migrator.internal.text.Redaction;
import dev.migrator.report.LockMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who stands in the way of a session that waits for a lock. */
public sealed interface Blocker {

  /** What kind of obstacle it is. */
  Kind kind();

  /** Who it is and what it does, in a sentence without its full stop. */
  String words();

  /** What ends it. */
  String advice();

  /** What tells it from others; unlike its age, it stays the same while nothing changes. */
  String identity();

  /** What kind of obstacle a blocker is. */
  enum Kind {
    /** Nothing runs in it, but its transaction is open and keeps its locks. */
    IDLE_TRANSACTION,
    /** Nothing runs in it and no transaction is open: it keeps a lock of the session, an advisory one. */
    IDLE_SESSION,
    /** A statement runs in it. */
    ACTIVE,
    /** An ordinary autovacuum, which gives way by itself. */
    AUTOVACUUM,
    /** An autovacuum to prevent wraparound, which does not give way. */
    AUTOVACUUM_FOR_WRAPAROUND,
    /** A transaction prepared for a two-phase commit: it belongs to no session. */
    PREPARED_TRANSACTION,
    /** Waits itself, ahead in the queue. */
    WAITER,
    /** The role may not see what it does. */
    NOT_VISIBLE
  }

  /**
   * A server process.
   *
   * @param kind what it does
   * @param pid its process id
   * @param application what it calls itself; empty when it does not
   * @param user who logged in; {@code null} for a process of the server's own
   * @param address where it comes from; {@code null} for a local socket
   * @param state {@code pg_stat_activity.state}
   * @param transactionAge how long its transaction has been open
   * @param stateAge how long it has been in its state
   * @param query the first line of its present or last statement, without secrets, at most 200 characters
   * @param holds the modes of its locks on what the watched session waits for; empty when it waits for something else
   * @param waitsFor the processes that block it in turn; 0 stands for prepared transactions
   * @param observer the role that asked
   */
  record Backend(
      Kind kind,
      int pid,
      String application,
      @Nullable String user,
      @Nullable String address,
      @Nullable String state,
      @Nullable Duration transactionAge,
      @Nullable Duration stateAge,
      @Nullable String query,
      String holds,
      List<Integer> waitsFor,
      String observer)
      implements Blocker {

    private static final String HIDDEN = "<insufficient privilege>";
    private static final int LONGEST_QUERY = 200;

    /** What a process does, by its row in {@code pg_stat_activity}. */
    static Kind kindOf(
        @Nullable String backendType,
        @Nullable String state,
        @Nullable String query,
        List<Integer> waitsFor) {
      if ("autovacuum worker".equals(backendType)) {
        return query != null && query.contains("(to prevent wraparound)")
            ? Kind.AUTOVACUUM_FOR_WRAPAROUND
            : Kind.AUTOVACUUM;
      }
      if (!waitsFor.isEmpty()) {
        return Kind.WAITER;
      }
      if (HIDDEN.equals(query)) {
        return Kind.NOT_VISIBLE;
      }
      if (state != null && state.startsWith("idle in transaction")) {
        return Kind.IDLE_TRANSACTION;
      }
      return "idle".equals(state) ? Kind.IDLE_SESSION : Kind.ACTIVE;
    }

    /** The part of a query that a log line has room for; {@code null} when there is none to be seen. */
    static @Nullable String shown(@Nullable String query) {
      if (query == null || query.equals(HIDDEN)) {
        return null;
      }
      // The whole is redacted before it is cut: a secret may stand behind a line's end.
      String line = Redaction.redact(query)
          .lines()
          .map(Backend::printable)
          .filter(text -> !text.isEmpty())
          .findFirst()
          .orElse(null);
      return line == null || line.codePointCount(0, line.length()) <= LONGEST_QUERY
          ? line
          : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUERY));
    }

    /** Whoever wrote the statement or named the application must not be able to write lines into a log. */
    static String printable(String text) {
      return text.codePoints()
          .map(c -> Character.isISOControl(c) ? ' ' : c)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString()
          .strip();
    }

    @Override
    public String words() {
      StringBuilder words = new StringBuilder("pid ")
          .append(pid)
          .append(" (")
          .append(
              application.isEmpty() ? "no application name" : "application '" + application + "'")
          .append(user == null ? "" : ", user " + user)
          .append(address == null ? "" : ", from " + address)
          .append(") ")
          .append(doing());
      if (!holds.isEmpty()) {
        words.append("; holds ").append(LockMode.inWords(holds));
      }
      if (query != null) {
        words
            .append(state != null && state.startsWith("idle") ? "; last statement: " : "; runs: ")
            .append(query);
      } else if (state == null && kind != Kind.AUTOVACUUM && kind != Kind.ACTIVE) {
        words.append("; what it does is not visible to role ").append(observer);
      }
      return words.toString();
    }

    private String doing() {
      String open =
          transactionAge == null ? "" : ", its transaction open for " + spoken(transactionAge);
      String since = stateAge == null ? "" : " for " + spoken(stateAge);
      return switch (kind) {
        case IDLE_TRANSACTION -> "is " + state + since + open;
        case IDLE_SESSION -> "is idle" + since + " and keeps a lock of its session";
        case ACTIVE -> "is " + (state == null ? "at work" : state) + since + open;
        case AUTOVACUUM -> "is an autovacuum" + open;
        case AUTOVACUUM_FOR_WRAPAROUND -> "is an autovacuum to prevent wraparound" + open;
        case WAITER -> "waits itself for " + waitedFor() + open;
        case PREPARED_TRANSACTION, NOT_VISIBLE -> "blocks";
      };
    }

    private String waitedFor() {
      return waitsFor.stream()
          .map(other -> other == 0 ? "a prepared transaction" : "pid " + other)
          .collect(Collectors.joining(", "));
    }

    @Override
    public String advice() {
      String terminate = "SELECT pg_terminate_backend(" + pid + ");";
      return switch (kind) {
        case IDLE_TRANSACTION -> "end its transaction where it was begun, or: " + terminate;
        case IDLE_SESSION -> "let it release its lock, or: " + terminate;
        case ACTIVE ->
          "wait until its transaction has ended, or: SELECT pg_cancel_backend(" + pid + "); or: "
              + terminate;
        case AUTOVACUUM ->
          "it gives way by itself, about deadlock_timeout after it began to block.";
        case AUTOVACUUM_FOR_WRAPAROUND ->
          "let it finish: it does not give way, and begins again when it is ended.";
        case WAITER ->
          "it goes on when " + waitedFor() + " is out of its way; it need not be ended.";
        case NOT_VISIBLE, PREPARED_TRANSACTION ->
          "GRANT pg_read_all_stats TO the role " + observer + " to see what it does, or: "
              + terminate;
      };
    }

    @Override
    public String identity() {
      return kind + " " + pid;
    }
  }

  /**
   * A prepared transaction.
   *
   * @param gid what it was called when it was prepared
   * @param owner who prepared it
   * @param database where it was prepared, and must be ended
   * @param age how long ago that was
   * @param holds the mode of its lock
   * @param on what the lock is on
   */
  record Prepared(String gid, String owner, String database, Duration age, String holds, String on)
      implements Blocker {

    @Override
    public Kind kind() {
      return Kind.PREPARED_TRANSACTION;
    }

    @Override
    public String words() {
      return "prepared transaction '" + Backend.printable(gid) + "' of " + owner + " in database "
          + database + ", prepared " + spoken(age) + " ago; holds " + LockMode.inWords(holds)
          + " on " + on;
    }

    @Override
    public String advice() {
      String quoted = "'" + gid.replace("'", "''") + "'";
      return "let its transaction manager end it; only if that has lost it, in database " + database
          + ": COMMIT PREPARED " + quoted + "; or: ROLLBACK PREPARED " + quoted + ";";
    }

    @Override
    public String identity() {
      return kind() + " " + gid;
    }
  }

  /** A time as people say it. */
  private static String spoken(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200
        ? seconds / 60 + " min"
        : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }
}
