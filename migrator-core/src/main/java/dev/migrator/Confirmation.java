package dev.migrator;

import dev.migrator.config.Review;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What somebody confirmed.
 *
 * @param everything whether any change in production is
 * @param plan the digest of the one plan that is; {@code null} where no plan was named
 * @param phrase whether the phrase was given
 * @param remark what was said and confirms nothing, in words; {@code null} when there is no such thing
 */
record Confirmation(
    boolean everything,
    @Nullable String plan,
    boolean phrase,
    @Nullable String remark) {

  /** Everything, for a database that is thrown away. */
  static final Confirmation GIVEN = new Confirmation(true, null, true, null);

  /**
   * What settings and the environment variable say.
   *
   * @param everything the setting; {@code null} when there is none, and then the variable counts
   * @param plan the setting; {@code null} when there is none
   * @param phrase the setting; {@code null} when there is none
   * @param variable {@code CONFIRM_PRODUCTION_MIGRATION}; {@code null} when it is not set
   */
  static Confirmation of(
      @Nullable Boolean everything,
      @Nullable String plan,
      @Nullable String phrase,
      @Nullable String variable) {
    String named = plan;
    boolean confirmed = everything != null && everything;
    boolean typed = Review.PHRASE.equals(phrase);
    if (variable != null && !Boolean.FALSE.equals(everything)) {
      confirmed = confirmed || "true".equalsIgnoreCase(variable);
      typed = typed || Review.PHRASE.equals(variable);
      if (named == null && isDigest(variable)) {
        named = variable;
      }
    }
    return new Confirmation(
        confirmed,
        named == null ? null : named.toLowerCase(Locale.ROOT),
        typed,
        remark(phrase, variable));
  }

  private static @Nullable String remark(@Nullable String phrase, @Nullable String variable) {
    if (phrase != null && !Review.PHRASE.equals(phrase)) {
      return "another phrase than " + Review.PHRASE + " was given";
    }
    boolean meansSomething = variable == null
        || variable.isBlank()
        || "true".equalsIgnoreCase(variable)
        || "false".equalsIgnoreCase(variable)
        || Review.PHRASE.equals(variable)
        || isDigest(variable);
    return meansSomething
        ? null
        : "CONFIRM_PRODUCTION_MIGRATION is neither true, nor the digest of a plan, nor the phrase";
  }

  /**
   * Why what was said does not confirm, in words to append; empty when nothing was said.
   *
   * @param needsPhrase whether nothing but the phrase will do
   */
  String remarks(boolean needsPhrase) {
    if (remark != null) {
      return " (" + remark + ")";
    }
    return needsPhrase && (everything || plan != null)
        ? " by the phrase, and here nothing else confirms"
        : "";
  }

  /** Whether a text can be the digest of a plan. */
  static boolean isDigest(String text) {
    return text.length() == 64 && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /**
   * Refuses another plan than the one that was confirmed, whatever the environment.
   *
   * @param toRun gives the digest of the plan that is to run
   */
  void requirePlan(Supplier<String> toRun) {
    if (plan == null) {
      return;
    }
    String digest = toRun.get();
    if (!plan.equals(digest)) {
      throw MigrationException.because(
              FailureCode.PRODUCTION_UNCONFIRMED,
              "another plan was confirmed than the one that would run.\n  confirmed " + plan
                  + "\n  would run " + digest)
          .done("nothing was changed.", List.of())
          .advice(
              "look at the plan as it is now ('plan' shows it with its digest), and confirm that.")
          .build();
    }
  }

  /**
   * Whether changes in production are confirmed.
   *
   * @param ofPlan whether it is about a plan, whose digest was compared
   * @param needsPhrase whether nothing but the phrase will do
   */
  boolean covers(boolean ofPlan, boolean needsPhrase) {
    return needsPhrase ? phrase : everything || phrase || ofPlan && plan != null;
  }
}
