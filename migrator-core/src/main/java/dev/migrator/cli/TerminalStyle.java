package dev.migrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a terminal is written to. */
enum TerminalStyle {
  /** No terminal: lines, each written once. */
  LINES,
  /** A line that is written over. */
  BAR,
  /** The same, with failures in red. */
  COLOURED_BAR;

  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  /** What this process has, and its variables ask for: NO_COLOR (no-color.org), TERM=dumb. */
  static TerminalStyle of(Console console) {
    if (!isTerminal() || isRedirected() || "dumb".equals(console.variables().get("TERM"))) {
      return LINES;
    }
    String noColour = console.variables().get("NO_COLOR");
    return noColour == null || noColour.isEmpty() ? COLOURED_BAR : BAR;
  }

  /** Since Java 22 there is a console also where there is no terminal; it tells when asked, which Java 17 cannot compile. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Whether standard error, where the bar and the colours go, leads elsewhere: Java looks at the other two streams only. */
  private static boolean isRedirected() {
    try {
      return !Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev");
    } catch (IOException | UnsupportedOperationException e) {
      return Files.isRegularFile(Path.of("/dev/fd/2"));
    }
  }

  /** A text that tells of a failure. */
  String alarming(String text) {
    return this == COLOURED_BAR ? RED + text + PLAIN : text;
  }
}
