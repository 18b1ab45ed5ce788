package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.TransactionNeed;
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
      case "COPY" -> {
        CopyEnd ends = CopyEnd.of(tokens);
        yield ends != null && ends.readsFromClient()
            ? StatementKind.COPY_FROM_STDIN
            : StatementKind.ORDINARY;
      }
      default -> {
        if (TRANSACTION_VERBS.contains(verb)) {
          yield StatementKind.TRANSACTION_CONTROL;
        }
        yield TransactionRules.of(tokens).place() == TransactionNeed.Place.OUTSIDE
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

  private @Nullable String refusal() {
    if (isWord(0, "DISCARD") && isWord(1, "ALL")) {
      return "DISCARD ALL releases the advisory lock that keeps other instances out";
    }
    if (isWord(0, "SET") && isWord(1, "TRANSACTION")) {
      return "the engine asks whether it holds its lock before the script begins; write the mode behind BEGIN";
    }
    CopyEnd ends = CopyEnd.of(tokens);
    if (ends != null && ends.writesToClient()) {
      return "COPY ... TO STDOUT sends rows to the client, and a migration has nobody to receive them";
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

  private boolean isWord(int index, String upperCase) {
    return index < tokens.size() && tokens.get(index).isWord(upperCase);
  }
}
