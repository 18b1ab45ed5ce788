package dev.migrator.cli;

import dev.migrator.render.SafeText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The last line of a terminal, which is written over while something goes on. Where there is no terminal, nothing is. */
final class StatusLine implements AutoCloseable {

  private static final int CELLS = 24;

  /** Most terminals are wider; a line that wraps cannot be written over. */
  private static final int WIDTH = 79;

  private static final String CLEAR = "\r\u001b[K";

  /** How many lines are shown at present: what else writes to the terminal clears them first. */
  private static final AtomicInteger SHOWN = new AtomicInteger();

  private final PrintStream out;
  private final TerminalStyle style;
  private final LongSupplier nanos;
  private final long started;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
      });
  private boolean drawn;

  /** @param nanos the clock */
  StatusLine(PrintStream out, TerminalStyle style, LongSupplier nanos) {
    this.out = out;
    this.style = style;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  /** What a line of somebody else begins with. */
  static String clearing() {
    return SHOWN.get() > 0 ? CLEAR : "";
  }

  TerminalStyle style() {
    return style;
  }

  /** Does something again and again: what is slow takes minutes, and the time must go on. */
  void every(Duration time, Runnable work) {
    var unused =
        ticker.scheduleAtFixedRate(work, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How long it goes on. */
  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - started);
  }

  /** A time as it is shown, {@code 1:05}. */
  static String time(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  /** A bar: {@code [######..] 3/4}. */
  static String bar(int done, int of) {
    int full = of == 0 ? 0 : CELLS * Math.min(done, of) / of;
    return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + done + "/" + of;
  }

  /** The text without what moves the cursor or is secret. */
  static String safe(String text) {
    return SafeText.of(text).replaceAll("\\p{Cntrl}", "?");
  }

  /** Writes the line over. */
  void draw(String text) {
    if (style != TerminalStyle.LINES) {
      if (!drawn) {
        drawn = true;
        SHOWN.incrementAndGet();
      }
      out.print(CLEAR + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
      out.flush();
    }
  }

  /** Writes a line that stays. */
  void say(String text) {
    out.print(style == TerminalStyle.LINES ? "" : CLEAR);
    out.println(text);
    out.flush();
  }

  /** Takes the line away, since the result follows. */
  @Override
  public void close() {
    ticker.shutdownNow();
    if (drawn) {
      drawn = false;
      SHOWN.decrementAndGet();
      out.print(CLEAR);
    }
    out.flush();
  }
}
