package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.TransactionNeed;
import java.util.List;

/**
 * Where a statement runs, told from its words alone: the one place that knows which commands the manual keeps out of
 * transaction blocks and which it wants in one. {@code TransactionNeedTest} asks real servers.
 */
final class TransactionRules {
  private static final String SEVERAL = "it works in several transactions of its own";

  private static final String CONCURRENTLY =
      "CONCURRENTLY works in several transactions of its own";

  private static final String NO_EFFECT = "outside a transaction block it has no effect";

  private final List<Token> tokens;

  private TransactionRules(List<Token> tokens) {
    this.tokens = tokens;
  }

  static TransactionNeed of(List<Token> tokens) {
    if (tokens.isEmpty() || tokens.get(0).type() != Token.Type.WORD) {
      return TransactionNeed.ANYWHERE;
    }
    return new TransactionRules(tokens).need(tokens.get(0).text());
  }

  /** Whether an option's value switches it off. */
  static boolean isOff(Token token) {
    return token.isWord("FALSE")
        || token.isWord("OFF")
        || token.type() == Token.Type.NUMBER && token.text().equals("0")
        || token.type() == Token.Type.STRING
            && (token.text().equalsIgnoreCase("false") || token.text().equalsIgnoreCase("off"));
  }

  private TransactionNeed need(String verb) {
    return switch (verb) {
      case "VACUUM" -> TransactionNeed.outside("VACUUM works in several transactions of its own");
      case "CLUSTER" -> cluster();
      case "CREATE" -> create();
      case "DROP" -> drop();
      case "ALTER" -> alter();
      case "REINDEX" -> reindex();
      case "DISCARD" ->
        isWord(1, "ALL")
            ? TransactionNeed.outside("DISCARD ALL resets what a transaction cannot restore")
            : TransactionNeed.ANYWHERE;
      case "DO", "CALL" ->
        TransactionNeed.depends(
            "code that ends a transaction by COMMIT or ROLLBACK cannot run inside a transaction block");
      case "LOCK" ->
        TransactionNeed.inside("LOCK TABLE holds its locks to the end of the transaction only");
      case "DECLARE" -> declare();
      case "SET" ->
        isWord(1, "LOCAL") || isWord(1, "TRANSACTION") || isWord(1, "CONSTRAINTS")
            ? TransactionNeed.inside(NO_EFFECT)
            : TransactionNeed.ANYWHERE;
      default -> transactionControl(verb);
    };
  }

  private TransactionNeed transactionControl(String verb) {
    return switch (verb) {
      case "SAVEPOINT", "RELEASE" ->
        TransactionNeed.inside("savepoints belong to a transaction block");
      case "COMMIT", "ROLLBACK", "END", "ABORT" ->
        isWord(1, "PREPARED")
            ? TransactionNeed.outside(verb + " PREPARED ends a transaction that is not its own")
            : TransactionNeed.inside(NO_EFFECT);
      case "PREPARE" ->
        isWord(1, "TRANSACTION") ? TransactionNeed.inside(NO_EFFECT) : TransactionNeed.ANYWHERE;
      default -> TransactionNeed.ANYWHERE;
    };
  }

  private TransactionNeed create() {
    int index = isWord(1, "UNIQUE") ? 2 : 1;
    if (isWord(1, "DATABASE") || isWord(1, "TABLESPACE")) {
      return TransactionNeed.outside("it writes files that a rollback would leave behind");
    }
    if (isWord(index, "INDEX") && isWord(index + 1, "CONCURRENTLY")) {
      return TransactionNeed.outside(CONCURRENTLY);
    }
    return isWord(1, "SUBSCRIPTION") && createsSlot()
        ? TransactionNeed.outside("it creates a replication slot on another server")
        : TransactionNeed.ANYWHERE;
  }

  private boolean createsSlot() {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      boolean off = isOff(tokens.get(i + 2)) || isNone(tokens.get(i + 2));
      if (off && (isWord(i, "CREATE_SLOT") || isWord(i, "CONNECT") || isWord(i, "SLOT_NAME"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNone(Token token) {
    return token.isWord("NONE")
        || token.type() == Token.Type.STRING && token.text().equalsIgnoreCase("none");
  }

  private TransactionNeed drop() {
    if (isWord(1, "DATABASE") || isWord(1, "TABLESPACE")) {
      return TransactionNeed.outside("it removes files that a rollback could not bring back");
    }
    if (isWord(1, "INDEX") && isWord(2, "CONCURRENTLY")) {
      return TransactionNeed.outside(CONCURRENTLY);
    }
    return isWord(1, "SUBSCRIPTION")
        ? TransactionNeed.outside(
            "it drops the replication slot on the other server, if the subscription has one")
        : TransactionNeed.ANYWHERE;
  }

  private TransactionNeed alter() {
    if (isWord(1, "SYSTEM")) {
      return TransactionNeed.outside("it writes the server's configuration file");
    }
    if (isWord(1, "DATABASE") && hasWords("SET", "TABLESPACE")) {
      return TransactionNeed.outside("it moves the database's files");
    }
    if (isWord(1, "SUBSCRIPTION") && changesSubscription()) {
      return TransactionNeed.outside("it talks to the other server at once");
    }
    if (isWord(1, "TABLE")
        && hasWords("DETACH", "PARTITION")
        && tokens.get(tokens.size() - 1).isWord("CONCURRENTLY")) {
      return TransactionNeed.outside(CONCURRENTLY);
    }
    return isWord(1, "TYPE") && hasWords("ADD", "VALUE")
        ? new TransactionNeed(
            TransactionNeed.Place.ANYWHERE,
            "the new value cannot be used before the transaction is committed")
        : TransactionNeed.ANYWHERE;
  }

  /** Each of these refreshes the subscription or alters its slot at once, unless told not to. */
  private boolean changesSubscription() {
    if (hasWords("REFRESH", "PUBLICATION")) {
      return true;
    }
    boolean publications = hasWords("SET", "PUBLICATION")
        || hasWords("ADD", "PUBLICATION")
        || hasWords("DROP", "PUBLICATION");
    boolean setsOptions = false;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean assigns = tokens.get(i + 1).isSymbol('=');
      if (isWord(i, "REFRESH") && assigns && i + 2 < tokens.size() && isOff(tokens.get(i + 2))) {
        return false;
      }
      setsOptions |= isWord(i, "SET") && tokens.get(i + 1).isSymbol('(');
      // Since versions 17 and 18.
      if (setsOptions && assigns && (isWord(i, "FAILOVER") || isWord(i, "TWO_PHASE"))) {
        return true;
      }
    }
    return publications;
  }

  private TransactionNeed reindex() {
    int i = 1;
    if (i < tokens.size() && tokens.get(i).isSymbol('(')) {
      while (i < tokens.size() && !tokens.get(i).isSymbol(')')) {
        boolean off = i + 1 < tokens.size() && isOff(tokens.get(i + 1));
        if (isWord(i, "CONCURRENTLY") && !off) {
          return TransactionNeed.outside(CONCURRENTLY);
        }
        i++;
      }
      i++;
    }
    if (isWord(i + 1, "CONCURRENTLY")) {
      return TransactionNeed.outside(CONCURRENTLY);
    }
    return isWord(i, "DATABASE") || isWord(i, "SYSTEM") || isWord(i, "SCHEMA")
        ? TransactionNeed.outside(SEVERAL)
        : TransactionNeed.depends(
            "of a partitioned table or index it cannot run inside a transaction block");
  }

  private TransactionNeed cluster() {
    boolean options = tokens.size() > 1
        && tokens.get(1).isSymbol('(')
        && tokens.get(tokens.size() - 1).isSymbol(')');
    return tokens.size() == 1 || tokens.size() == 2 && isWord(1, "VERBOSE") || options
        ? TransactionNeed.outside("without a table " + SEVERAL)
        : TransactionNeed.depends(
            "of a partitioned table it cannot run inside a transaction block");
  }

  private TransactionNeed declare() {
    for (int i = 1; i + 1 < tokens.size() && !isWord(i, "FOR"); i++) {
      if (isWord(i, "WITH") && isWord(i + 1, "HOLD")) {
        return TransactionNeed.ANYWHERE;
      }
    }
    return TransactionNeed.inside("a cursor without WITH HOLD ends with its transaction");
  }

  private boolean hasWords(String first, String second) {
    for (int i = 1; i < tokens.size() - 1; i++) {
      if (isWord(i, first) && isWord(i + 1, second)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWord(int index, String upperCase) {
    return index < tokens.size() && tokens.get(index).isWord(upperCase);
  }
}
