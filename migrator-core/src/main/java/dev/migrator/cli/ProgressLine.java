package dev.migrator.cli;

import dev.migrator.event.VerifyEvent;
import dev.migrator.event.VerifyListener;
import dev.migrator.report.VerifiedMigration;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a verification is: on a terminal a bar with the time that has passed, elsewhere a line for each migration.
 */
final class ProgressLine implements VerifyListener, AutoCloseable {

  private final StatusLine line;
  private int of;
  private int done;
  private int failed;
  private String last = "";

  private ProgressLine(StatusLine line) {
    this.line = line;
  }

  /** Writes to the standard error of a process, as its terminal and NO_COLOR (no-color.org) ask. */
  static ProgressLine on(Console console) {
    TerminalStyle style = TerminalStyle.of(console);
    ProgressLine line = of(console.err(), style, System::nanoTime);
    if (style != TerminalStyle.LINES) {
      line.line.every(Duration.ofSeconds(1), line::draw);
    }
    return line;
  }

  static ProgressLine of(PrintStream out, TerminalStyle style, LongSupplier nanos) {
    return new ProgressLine(new StatusLine(out, style, nanos));
  }

  @Override
  public synchronized void on(VerifyEvent event) {
    if (event instanceof VerifyEvent.Began now) {
      of = now.migrations().size();
      say(
          "Verifying " + of + (of == 1 ? " migration on " : " migrations on ") + now.server(),
          true);
    } else if (event instanceof VerifyEvent.Verified now) {
      done = now.place();
      last = now.result().migration().label();
      verified(now.result());
    } else if (event instanceof VerifyEvent.Checked now) {
      last = now.check().name();
      failed += now.check().passed() ? 0 : 1;
      say(
          "  " + now.check().name() + ": " + now.check().result().name().toLowerCase(Locale.ROOT),
          now.check().passed());
    }
    draw();
  }

  private void verified(VerifiedMigration result) {
    String line = done + "/" + of + " " + result.migration().label() + ": "
        + result.verdict().words()
        + (result.data().passed() ? "" : ", rows " + result.data().words())
        + (result.up().isZero() ? "" : " (" + result.up().toMillis() + " ms)");
    failed += result.passed() ? 0 : 1;
    say("  " + line, result.passed());
  }

  /** What passed moves the bar, and no more. */
  private void say(String text, boolean passed) {
    if (line.style() == TerminalStyle.LINES) {
      line.say(StatusLine.safe(text));
    } else if (!passed) {
      line.say(line.style().alarming(StatusLine.safe(text)));
    }
  }

  synchronized void draw() {
    line.draw((of == 0 ? "Reading the scripts and reaching the server" : StatusLine.bar(done, of))
        + (failed == 0 ? "" : ", " + failed + " failed")
        + ", " + StatusLine.time(line.elapsed())
        + (last.isEmpty() ? "" : "  " + StatusLine.safe(last)));
  }

  /** Takes the bar away, since the result follows. */
  @Override
  public synchronized void close() {
    line.close();
  }
}
