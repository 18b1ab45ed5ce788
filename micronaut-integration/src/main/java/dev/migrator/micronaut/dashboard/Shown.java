package dev.migrator.micronaut.dashboard;

import dev.migrator.migration.MigrationState;
import dev.migrator.render.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as a page shows them. */
final class Shown {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private Shown() {}

  static String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  static String duration(@Nullable Long milliseconds) {
    if (milliseconds == null) {
      return "";
    }
    if (milliseconds < 1_000) {
      return milliseconds + " ms";
    }
    return milliseconds < 60_000
        ? String.format(Locale.ROOT, "%.1f s", milliseconds / 1_000.0)
        : Duration.ofMillis(milliseconds).toMinutes() + " min "
            + Duration.ofMillis(milliseconds).toSecondsPart() + " s";
  }

  /** Without passwords; {@code null} for nothing. */
  static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : SafeText.of(text);
  }

  /** The class of the style sheet. */
  static String style(MigrationState state) {
    return switch (state) {
      case APPLIED, BASELINE, BELOW_BASELINE -> "good";
      case PENDING, FUTURE, IGNORED -> "open";
      case FAILED, PARTIALLY_APPLIED, EDITED, MISSING, OUT_OF_ORDER -> "bad";
    };
  }
}
