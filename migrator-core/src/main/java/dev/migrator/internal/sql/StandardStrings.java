package dev.migrator.internal.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * What {@code standard_conforming_strings} is at each place of a script, as far as the script's own text tells: whether a
 * backslash in an ordinary string is only a backslash. A rollback takes back what was set since the beginning of what it
 * undoes, and SET LOCAL ends with its transaction.
 */
final class StandardStrings {

  private static final String NAME = "STANDARD_CONFORMING_STRINGS";

  /** What a rollback goes back to; of the transaction first, then of its savepoints. */
  private final Deque<Boolean> before = new ArrayDeque<>();

  private boolean now;
  /** What remains when the transaction is committed. */
  private boolean session;

  StandardStrings(boolean initial) {
    this.now = initial;
    this.session = initial;
  }

  /** The statement was read. */
  void after(List<Token> tokens) {
    if (isWord(tokens, 0, "BEGIN") || isWord(tokens, 0, "START")) {
      before.clear();
      before.push(now);
    } else if (isWord(tokens, 0, "SAVEPOINT")) {
      before.push(now);
    } else if (isWord(tokens, 0, "COMMIT") || isWord(tokens, 0, "END")) {
      now = session;
      before.clear();
    } else if (isWord(tokens, 0, "ROLLBACK") || isWord(tokens, 0, "ABORT")) {
      rollback(tokens);
    } else {
      change(tokens);
    }
  }

  boolean now() {
    return now;
  }

  private void rollback(List<Token> tokens) {
    if (before.isEmpty()) {
      return;
    }
    boolean toSavepoint = tokens.stream().anyMatch(token -> token.isWord("TO"));
    now = toSavepoint ? before.getFirst() : before.getLast();
    session = now;
    if (!toSavepoint) {
      before.clear();
    }
  }

  private void change(List<Token> tokens) {
    if (isWord(tokens, 0, "RESET")) {
      set(now || isWord(tokens, 1, NAME) || isWord(tokens, 1, "ALL"), false);
      return;
    }
    SettingChange change = SettingChange.of(tokens);
    if (change != null && change.name().equals(NAME)) {
      set(change.value(), isWord(tokens, 1, "LOCAL"));
    }
    for (int i = 0; i + 6 < tokens.size(); i++) {
      if (isWord(tokens, i, "SET_CONFIG")
          && tokens.get(i + 2).text().equalsIgnoreCase(NAME)
          && tokens.get(i + 4).type() == Token.Type.STRING) {
        set(tokens.get(i + 4).text(), isTrue(tokens.get(i + 6).text()));
      }
    }
  }

  private void set(String value, boolean local) {
    if (isTrue(value)) {
      set(true, local && !before.isEmpty());
    } else if (isFalse(value)) {
      set(false, local && !before.isEmpty());
    }
  }

  private void set(boolean value, boolean local) {
    now = value;
    session = local ? session : value;
  }

  /** A boolean may be cut short as long as it can be told from the others; what is none of them changes nothing. */
  private static boolean isTrue(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    return isBeginning("true", word, 1)
        || isBeginning("yes", word, 1)
        || isBeginning("on", word, 2)
        || word.equals("1")
        || word.equals("default");
  }

  private static boolean isFalse(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    return isBeginning("false", word, 1)
        || isBeginning("no", word, 1)
        || isBeginning("off", word, 2)
        || word.equals("0");
  }

  private static boolean isBeginning(String whole, String word, int least) {
    return word.length() >= least && whole.startsWith(word);
  }

  private static boolean isWord(List<Token> tokens, int index, String word) {
    return index < tokens.size() && tokens.get(index).isWord(word);
  }
}
