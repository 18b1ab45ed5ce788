package dev.migrator.internal.inspect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How checks speak of times, sizes and statements. */
final class Wording {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  /** A finding has room for the beginning of a statement. */
  private static final int LONGEST_STATEMENT = 80;

  private Wording() {}

  /** A time in milliseconds, as people say it. */
  static String time(long milliseconds) {
    long seconds = Math.max(0, milliseconds / 1_000);
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200
        ? seconds / 60 + " min"
        : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }

  /** A number of bytes, in units of 1024 as the server's own pg_size_pretty has them. */
  static String size(long bytes) {
    if (bytes < 10_240) {
      return bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    do {
      value /= 1_024;
      unit++;
    } while (value >= 10_240 && unit < UNITS.length - 1);
    return String.format(Locale.ROOT, "%.0f %s", value, UNITS[unit]);
  }

  /** A number of things. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A text of the server's in one line, without what moves a cursor. */
  static String line(String text) {
    return Blocker.Backend.printable(text).replaceAll("\\s+", " ");
  }

  /** A process with its application: {@code pid 7 (nightly report, user ada)}. */
  static String process(@Nullable String pid, @Nullable String application, @Nullable String user) {
    String name =
        application == null || application.isBlank() ? "" : Blocker.Backend.printable(application);
    String who = user == null ? "" : "user " + user;
    String both = name + (name.isEmpty() || who.isEmpty() ? "" : ", ") + who;
    return "pid " + pid + (both.isEmpty() ? "" : " (" + both + ")");
  }

  /** The beginning of a statement, without secrets, behind a colon; empty when it cannot be seen. */
  static String statement(@Nullable String query) {
    String shown = Blocker.Backend.shown(query);
    if (shown == null || shown.isEmpty()) {
      return "";
    }
    return ": "
        + (shown.codePointCount(0, shown.length()) <= LONGEST_STATEMENT
            ? shown
            : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_STATEMENT)) + " ...");
  }
}
