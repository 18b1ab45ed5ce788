package dev.migrator;

import dev.migrator.internal.sql.NearestWord;
import java.util.Collection;
import java.util.Optional;

/** Proposals for words that were mistyped: one measure of nearness for directives, rules, options and verbs. */
public final class Spelling {

  private Spelling() {}

  /** The known word that is nearest to one that is not known; nothing when none is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return NearestWord.to(word, known);
  }
}
