package dev.migrator.internal.rows;

/** A kind of ordinary text. Triggers and casts ask for one or another, and no catalog tells. */
enum TextSort {
  /** What a person might write. */
  PHRASE,
  /** A name without blanks: what an ltree, an identifier or a key in an address may be. */
  WORD,
  /** A version, {@code 1.0.7}. */
  VERSION,
  /** Digits. */
  NUMBER;

  /** A text of the kind; other numbers give other texts. */
  String of(int n) {
    return switch (this) {
      case PHRASE -> "text " + n;
      case WORD -> "text" + n;
      case VERSION -> "1.0." + n;
      case NUMBER -> Integer.toString(n);
    };
  }
}
