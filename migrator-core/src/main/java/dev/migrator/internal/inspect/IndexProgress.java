package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.jdbc.Session;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the building of an index is (PostgreSQL manual, {@code pg_stat_progress_create_index}).
 *
 * @param pid the server process that builds
 * @param command CREATE INDEX, CREATE INDEX CONCURRENTLY, REINDEX or REINDEX CONCURRENTLY
 * @param phase what it does, in the server's words
 * @param percent how much of this phase is done, 0 to 100; -1 when the server does not say
 * @param table the table, quoted; {@code null} when it is not visible to the role
 * @param index the index, quoted; {@code null} while it has no name yet
 * @param lockerPid the process that it waits for at present; 0 when it waits for none
 */
public record IndexProgress(
    int pid,
    String command,
    String phase,
    int percent,
    @Nullable String table,
    @Nullable String index,
    int lockerPid)
    implements Observation {

  private static final String ASK = """
      SELECT p.command, p.phase, p.lockers_done, p.lockers_total, p.blocks_done, p.blocks_total, p.tuples_done,
             p.tuples_total,
             (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE c.oid = p.relid AND p.datname = pg_catalog.current_database()),
             (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
                FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               WHERE c.oid = p.index_relid AND p.datname = pg_catalog.current_database()),
             p.current_locker_pid
        FROM pg_catalog.pg_stat_progress_create_index p
       WHERE p.pid = $1::integer
      """;

  /**
   * Asks how far it is.
   *
   * @param session another session than the one that builds
   * @param pid the server process that builds
   * @return nothing when it builds none at present
   * @throws CommandFailedException when the server does not answer
   */
  public static Optional<IndexProgress> of(Session session, int pid) {
    return session.query(Command.of(ASK, Integer.toString(pid)), row -> of(row, pid)).stream()
        .findFirst();
  }

  private static IndexProgress of(Row row, int pid) {
    String command = row.textOrNull(1);
    String phase = row.textOrNull(2);
    return new IndexProgress(
        pid,
        command == null ? "CREATE INDEX" : command,
        phase == null ? "not visible" : phase,
        percent(
            String.valueOf(phase),
            new long[] {row.number(3), row.number(5), row.number(7)},
            new long[] {row.number(4), row.number(6), row.number(8)}),
        row.textOrNull(9),
        row.textOrNull(10),
        (int) row.number(11));
  }

  /**
   * How much of a phase is done. Which of its counters counts depends on the phase; the others are 0 or left over from an
   * earlier one.
   *
   * @param phase the phase
   * @param done lockers, blocks and tuples that are done
   * @param total lockers, blocks and tuples in all; 0 where the phase has none
   */
  static int percent(String phase, long[] done, long[] total) {
    int counter =
        phase.startsWith("waiting") ? 0 : phase.contains("tuples") ? 2 : total[1] > 0 ? 1 : 2;
    return total[counter] <= 0
        ? -1
        : (int) Math.max(0, Math.min(100, done[counter] * 100 / total[counter]));
  }

  @Override
  public String words() {
    return command + (index == null ? "" : " " + index) + (table == null ? "" : " on " + table)
        + ": "
        + phase + (percent < 0 ? "" : ", " + percent + " %")
        + (lockerPid == 0 ? "" : ", waiting for pid " + lockerPid);
  }
}
