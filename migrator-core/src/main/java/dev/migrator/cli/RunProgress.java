package dev.migrator.cli;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.report.Action;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how far a run is: on a terminal a bar with the statement that is under way, elsewhere a line now and then while a
 * migration takes long. Of a run that is over in a moment nothing is left but its report.
 */
final class RunProgress implements MigrationListener, AutoCloseable {

  /** Where lines stay, one in this time is enough. */
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);

  private static final Duration DRAW_EVERY = Duration.ofMillis(250);

  private static final String BLOCKED_BY = ", blocked by ";

  private final StatusLine line;
  private final boolean quiet;
  private int of;
  private int done;
  private String doing = "";
  private String statement = "";
  private String remark = "";

  private RunProgress(StatusLine line, boolean quiet) {
    this.line = line;
    this.quiet = quiet;
  }

  /**
   * Writes to the standard error of a process.
   *
   * @param quiet whether nothing is shown, because a program reads along
   */
  static RunProgress on(Console console, boolean quiet) {
    return of(console.err(), TerminalStyle.of(console), System::nanoTime, quiet);
  }

  static RunProgress of(PrintStream out, TerminalStyle style, LongSupplier nanos, boolean quiet) {
    return new RunProgress(new StatusLine(out, style, nanos), quiet);
  }

  /** Does work meanwhile. */
  <T> T around(Supplier<T> work) {
    try (this) {
      return work.get();
    }
  }

  /** On a terminal the round trips do not count; in a pipeline they do. */
  @Override
  public boolean wantsStatements() {
    return !quiet && line.style() != TerminalStyle.LINES;
  }

  @Override
  public synchronized void on(MigrationEvent event) {
    if (quiet) {
      return;
    }
    boolean first = doing.isEmpty() && remark.isEmpty();
    if (event instanceof MigrationEvent.RunStarted now) {
      of = now.migrations().size();
      remark = "";
    } else if (event instanceof MigrationEvent.MigrationStarted now) {
      done = now.place() - 1;
      of = now.of();
      doing = (now.action() == Action.ROLLBACK ? "rolling back " : "")
          + now.migration().label();
      statement = "";
      remark = "";
    } else if (event instanceof MigrationEvent.StatementStarted now) {
      statement = "  " + now.ordinal() + "/" + now.of() + " " + now.beginning();
      remark = "";
    } else if (event instanceof MigrationEvent.IndexProgressed now) {
      remark = now.percent() < 0 ? now.phase() : now.percent() + " % " + now.phase();
    } else if (event instanceof MigrationEvent.Blocked now) {
      // Who is in the way comes after who waits, and a line is short.
      int by = now.blockers().indexOf(BLOCKED_BY);
      remark = by < 0 ? "blocked: " + now.blockers() : now.blockers().substring(by + 2);
    } else if (event instanceof MigrationEvent.LockWaited) {
      remark = "another run is at work";
    } else if (event instanceof MigrationEvent.Retried now) {
      remark = "attempt " + now.attempt() + " follows";
    } else if (event instanceof MigrationEvent.MigrationFinished) {
      done++;
      statement = "";
      remark = "";
    } else if (event instanceof MigrationEvent.MigrationFailed
        || event instanceof MigrationEvent.RunFailed) {
      remark = "failed";
    }
    if (first) {
      line.every(line.style() == TerminalStyle.LINES ? LINE_EVERY : DRAW_EVERY, this::tick);
    }
    draw();
  }

  /** Where lines stay, it is time for one. */
  synchronized void tick() {
    if (line.style() == TerminalStyle.LINES) {
      line.say("  " + text());
    } else {
      draw();
    }
  }

  private void draw() {
    line.draw(text());
  }

  private String text() {
    String time = StatusLine.time(line.elapsed());
    String where = of == 0 ? "Waiting" : StatusLine.bar(done, of);
    // The bar is for who sees it move.
    String shown = line.style() == TerminalStyle.LINES && of > 0 ? done + "/" + of : where;
    // What changes comes before what is long.
    return StatusLine.safe(shown + ", " + time + (doing.isEmpty() ? "" : "  " + doing)
        + (remark.isEmpty() ? "" : "  (" + remark + ")") + statement);
  }

  @Override
  public synchronized void close() {
    line.close();
  }
}
