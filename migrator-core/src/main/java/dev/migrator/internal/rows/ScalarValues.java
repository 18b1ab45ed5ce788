package dev.migrator.internal.rows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Values of the types that are made of nothing else, as texts. Never of the clock or of chance. */
final class ScalarValues {

  /** What a type that nobody knows might take. */
  static final List<String> GUESSES = List.of(
      "1", "a", "(1,2)", "[1,2,3]", "{1}", "{}", "<1>", "\"a\"=>\"1\"", "POINT(1 2)", "1.0");

  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);

  private static final int HEADER = 4;

  /** The longest text for a column that takes any length: an index of it must still have room. */
  private static final int LONG_TEXT = 300;

  private static final int LONGEST_TEXT = 20_000;

  private static final String WORDS = "Zoë wrote 東京 to Ærø, naïvely; ";

  private ScalarValues() {}

  /** An ordinary value; other numbers give other values where the type has them. */
  static String plain(ValueType type, int n) {
    String day = FIRST_DAY.plusDays(n).toString();
    return switch (type.name()) {
      case "bool" -> n % 2 == 0 ? "false" : "true";
      case "int2", "int4", "int8", "oid", "xid", "cid", "xid8" -> Integer.toString(n);
      case "numeric" -> number(type, n);
      case "float4", "float8" -> n + ".5";
      case "money" -> n + ".25";
      case "text", "citext", "name", "varchar", "bpchar" -> text(type, n, TextSort.PHRASE);
      case "char" -> String.valueOf((char) ('a' + n % 26));
      case "date" -> day;
      case "timestamp" -> day + " 10:20:30";
      case "timestamptz" -> day + " 10:20:30+00";
      case "time" -> "10:20:%02d".formatted(n % 60);
      case "timetz" -> "10:20:%02d+00".formatted(n % 60);
      case "interval" -> n + " days";
      case "uuid" -> "00000000-0000-4000-8000-%012x".formatted(n);
      case "bytea" -> "\\x%08x".formatted(n);
      case "json", "jsonb" -> "{\"n\": " + n + "}";
      case "jsonpath" -> "$.a" + n;
      case "xml" -> "<n>" + n + "</n>";
      case "tsvector" -> "'word" + n + "':1";
      case "tsquery" -> "'word" + n + "'";
      case "inet" -> "192.0.2." + n % 256;
      case "cidr" -> "192.0." + n % 256 + ".0/24";
      case "macaddr" -> "08:00:2b:01:%02x:%02x".formatted(n / 256 % 256, n % 256);
      case "macaddr8" -> "08:00:2b:01:02:03:%02x:%02x".formatted(n / 256 % 256, n % 256);
      case "bit" -> bits(n, length(type) < 0 ? 1 : type.modifier());
      case "varbit" -> bits(n, Math.min(8, type.modifier() < 0 ? 8 : type.modifier()));
      case "point" -> "(" + n + ",1)";
      case "line" -> "{1,2," + n + "}";
      case "lseg" -> "[(0,0),(" + n + ",1)]";
      case "box" -> "(" + (n + 0.5) + ",1)," + "(" + n + ",0)";
      case "path" -> "[(0,0),(" + n + ",1)]";
      case "polygon" -> "((0,0),(" + n + ",1),(1," + n + "))";
      case "circle" -> "<(" + 3 * n + ",0),1>";
      case "pg_lsn" -> "0/%X".formatted(n);
      case "tid" -> "(0," + n + ")";
      case "pg_snapshot", "txid_snapshot" -> n + ":" + n + ":";
      case "int2vector", "oidvector" -> "1 " + n;
      case "hstore" -> "\"n\"=>\"" + n + "\"";
      case "ltree" -> "top.n" + n;
      case "lquery" -> "top.*." + n;
      case "cube" -> "(" + n + ",1)";
      case "regclass" -> "pg_catalog.pg_class";
      case "regtype" -> "pg_catalog.int4";
      case "regproc" -> "pg_catalog.pg_backend_pid";
      case "regprocedure" -> "pg_catalog.pg_backend_pid()";
      case "regoperator" -> "pg_catalog.+(integer,integer)";
      case "regoper" -> "pg_catalog.||/";
      case "regnamespace" -> "pg_catalog";
      case "regrole" -> "pg_monitor";
      case "regconfig", "regdictionary" -> "pg_catalog.simple";
      case "regcollation" -> "pg_catalog.\"C\"";
      case "aclitem" -> "pg_monitor=r/pg_monitor";
      case "refcursor" -> "cursor " + n;
      default -> GUESSES.get(n % GUESSES.size());
    };
  }

  /** A short text of a type that takes any text. */
  static String text(ValueType type, int n, TextSort sort) {
    return fitting(sort.of(n), n, length(type));
  }

  /** A value with as much in it as the type keeps. */
  static String edge(ValueType type) {
    return switch (type.name()) {
      case "int2" -> "32001";
      case "int4" -> "2000000011";
      // Neither an int4 nor a float8 holds it.
      case "int8" -> "9007199254740993";
      case "numeric" -> fullNumber(type);
      case "float4" -> "0.123456";
      case "float8" -> "0.12345678901234568";
      case "money" -> "92233720368.99";
      case "text", "citext" -> longText(LONG_TEXT);
      case "varchar", "bpchar" ->
        longText(length(type) < 0 ? LONG_TEXT : Math.min(length(type), LONGEST_TEXT));
      case "name" -> "n".repeat(63);
      case "date" -> "2024-02-29";
      case "timestamp" -> "2023-07-15 23:14:15.123457";
      case "timestamptz" -> "2023-07-15 23:14:15.123457+00";
      case "time" -> "23:14:15.123457";
      case "timetz" -> "23:14:15.123457+05:30";
      case "interval" -> "1 year 2 mons 3 days 04:05:06.789012";
      case "bytea" -> "\\x00ff" + "5c27".repeat(20);
      // What jsonb would tidy up.
      case "json" -> "{\"b\": 1,   \"a\": [null, true, 1.50, \"Ærø\"], \"b\": 2}";
      case "jsonb" -> "{\"b\": 1, \"a\": [null, true, 1.50, \"Ærø\"]}";
      case "xml" -> "<a b=\"1\">Zo\u00eb<!-- c --></a>";
      case "tsvector" -> "'a':1A,3 'b':2";
      case "inet" -> "2001:db8::1/64";
      case "bit" -> bits(0x5A5A5A5A, type.modifier() < 0 ? 1 : type.modifier());
      case "varbit" -> bits(0x5A5A5A5A, type.modifier() < 0 ? 100 : type.modifier());
      case "point" -> "(0.12345678901234568,-2)";
      default -> plain(type, 7);
    };
  }

  /** A value with as little in it as the type allows, or below zero. */
  static String low(ValueType type) {
    return switch (type.name()) {
      case "int2" -> "-32002";
      case "int4" -> "-2000000012";
      case "int8" -> "-9007199254740994";
      case "numeric" -> {
        String full = fullNumber(type);
        yield full.equals("0") ? "0" : "-" + full;
      }
      case "float4", "float8", "money" -> "-1.5";
      case "text", "citext", "varchar", "bpchar" -> "";
      case "date" -> "0850-03-01";
      case "timestamp" -> "0850-03-01 00:00:00";
      case "timestamptz" -> "1850-03-01 00:00:00+00";
      case "interval" -> "-1 days -00:00:01";
      case "bytea" -> "\\x";
      case "json", "jsonb" -> "null";
      case "tsvector", "hstore" -> "";
      case "varbit" -> "";
      default -> plain(type, 8);
    };
  }

  /** The longest text of so many characters: words first, so that cutting it anywhere shows. */
  static String longText(int characters) {
    StringBuilder text = new StringBuilder(WORDS);
    for (int i = 1; text.length() < characters; i++) {
      text.append(i).append(' ');
    }
    text.setLength(characters);
    if (characters > 0 && text.charAt(characters - 1) == ' ') {
      // bpchar would forget a blank at the end.
      text.setCharAt(characters - 1, '.');
    }
    return text.toString();
  }

  /** How many characters it takes at most; -1 for any number. */
  static int length(ValueType type) {
    return switch (type.name()) {
      case "varchar", "bpchar" -> type.modifier() < 0 ? -1 : type.modifier() - HEADER;
      case "bit", "varbit" -> type.modifier();
      default -> -1;
    };
  }

  /** How many digits it takes behind the point; a number below zero counts digits before it. */
  private static int scale(ValueType type) {
    int bits = type.modifier() - HEADER & 0x7ff;
    // Eleven bits with a sign, since PostgreSQL 15.
    return (bits ^ 1024) - 1024;
  }

  /** The bound that a number of the type stays below; {@code null} for none. */
  static BigDecimal bound(ValueType type) {
    return type.name().equals("numeric") && type.modifier() >= 0
        ? BigDecimal.TEN.pow(1).scaleByPowerOfTen(precision(type) - scale(type) - 1)
        : BigDecimal.TEN.scaleByPowerOfTen(30);
  }

  private static int precision(ValueType type) {
    return type.modifier() - HEADER >> 16 & 0xffff;
  }

  private static String number(ValueType type, int n) {
    if (type.modifier() < 0) {
      return n + ".25";
    }
    int scale = scale(type);
    BigDecimal value = scale < 0
        ? BigDecimal.valueOf(n).scaleByPowerOfTen(-scale)
        : new BigDecimal(n + (scale >= 2 ? ".25" : ""));
    if (value.compareTo(bound(type)) >= 0) {
      value = BigDecimal.valueOf(n % 9 + 1L).scaleByPowerOfTen(-scale);
    }
    return value.compareTo(bound(type)) >= 0 ? "0" : value.toPlainString();
  }

  private static String fullNumber(ValueType type) {
    if (type.modifier() < 0) {
      return "12345678901234567890.123456789";
    }
    int scale = scale(type);
    int precision = precision(type);
    // Not all nines: rounding them up would be an overflow, which hides that digits were lost.
    String whole = digits("9876543210", Math.min(precision, precision - scale));
    String fraction = "0".repeat(Math.max(0, scale - precision))
        + digits("1234567891", Math.min(scale, precision));
    return new BigDecimal(whole + "." + fraction)
        .scaleByPowerOfTen(Math.max(0, -scale))
        .toPlainString();
  }

  private static String digits(String pattern, int count) {
    return count <= 0 ? "0" : pattern.repeat(count / pattern.length() + 1).substring(0, count);
  }

  private static String fitting(String text, int n, int length) {
    if (length < 0 || text.length() <= length) {
      return text;
    }
    String digits = Integer.toString(n + 10, 36).toUpperCase(Locale.ROOT);
    return digits.length() <= length ? digits : digits.substring(digits.length() - length);
  }

  private static String bits(int n, int length) {
    StringBuilder bits = new StringBuilder(length);
    for (int i = length - 1; i >= 0; i--) {
      bits.append(n >> i % 32 & 1);
    }
    return bits.toString();
  }
}
