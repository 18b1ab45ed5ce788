package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises what changes the session or the transaction: SET, RESET, BEGIN, COMMIT and their like, behind their verbs. */
final class SessionRecogniser {
  private SessionRecogniser() {}

  static Draft set(Cursor cursor) {
    Set<Clause> clauses = Clauses.none();
    if (cursor.accept("SESSION", "CHARACTERISTICS", "AS", "TRANSACTION")) {
      return setting("SET TRANSACTION", "session characteristics", cursor, clauses);
    }
    if (cursor.accept("TRANSACTION")) {
      return transaction("SET TRANSACTION", "transaction", cursor);
    }
    if (cursor.accept("CONSTRAINTS")) {
      return transaction("SET CONSTRAINTS", "constraints", cursor);
    }
    boolean scoped = cursor.accept(clauses, Clause.LOCAL, "LOCAL");
    if (!scoped && !cursor.is("SESSION", "AUTHORIZATION")) {
      cursor.accept("SESSION");
    }
    if (cursor.accept("SESSION", "AUTHORIZATION")) {
      return setting("SET SESSION AUTHORIZATION", "session_authorization", cursor, clauses);
    }
    if (cursor.is("ROLE") && !assigns(cursor.peek(1))) {
      cursor.word();
      return setting("SET ROLE", "role", cursor, clauses);
    }
    String special = special(cursor);
    if (special != null) {
      return setting("SET", special, cursor, clauses);
    }
    String name = cursor.objectName().toString().toLowerCase(Locale.ROOT);
    if (cursor.accept("FROM", "CURRENT")) {
      return new Draft(
          Family.SESSION,
          "SET",
          new Detail.Setting(Detail.Setting.Operation.SET, name, null, clauses));
    }
    if (!cursor.accept("TO")) {
      cursor.expectSymbol('=');
    }
    return setting("SET", name, cursor, clauses);
  }

  private static boolean assigns(Token token) {
    return token.isWord("TO") || token.isSymbol('=') || token.isWord("FROM");
  }

  /** The settings that have a syntax of their own. */
  private static @Nullable String special(Cursor cursor) {
    if (cursor.accept("TIME", "ZONE")) {
      return "timezone";
    }
    if (cursor.accept("XML", "OPTION")) {
      return "xmloption";
    }
    if (assigns(cursor.peek(1))) {
      return null;
    }
    if (cursor.accept("NAMES")) {
      return "client_encoding";
    }
    return cursor.accept("SCHEMA") ? "search_path" : null;
  }

  private static Draft setting(String command, String name, Cursor cursor, Set<Clause> clauses) {
    return new Draft(
        Family.SESSION,
        command,
        new Detail.Setting(Detail.Setting.Operation.SET, name, cursor.restIfAny(), clauses));
  }

  private static Draft transaction(String command, String name, Cursor cursor) {
    return new Draft(
        Family.TRANSACTION,
        command,
        new Detail.Setting(
            Detail.Setting.Operation.SET, name, cursor.rest(), Set.of(Clause.LOCAL)));
  }

  static Detail reset(Cursor cursor) {
    String name = cursor.accept("SESSION", "AUTHORIZATION")
        ? "session_authorization"
        : cursor.accept("TIME", "ZONE")
            ? "timezone"
            : cursor.accept("TRANSACTION", "ISOLATION", "LEVEL")
                ? "transaction_isolation"
                : cursor.objectName().toString().toLowerCase(Locale.ROOT);
    cursor.expectEnd();
    return new Detail.Setting(Detail.Setting.Operation.RESET, name, null, Set.of());
  }

  /** ALTER SYSTEM behind these words. */
  static Detail alterSystem(Cursor cursor) {
    if (cursor.accept("RESET")) {
      return reset(cursor);
    }
    cursor.expect("SET");
    return set(cursor).detail();
  }

  static Detail begin(Cursor cursor) {
    return control(Detail.TransactionControl.Verb.BEGIN, null, cursor.restIfAny(), Set.of());
  }

  static Detail commit(Cursor cursor) {
    if (cursor.accept("PREPARED")) {
      return prepared(Detail.TransactionControl.Verb.COMMIT_PREPARED, cursor);
    }
    return end(Detail.TransactionControl.Verb.COMMIT, cursor);
  }

  static Detail rollback(Cursor cursor) {
    if (cursor.accept("PREPARED")) {
      return prepared(Detail.TransactionControl.Verb.ROLLBACK_PREPARED, cursor);
    }
    work(cursor);
    if (cursor.accept("TO")) {
      cursor.accept("SAVEPOINT");
      return savepoint(Detail.TransactionControl.Verb.ROLLBACK_TO, cursor);
    }
    return end(Detail.TransactionControl.Verb.ROLLBACK, cursor);
  }

  static Detail savepoint(Detail.TransactionControl.Verb verb, Cursor cursor) {
    Name name = cursor.name();
    cursor.expectEnd();
    return control(verb, name, null, Set.of());
  }

  static Detail prepared(Detail.TransactionControl.Verb verb, Cursor cursor) {
    int offset = cursor.offset();
    Name name = new Name(cursor.string(), offset);
    cursor.expectEnd();
    return control(verb, name, null, Set.of());
  }

  static void work(Cursor cursor) {
    if (!cursor.accept("WORK")) {
      cursor.accept("TRANSACTION");
    }
  }

  private static Detail end(Detail.TransactionControl.Verb verb, Cursor cursor) {
    work(cursor);
    Set<Clause> clauses = Clauses.none();
    if (!cursor.accept(clauses, Clause.AND_CHAIN, "AND", "CHAIN")) {
      cursor.accept(clauses, Clause.AND_NO_CHAIN, "AND", "NO", "CHAIN");
    }
    cursor.expectEnd();
    return control(verb, null, null, clauses);
  }

  private static Detail control(
      Detail.TransactionControl.Verb verb,
      @Nullable Name name,
      @Nullable Fragment modes,
      Set<Clause> clauses) {
    return new Detail.TransactionControl(verb, name, modes, clauses);
  }

  /** DO behind that word: the language may stand on either side of the code. */
  static Detail code(Cursor cursor) {
    String language = "plpgsql";
    Fragment body = null;
    while (!cursor.atEnd()) {
      if (cursor.accept("LANGUAGE")) {
        boolean quoted = cursor.peek(0).type() == Token.Type.STRING;
        language =
            quoted ? cursor.string().toLowerCase(Locale.ROOT) : cursor.name().text();
      } else if (cursor.peek(0).type() == Token.Type.STRING && body == null) {
        body = cursor.one();
      } else {
        throw cursor.unrecognised();
      }
    }
    if (body == null) {
      throw cursor.unrecognised();
    }
    return new Detail.Code(language, body);
  }

  static Detail call(Cursor cursor) {
    ObjectName procedure = cursor.objectName();
    cursor.parenthesised();
    cursor.expectEnd();
    return new Detail.Call(procedure);
  }
}
