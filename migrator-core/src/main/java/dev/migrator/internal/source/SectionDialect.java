package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a tool marks the sections of its files: comments at the beginning of a line, recognised line by line, wherever the
 * line stands. A line that is in a string for PostgreSQL is a marker for these tools, and so it is here.
 */
enum SectionDialect {
  /** dbmate: {@code -- migrate:up transaction:false} (its README, "Migration Options"). */
  DBMATE(
      NamingConvention.DBMATE,
      "migrate:",
      // Behind a blank it may be prose, but for the two words that nobody writes there by chance.
      "(?!\\s)(.*)|(\\s+(?:up|down)\\b.*)",
      "-- migrate:up",
      "-- migrate:down") {
    @Override
    Mark understand(String line, String words) {
      if (line.contains("migrate: ") || line.contains("migrate:\t")) {
        return Mark.wrong("a blank stands behind the colon");
      }
      List<String> parts = List.of(words.split("\\s+"));
      Kind kind = switch (parts.get(0)) {
        case "up" -> Kind.UP;
        case "down" -> Kind.DOWN;
        default -> null;
      };
      if (kind == null) {
        return Mark.wrong("dbmate knows '" + up() + "' and '" + down() + "'");
      }
      String reason = null;
      for (String option : parts.subList(1, parts.size())) {
        if (option.equals("transaction:false")) {
          reason = "says transaction:false";
        } else if (!option.equals("transaction:true")) {
          return Mark.wrong("the option '" + option + "' is unknown: there are transaction:true and"
              + " transaction:false");
        }
      }
      return new Mark(kind, reason, null);
    }
  },

  /** goose: {@code -- +goose Up}, in upper or lower case (its reference, "Annotations"). */
  GOOSE(NamingConvention.GOOSE, "+goose", "(.*)", "-- +goose Up", "-- +goose Down") {
    @Override
    Mark understand(String line, String words) {
      return switch (words.toLowerCase(Locale.ROOT)) {
        case "up" -> Mark.of(Kind.UP);
        case "down" -> Mark.of(Kind.DOWN);
        case "statementbegin", "statementend" -> Mark.of(Kind.OTHER);
        case "no transaction" -> new Mark(Kind.OTHER, "says NO TRANSACTION", null);
        case "envsub on", "envsub off" ->
          Mark.wrong("environment variables are not put into scripts; write a placeholder");
        default ->
          Mark.wrong("goose knows Up, Down, StatementBegin, StatementEnd and NO TRANSACTION");
      };
    }
  },

  /** sql-migrate: {@code -- +migrate Up notransaction}, spelt just so (its README, "Writing migrations"). */
  SQL_MIGRATE(
      NamingConvention.SQL_MIGRATE, "+migrate", "(.*)", "-- +migrate Up", "-- +migrate Down") {
    @Override
    Mark understand(String line, String words) {
      List<String> parts = List.of(words.split("\\s+"));
      Kind kind = switch (parts.get(0)) {
        case "Up" -> Kind.UP;
        case "Down" -> Kind.DOWN;
        case "StatementBegin", "StatementEnd" -> Kind.OTHER;
        default -> null;
      };
      if (kind == null || !line.startsWith("-- +migrate ")) {
        return Mark.wrong("sql-migrate knows '" + up() + "', '" + down()
            + "', '-- +migrate StatementBegin' and '-- +migrate StatementEnd', spelt just so");
      }
      List<String> options = parts.subList(1, parts.size());
      if (options.isEmpty()) {
        return Mark.of(kind);
      }
      return options.equals(List.of("notransaction")) && kind != Kind.OTHER
          ? new Mark(kind, "says notransaction", null)
          : Mark.wrong("the only option there is, is notransaction, after Up and Down");
    }
  };

  private final NamingConvention convention;
  private final String word;
  private final Pattern pattern;
  private final String up;
  private final String down;

  SectionDialect(NamingConvention convention, String word, String words, String up, String down) {
    this.convention = convention;
    this.word = word;
    this.pattern = Pattern.compile(
        "\\s*--\\s*" + Pattern.quote(word) + "(" + words + ")",
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    this.up = up;
    this.down = down;
  }

  /** What a line of a tool does. */
  enum Kind {
    UP,
    DOWN,
    OTHER
  }

  /**
   * A line that is meant for a tool.
   *
   * @param kind what it does
   * @param withoutTransaction how it says that its script runs without a transaction; {@code null} when it does not
   * @param problem why the tool would not understand it; {@code null} when it would
   */
  record Mark(
      Kind kind,
      @Nullable String withoutTransaction,
      @Nullable String problem) {

    static Mark of(Kind kind) {
      return new Mark(kind, null, null);
    }

    static Mark wrong(String problem) {
      return new Mark(Kind.OTHER, null, problem);
    }

    boolean beginsSection() {
      return kind != Kind.OTHER;
    }
  }

  /**
   * What a line says to this tool, understood or not; {@code null} when it is none of the tool's. A line that is nearly a
   * marker is claimed too: taken for a comment, it would let the down section run with the up section.
   */
  @Nullable
  Mark read(String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    if (!line.startsWith("--")) {
      return Mark.wrong("blanks stand before it, where the tool expects the line to begin");
    }
    if (!line.contains(word)) {
      return Mark.wrong("'" + word + "' is written in small letters");
    }
    return understand(line, matcher.group(1).strip());
  }

  abstract Mark understand(String line, String words);

  NamingConvention convention() {
    return convention;
  }

  /** How the line before the up section is written. */
  String up() {
    return up;
  }

  /** How the line before the down section is written. */
  String down() {
    return down;
  }

  /** The dialect of a convention; {@code null} of one whose files are one script each. */
  static @Nullable SectionDialect of(NamingConvention convention) {
    for (SectionDialect dialect : values()) {
      if (dialect.convention == convention) {
        return dialect;
      }
    }
    return null;
  }
}
