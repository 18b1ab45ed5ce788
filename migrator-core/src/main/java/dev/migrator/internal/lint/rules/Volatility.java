package dev.migrator.internal.lint.rules;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an expression gives the same value for all rows of a statement (PostgreSQL manual, 38.7). */
enum Volatility {
  /** One value for the whole statement. */
  STABLE,
  /** A function of which only its definition tells. */
  UNKNOWN,
  /** Another value for every row. */
  VOLATILE;

  /** PostgreSQL's own functions, and those of the extensions that make keys, that give another value at every call. */
  private static final Set<String> KNOWN_VOLATILE = Set.of(
      "random",
      "random_normal",
      "gen_random_uuid",
      "uuidv4",
      "uuidv7",
      "uuid_generate_v1",
      "uuid_generate_v1mc",
      "uuid_generate_v4",
      "uuid_generate_v7",
      "gen_random_bytes",
      "gen_salt",
      "clock_timestamp",
      "timeofday",
      "nextval",
      "currval",
      "lastval",
      "setval",
      "pg_sleep",
      "gen_ulid",
      "nanoid",
      "snowflake");

  /** What is written like a call in defaults, and is stable, immutable, or no function at all. */
  private static final Set<String> KNOWN_STABLE = Set.of(
      "now transaction_timestamp statement_timestamp current_timestamp current_time localtime localtimestamp current_setting"
          .concat(
              " date_trunc date_part extract timezone make_date make_time make_timestamp make_timestamptz make_interval")
          .concat(
              " to_timestamp to_date to_char to_number age coalesce nullif greatest least cast row array in values")
          .concat(
              " lower upper length substring substr left right trim btrim ltrim rtrim replace concat concat_ws format")
          .concat(
              " md5 sha256 encode decode abs round ceil floor power sqrt mod bit_length char_length position repeat lpad")
          .concat(
              " jsonb_build_object json_build_object jsonb_build_array json_build_array to_json to_jsonb hstore")
          .concat(
              " to_tsvector to_tsquery array_append array_cat array_to_string string_to_array int4range int8range")
          .concat(
              " numrange tsrange tstzrange daterange point box numeric decimal varchar char character varying bit")
          .concat(
              " timestamp timestamptz time timetz interval float current_user session_user current_schema user")
          .concat(" current_database version inet_client_addr case when then and or not is null")
          .split(" "));

  /** Possessive, so that a long text does not need a stack of its length. */
  private static final Pattern STRING = Pattern.compile("'(?:[^']++|'')*+'");

  private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$]*)\"?\\s*\\(");

  /**
   * What an expression turned out to be.
   *
   * @param function the function that makes it so; empty for a stable one
   */
  record Verdict(Volatility volatility, String function) {}

  static Verdict of(String expression) {
    Verdict verdict = new Verdict(STABLE, "");
    Matcher call = CALL.matcher(STRING.matcher(expression).replaceAll("''"));
    while (call.find()) {
      String name = call.group(1).toLowerCase(Locale.ROOT);
      if (KNOWN_VOLATILE.contains(name)) {
        return new Verdict(VOLATILE, name);
      }
      if (!KNOWN_STABLE.contains(name) && verdict.volatility() == STABLE) {
        verdict = new Verdict(UNKNOWN, name);
      }
    }
    return verdict;
  }
}
