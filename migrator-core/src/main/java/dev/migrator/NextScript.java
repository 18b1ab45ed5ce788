package dev.migrator;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the files of the next migration are called: as those of the last one are.
 *
 * @param convention how the folder is named
 * @param version the version, as the names write it
 * @param base version and description, without what the convention adds
 * @param alone whether there is no file for a down script
 */
record NextScript(NamingConvention convention, String version, String base, boolean alone) {

  private static final String FIRST = "0001";

  /** The stamps that versions are made of, longest first. */
  private static final Map<Pattern, DateTimeFormatter> STAMPS = stamps();

  private static final Pattern LAST_NUMBER = Pattern.compile("(.*?)([0-9]+)");

  /**
   * The names of the next one.
   *
   * @param asked how the folder is named; automatic for as its scripts are
   * @param present its migrations, in order of version
   * @param now the time, for versions that are stamps
   */
  static NextScript after(
      NamingConvention asked,
      List<ResolvedMigration> present,
      String description,
      LocalDateTime now) {
    ResolvedMigration last = present.stream()
        .filter(migration -> migration.migration().kind() != MigrationKind.REPEATABLE)
        .reduce((one, other) -> other)
        .orElse(null);
    NamingConvention convention = asked != NamingConvention.AUTOMATIC
        ? asked
        : last == null ? NamingConvention.NUMBERED : convention(last);
    if (convention == NamingConvention.DRIZZLE) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the folder is Drizzle's, whose journal lists every script.")
          .done("nothing was written.", List.of())
          .advice("let drizzle-kit generate the migration.")
          .build();
    }
    String version = last == null ? FIRST : next(last.migration().version(), now);
    String name = name(description);
    String base = convention == NamingConvention.FLYWAY
        ? "V" + version + "__" + name
        : version + separator(last) + name;
    return new NextScript(
        convention, version, base, last != null && fileName(last).equals("migration.sql"));
  }

  /** The files, by what is in them. */
  Map<Part, String> files() {
    return switch (convention) {
      case UP_DOWN -> Map.of(Part.UP, base + ".up.sql", Part.DOWN, base + ".down.sql");
      case FLYWAY -> Map.of(Part.UP, base + ".sql", Part.DOWN, "U" + base.substring(1) + ".sql");
      case DIRECTORY ->
        alone
            ? Map.of(Part.UP, base + "/migration.sql")
            : Map.of(Part.UP, base + "/up.sql", Part.DOWN, base + "/down.sql");
      case DBMATE, GOOSE, SQL_MIGRATE -> Map.of(Part.BOTH, base + ".sql");
      case NUMBERED, AUTOMATIC, DRIZZLE ->
        Map.of(Part.UP, base + ".sql", Part.DOWN, base + "_rollback.sql");
    };
  }

  /** What a file holds. */
  enum Part {
    UP,
    DOWN,
    BOTH
  }

  /** The marks of the two sections of a file. */
  List<String> marks() {
    return switch (convention) {
      case DBMATE -> List.of("-- migrate:up", "-- migrate:down");
      case GOOSE -> List.of("-- +goose Up", "-- +goose Down");
      default -> List.of("-- +migrate Up", "-- +migrate Down");
    };
  }

  private static NamingConvention convention(ResolvedMigration last) {
    String file = fileName(last);
    if (file.equals("up.sql") || file.equals("migration.sql")) {
      return NamingConvention.DIRECTORY;
    }
    if (file.endsWith(".up.sql")) {
      return NamingConvention.UP_DOWN;
    }
    if (file.startsWith("V") || file.startsWith("B")) {
      return NamingConvention.FLYWAY;
    }
    return NamingConvention.NUMBERED;
  }

  private static String fileName(ResolvedMigration migration) {
    String path = migration.migration().script();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What stands between version and name: an underscore, unless the last one has a hyphen. */
  private static String separator(@Nullable ResolvedMigration last) {
    if (last == null) {
      return "_";
    }
    String script = last.migration().script();
    String version = last.migration().version().text();
    int at = script.lastIndexOf(version) + version.length();
    return at < script.length() && script.charAt(at) == '-' ? "-" : "_";
  }

  private static String next(MigrationVersion last, LocalDateTime now) {
    String text = last.text();
    for (Map.Entry<Pattern, DateTimeFormatter> stamp : STAMPS.entrySet()) {
      if (stamp.getKey().matcher(text).matches()) {
        String today = stamp.getValue().format(now);
        if (MigrationVersion.of(today).compareTo(last) > 0) {
          return today;
        }
      }
    }
    Matcher number = LAST_NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalStateException("a version ends in digits: " + text);
    }
    String digits = number.group(2);
    String next = new BigInteger(digits).add(BigInteger.ONE).toString();
    return number.group(1) + "0".repeat(Math.max(0, digits.length() - next.length())) + next;
  }

  private static String name(String description) {
    String name = description
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .replaceAll("^_+|_+$", "");
    if (name.isEmpty() || name.endsWith("_rollback")) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "'" + description + "' is no description of a migration.")
          .done("nothing was written.", List.of())
          .advice("say in a few words what it does: add email to customers.")
          .build();
    }
    return name;
  }

  private static Map<Pattern, DateTimeFormatter> stamps() {
    String day = "20[0-9]{2}(0[1-9]|1[0-2])([0-2][0-9]|3[01])";
    Map<Pattern, DateTimeFormatter> stamps = new LinkedHashMap<>();
    Stream.of(
            Map.entry(day + "[0-9]{6}", "yyyyMMddHHmmss"),
            Map.entry(day + "[0-9]{4}", "yyyyMMddHHmm"),
            Map.entry(day, "yyyyMMdd"),
            Map.entry("20[0-9]{2}-[0-9]{2}-[0-9]{2}", "yyyy-MM-dd"))
        .forEach(stamp -> stamps.put(
            Pattern.compile(stamp.getKey()),
            DateTimeFormatter.ofPattern(stamp.getValue(), Locale.ROOT)));
    return stamps;
  }
}
