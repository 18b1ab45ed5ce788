package dev.migrator.internal.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from a statement's first words what it is to the engine. What it does not know is ordinary. */
final class Classifier {

  /** Statements that may change what outlives a transaction, by themselves or through a function that they call. */
  private static final Set<String> SESSION_VERBS = Set.of(
      "RESET",
      "DISCARD",
      "DO",
      "CALL",
      "SELECT",
      "WITH",
      "VALUES",
      "PREPARE",
      "EXECUTE",
      "LISTEN",
      "UNLISTEN",
      "DECLARE",
      "LOAD",
      "FETCH");

  private static final Set<String> TRANSACTION_VERBS =
      Set.of("ABORT", "ROLLBACK", "SAVEPOINT", "RELEASE");

  private final List<Token> tokens;

  private Classifier(List<Token> tokens) {
    this.tokens = tokens;
  }

  record Verdict(
      StatementKind kind,
      boolean touchesSession,
      Set<String> settings,
      @Nullable String refusal) {}

  static Verdict classify(List<Token> tokens) {
    Classifier classifier = new Classifier(tokens);
    return new Verdict(
        classifier.kind(),
        classifier.touchesSession(),
        SettingChange.namesIn(tokens),
        classifier.refusal());
  }

  private StatementKind kind() {
    if (tokens.isEmpty() || tokens.get(0).type() != Token.Type.WORD) {
      return StatementKind.ORDINARY;
    }
    String verb = tokens.get(0).text();
    return switch (verb) {
      case "BEGIN" -> StatementKind.BEGIN;
      case "START" -> isWord(1, "TRANSACTION") ? StatementKind.BEGIN : StatementKind.ORDINARY;
      case "COMMIT", "END" -> endOfTransaction();
      case "PREPARE" ->
        isWord(1, "TRANSACTION") ? StatementKind.TRANSACTION_CONTROL : StatementKind.ORDINARY;
      case "COPY" -> copiesFromStdin() ? StatementKind.COPY_FROM_STDIN : StatementKind.ORDINARY;
      default -> {
        if (TRANSACTION_VERBS.contains(verb)) {
          yield StatementKind.TRANSACTION_CONTROL;
        }
        yield cannotRunInTransaction(verb)
            ? StatementKind.NON_TRANSACTIONAL
            : StatementKind.ORDINARY;
      }
    };
  }

  private StatementKind endOfTransaction() {
    boolean plain = tokens.size() == 1
        || tokens.size() == 2 && (isWord(1, "WORK") || isWord(1, "TRANSACTION"))
        || tokens.stream().noneMatch(t -> t.isWord("PREPARED"))
            && tokens.stream().anyMatch(t -> t.isWord("NO"));
    return plain ? StatementKind.COMMIT : StatementKind.TRANSACTION_CONTROL;
  }

  private boolean copiesFromStdin() {
    int depth = 0;
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSymbol('(')) {
        depth++;
      } else if (token.isSymbol(')')) {
        depth--;
      } else if (depth == 0 && token.isWord("FROM")) {
        return isWord(i + 1, "STDIN");
      }
    }
    return false;
  }

  /** The commands whose manual page says that they cannot be executed within a transaction block. */
  private boolean cannotRunInTransaction(String verb) {
    return switch (verb) {
      case "VACUUM" -> true;
      case "CLUSTER" ->
        tokens.size() == 1 || tokens.size() == 2 && isWord(1, "VERBOSE") || onlyOptionsFollow();
      case "CREATE" ->
        isWord(1, "DATABASE")
            || isWord(1, "TABLESPACE")
            || isWord(1, "INDEX") && isWord(2, "CONCURRENTLY")
            || isWord(1, "UNIQUE") && isWord(2, "INDEX") && isWord(3, "CONCURRENTLY")
            || isWord(1, "SUBSCRIPTION") && createsSlot();
      case "DROP" ->
        isWord(1, "DATABASE")
            || isWord(1, "TABLESPACE")
            || isWord(1, "SUBSCRIPTION")
            || isWord(1, "INDEX") && isWord(2, "CONCURRENTLY");
      case "ALTER" ->
        isWord(1, "SYSTEM")
            || isWord(1, "DATABASE") && hasWords("SET", "TABLESPACE")
            || isWord(1, "SUBSCRIPTION") && changesSubscribedTables()
            || isWord(1, "TABLE") && hasWords("DETACH", "PARTITION") && lastIsWord("CONCURRENTLY");
      case "REINDEX" -> reindexesMoreThanOneTransactionCan();
      case "DISCARD" -> isWord(1, "ALL");
      default -> false;
    };
  }

  /** Each of these refreshes the subscription at once, unless told not to. */
  private boolean changesSubscribedTables() {
    if (hasWords("REFRESH", "PUBLICATION")) {
      return true;
    }
    boolean changes = hasWords("SET", "PUBLICATION")
        || hasWords("ADD", "PUBLICATION")
        || hasWords("DROP", "PUBLICATION");
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (isWord(i, "REFRESH") && tokens.get(i + 1).isSymbol('=') && isOff(i + 2)) {
        return false;
      }
    }
    return changes;
  }

  private boolean reindexesMoreThanOneTransactionCan() {
    int i = 1;
    if (i < tokens.size() && tokens.get(i).isSymbol('(')) {
      while (i < tokens.size() && !tokens.get(i).isSymbol(')')) {
        if (isWord(i, "CONCURRENTLY") && !isOff(i + 1)) {
          return true;
        }
        i++;
      }
      i++;
    }
    return isWord(i, "DATABASE")
        || isWord(i, "SYSTEM")
        || isWord(i, "SCHEMA")
        || isWord(i + 1, "CONCURRENTLY");
  }

  private boolean isOff(int index) {
    return isWord(index, "FALSE")
        || isWord(index, "OFF")
        || index < tokens.size()
            && tokens.get(index).type() == Token.Type.NUMBER
            && tokens.get(index).text().equals("0");
  }

  private boolean createsSlot() {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean off = isOff(i + 2) || isWord(i + 2, "NONE");
      if (off && (isWord(i, "CREATE_SLOT") || isWord(i, "CONNECT") || isWord(i, "SLOT_NAME"))) {
        return false;
      }
    }
    return true;
  }

  private boolean onlyOptionsFollow() {
    return tokens.size() > 1
        && tokens.get(1).isSymbol('(')
        && tokens.get(tokens.size() - 1).isSymbol(')');
  }

  private @Nullable String refusal() {
    if (isWord(0, "DISCARD") && isWord(1, "ALL")) {
      return "DISCARD ALL releases the advisory lock that keeps other instances out";
    }
    if (isWord(0, "SET") && isWord(1, "TRANSACTION")) {
      return "the engine asks whether it holds its lock before the script begins; write the mode behind BEGIN";
    }
    SettingChange change = SettingChange.of(tokens);
    return change != null && change.breaksDriver()
        ? "the driver loses the connection when " + change.name().toLowerCase(Locale.ROOT)
            + " is set to '" + change.value() + "'"
        : null;
  }

  private boolean touchesSession() {
    if (tokens.isEmpty() || tokens.get(0).type() != Token.Type.WORD) {
      return true;
    }
    String verb = tokens.get(0).text();
    if (verb.equals("SET")) {
      return !isWord(1, "LOCAL") && !isWord(1, "TRANSACTION") && !isWord(1, "CONSTRAINTS");
    }
    if (verb.equals("CREATE")) {
      return tokens.stream()
          .limit(6)
          .anyMatch(t -> t.isWord("TEMP") || t.isWord("TEMPORARY") || t.isWord("PG_TEMP"));
    }
    return SESSION_VERBS.contains(verb);
  }

  private boolean hasWords(String first, String second) {
    for (int i = 1; i < tokens.size() - 1; i++) {
      if (isWord(i, first) && isWord(i + 1, second)) {
        return true;
      }
    }
    return false;
  }

  private boolean lastIsWord(String word) {
    return tokens.get(tokens.size() - 1).isWord(word);
  }

  private boolean isWord(int index, String upperCase) {
    return index < tokens.size() && tokens.get(index).isWord(upperCase);
  }
}
