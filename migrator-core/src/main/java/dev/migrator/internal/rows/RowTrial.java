package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.FillReport.Unfilled;
import dev.migrator.internal.rows.Filling.Style;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DataVerdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trial of one migration with rows in the tables: they are there before it is applied and must be there after it is
 * taken back, with every value.
 *
 * @param generate whether rows are made up for every table; otherwise those count that are there
 * @param except the tables that are left alone: the engine's own
 */
public record RowTrial(boolean generate, Set<TableName> except) {

  /** What the scripts are tried with. */
  private enum Rows {
    /** Rows with edge values; and rows in what the script creates, so that it is taken back with rows in it. */
    EDGE,
    /** Rows with edge values in what was there before, no others. */
    EDGE_BEFORE,
    /** Rows with ordinary values in what was there before. */
    PLAIN,
    /** The rows that are there. */
    THERE
  }

  /** A throw-away database in the state before the migration. */
  public interface Bench extends AutoCloseable {

    /** A session on it, with the search path of the scripts; idle while the scripts run. */
    Session session();

    /** Applies the migration. */
    void up();

    /** Takes the migration back. */
    void down();

    /** Drops the database. */
    @Override
    void close();
  }

  /**
   * What came out.
   *
   * @param verdict what became of the rows
   * @param findings what a reader should know, each in a sentence
   */
  public record Outcome(DataVerdict verdict, List<String> findings) {

    /** Keeps a copy. */
    public Outcome {
      findings = List.copyOf(findings);
    }
  }

  /** Keeps a copy. */
  public RowTrial {
    except = Set.copyOf(except);
  }

  /**
   * Tries a migration whose scripts run on empty tables.
   *
   * @param benches a fresh database at every call; one is enough unless a script cannot take the rows that were made up
   */
  public Outcome run(Supplier<Bench> benches) {
    Set<String> findings = new LinkedHashSet<>();
    if (!generate) {
      return orNotChecked(run(benches, Rows.THERE, findings), findings);
    }
    Outcome outcome = run(benches, Rows.EDGE, findings);
    if (outcome != null && outcome.verdict() == DataVerdict.DOWN_FAILS) {
      // A down script may refuse to drop what holds rows by now; then it keeps those that were
      // there before.
      Set<String> without = new LinkedHashSet<>();
      outcome = run(benches, Rows.EDGE_BEFORE, without);
      if (outcome != null && outcome.verdict() != DataVerdict.DOWN_FAILS) {
        without.addAll(outcome.findings());
        findings.addAll(without);
        outcome = new Outcome(outcome.verdict(), List.copyOf(findings));
      }
    }
    if (outcome == null) {
      outcome = run(benches, Rows.PLAIN, findings);
    }
    if (outcome == null) {
      outcome = run(benches, Rows.THERE, findings);
    }
    return orNotChecked(outcome, findings);
  }

  private static Outcome orNotChecked(@Nullable Outcome outcome, Set<String> findings) {
    return outcome == null ? new Outcome(DataVerdict.NOT_CHECKED, List.copyOf(findings)) : outcome;
  }

  /**
   * What the tables held.
   *
   * @param after after the migration was taken back; {@code null} when its down script failed
   * @param touched the tables whose rows a trigger may write anew
   */
  private record Tried(
      Contents before, Contents between, @Nullable Contents after, Set<TableName> touched) {}

  private @Nullable Outcome run(Supplier<Bench> benches, Rows rows, Set<String> findings) {
    try {
      Tried tried = tried(benches, rows, findings);
      if (tried == null) {
        return null;
      }
      Contents after = tried.after();
      if (after == null) {
        return new Outcome(DataVerdict.DOWN_FAILS, List.copyOf(findings));
      }
      List<DataLoss> losses = tried.before().losses(after);
      if (losses.stream().anyMatch(loss -> mayBeTouched(loss, tried))) {
        losses = withoutTouched(losses, tried, benches, rows, findings);
      }
      if (!losses.isEmpty()) {
        losses.stream().map(DataLoss::text).forEach(findings::add);
        return new Outcome(DataVerdict.LOST, List.copyOf(findings));
      }
      return kept(tried.before(), tried.between(), after, findings);
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw Session.unanswered("reading what the tables hold", e);
      }
      findings.add("the rows could not be read or made up: " + e.error().message());
      return new Outcome(DataVerdict.NOT_CHECKED, List.copyOf(findings));
    }
  }

  /** What came of it on a database of its own; {@code null} when the script does not run on these rows. */
  private @Nullable Tried tried(Supplier<Bench> benches, Rows rows, Set<String> findings) {
    try (Bench bench = benches.get()) {
      Session session = bench.session();
      if (rows != Rows.THERE) {
        FillReport report = RowGenerator.fill(session, filling(rows));
        report.unfilled().stream().map(Unfilled::text).forEach(findings::add);
      }
      Contents before = Contents.read(session, except);
      try {
        bench.up();
      } catch (MigrationException e) {
        findings.add("the script does not run on " + words(rows) + ": " + firstLine(e));
        return null;
      }
      if (rows == Rows.EDGE) {
        RowGenerator.fill(session, filling(rows), before.oids());
      }
      Contents between = Contents.read(session, except);
      try {
        bench.down();
      } catch (MigrationException e) {
        String where = rows == Rows.EDGE ? ", with rows in what the script created" : "";
        findings.add(
            "the down script does not run on " + words(rows) + where + ": " + firstLine(e));
        return new Tried(before, between, null, Set.of());
      }
      return new Tried(before, between, before.again(session), TouchTriggers.tables(session));
    }
  }

  private static boolean mayBeTouched(DataLoss loss, Tried tried) {
    return loss.sort() == DataLoss.Sort.CHANGED && tried.touched().contains(loss.table());
  }

  /**
   * The losses without those columns that a trigger sets to another value each time, the time of the change: whoever updates
   * such a row gives it another, and no down script can bring the old one back.
   */
  private List<DataLoss> withoutTouched(
      List<DataLoss> losses,
      Tried first,
      Supplier<Bench> benches,
      Rows rows,
      Set<String> findings) {
    Tried second = tried(benches, rows, new LinkedHashSet<>());
    if (second == null) {
      return losses;
    }
    List<DataLoss> left = new ArrayList<>();
    for (DataLoss loss : losses) {
      if (mayBeTouched(loss, first)
          && first.before().agrees(second.before(), loss)
          && second.after() != null
          && first.after() != null
          && !first.after().agrees(second.after(), loss)) {
        findings.add(loss.text() + ": a trigger sets it to something else at every update");
      } else {
        left.add(loss);
      }
    }
    return left;
  }

  private static Outcome kept(
      Contents before, Contents between, Contents after, Set<String> findings) {
    List<String> untold = before.untold(after);
    findings.addAll(untold);
    before.additions(after).forEach(left -> findings.add("the down script leaves " + left));
    List<String> additions = new ArrayList<>(before.additions(between));
    additions.removeAll(before.additions(after));
    if (!additions.isEmpty()) {
      additions.forEach(added -> findings.add("what it had added goes again: " + added));
    }
    if (!untold.isEmpty()) {
      return new Outcome(DataVerdict.NOT_CHECKED, List.copyOf(findings));
    }
    if (!additions.isEmpty()) {
      return new Outcome(DataVerdict.ADDED_ONLY, List.copyOf(findings));
    }
    return new Outcome(
        before.rows() == 0 ? DataVerdict.NOT_CHECKED : DataVerdict.KEPT, List.copyOf(findings));
  }

  private Filling filling(Rows rows) {
    return Filling.edges().with(rows == Rows.PLAIN ? Style.PLAIN : Style.EDGE).except(except);
  }

  private static String words(Rows rows) {
    return switch (rows) {
      case EDGE, EDGE_BEFORE -> "generated rows with long texts and large numbers";
      case PLAIN -> "generated rows with ordinary values";
      case THERE -> "the rows that are there";
    };
  }

  private static String firstLine(MigrationException failure) {
    String first = failure.getMessage().lines().findFirst().orElse("");
    return first.substring(first.indexOf("] ") + 1).strip();
  }
}
