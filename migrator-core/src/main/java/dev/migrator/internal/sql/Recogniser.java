package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TransactionNeed;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells from a statement's tokens what it is and what it names, after the manual's pages of PostgreSQL 14 to 18.
 *
 * <p>What it does not know it calls unknown; it never guesses and never throws. Its time is linear in the number of tokens.
 */
final class Recogniser {
  private final List<Token> tokens;
  private final Cursor cursor;
  private final boolean complete;

  private Recogniser(String text, List<Token> tokens) {
    this.tokens = tokens;
    this.cursor = new Cursor(text, tokens);
    int end = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
    this.complete = Blank.isFrom(text, end);
  }

  /**
   * The structure of one statement.
   *
   * @param text the statement's text
   * @param tokens its tokens from the first on; the last ones may be missing
   */
  static Structure recognise(String text, List<Token> tokens) {
    return new Recogniser(text, tokens).structure();
  }

  private Structure structure() {
    Draft draft = draft();
    TransactionNeed need =
        draft.family() == Family.UNKNOWN ? TransactionNeed.UNKNOWN : TransactionRules.of(tokens);
    return new Structure(
        draft.family(), draft.command(), need, OutsideEffects.of(draft), draft.detail(), complete);
  }

  private Draft draft() {
    if (cursor.isSymbol('(')) {
      return rows();
    }
    Token first = cursor.peek(0);
    if (first.type() != Token.Type.WORD) {
      return Draft.UNKNOWN;
    }
    String verb = first.text();
    if (RowsRecogniser.begins(verb)) {
      return rows();
    }
    cursor.next();
    try {
      return switch (verb) {
        case "CREATE" -> create();
        case "ALTER" -> alter();
        case "DROP" -> drop();
        case "SET" -> SessionRecogniser.set(cursor);
        case "EXPLAIN" -> explain();
        default -> byVerb(verb);
      };
    } catch (Unrecognised e) {
      return Draft.UNKNOWN;
    }
  }

  private Draft rows() {
    try {
      return RowsRecogniser.read(cursor, complete);
    } catch (Unrecognised e) {
      return Draft.UNKNOWN;
    }
  }

  private Draft create() {
    if (cursor.is("OR", "REPLACE") && cursor.peek(2).isWord("USER")) {
      throw cursor.unrecognised();
    }
    CreateRecogniser create = new CreateRecogniser(cursor);
    ObjectType type = onItsOwn(create.type());
    String command = "CREATE " + typeWords(type);
    Detail detail = attempt(() -> create.detail(type));
    boolean asQuery = detail instanceof Create.Table table && table.query() != null;
    return new Draft(Family.DDL, asQuery ? command + " AS" : command, detail);
  }

  /** Columns and constraints are created, altered and dropped with their table, settings with their server. */
  private ObjectType onItsOwn(ObjectType type) {
    return switch (type) {
      case COLUMN, CONSTRAINT, PARAMETER -> throw cursor.unrecognised();
      default -> type;
    };
  }

  /** The type as the manual's command has it: users and groups are roles, but have pages of their own. */
  private String typeWords(ObjectType type) {
    Token last = cursor.peek(-1);
    return type == ObjectType.ROLE ? last.text() : type.toString();
  }

  private Draft alter() {
    if (cursor.accept("SYSTEM")) {
      return draft(Family.DDL, "ALTER SYSTEM", () -> SessionRecogniser.alterSystem(cursor));
    }
    if (cursor.accept("DEFAULT", "PRIVILEGES")) {
      return draft(Family.PRIVILEGE, "ALTER DEFAULT PRIVILEGES", () -> {
        cursor.skipTo(Set.of("GRANT", "REVOKE"), false);
        if (!cursor.accept("GRANT")) {
          cursor.expect("REVOKE");
        }
        return new Detail.Plain(null);
      });
    }
    ObjectType type = onItsOwn(ObjectReader.type(cursor));
    return draft(Family.DDL, "ALTER " + typeWords(type), () -> AlterRecogniser.read(type, cursor));
  }

  private Draft drop() {
    if (cursor.accept("OWNED")) {
      return draft(Family.DDL, "DROP OWNED", () -> DropRecogniser.owned(cursor));
    }
    ObjectType type = onItsOwn(ObjectReader.type(cursor));
    return draft(Family.DDL, "DROP " + typeWords(type), () -> DropRecogniser.read(type, cursor));
  }

  /** An EXPLAIN of an EXPLAIN does not exist. */
  private Draft explain() {
    Set<Clause> clauses = Clauses.none();
    if (cursor.isSymbol('(') && !RowsRecogniser.begins(cursor.peek(1).text())) {
      int from = cursor.at();
      cursor.parenthesised();
      for (int i = from; i < cursor.at(); i++) {
        if (tokens.get(i).isWord("ANALYZE") && !TransactionRules.isOff(tokens.get(i + 1))) {
          clauses.add(Clause.ANALYZE);
        }
      }
    } else {
      cursor.accept(clauses, Clause.ANALYZE, "ANALYZE");
      cursor.accept("VERBOSE");
    }
    if (cursor.is("EXPLAIN")) {
      throw cursor.unrecognised();
    }
    List<Token> rest = tokens.subList(cursor.at(), tokens.size());
    Structure statement = recognise(cursor.text(), rest);
    Family family = clauses.isEmpty() ? Family.QUERY : statement.family();
    return new Draft(family, "EXPLAIN", new Detail.Explain(statement, clauses));
  }

  private Draft byVerb(String verb) {
    return switch (verb) {
      case "TRUNCATE" -> draft(Family.DML, verb, () -> MaintenanceRecogniser.truncate(cursor));
      case "LOCK" -> draft(Family.LOCK, verb, () -> MaintenanceRecogniser.lock(cursor));
      case "COPY" -> draft(Family.COPY, verb, this::copy);
      case "VACUUM" -> draft(Family.MAINTENANCE, verb, () -> MaintenanceRecogniser.vacuum(cursor));
      case "ANALYZE", "ANALYSE" ->
        draft(Family.MAINTENANCE, "ANALYZE", () -> MaintenanceRecogniser.analyze(cursor));
      case "REINDEX" ->
        draft(Family.MAINTENANCE, verb, () -> MaintenanceRecogniser.reindex(cursor));
      case "CLUSTER" ->
        draft(Family.MAINTENANCE, verb, () -> MaintenanceRecogniser.cluster(cursor));
      case "REFRESH" -> {
        cursor.expect("MATERIALIZED", "VIEW");
        yield draft(
            Family.MAINTENANCE,
            "REFRESH MATERIALIZED VIEW",
            () -> MaintenanceRecogniser.refresh(cursor));
      }
      case "CHECKPOINT" -> draft(Family.MAINTENANCE, verb, this::plain);
      case "GRANT" -> draft(Family.PRIVILEGE, verb, () -> PrivilegeRecogniser.grant(cursor));
      case "REVOKE" -> draft(Family.PRIVILEGE, verb, () -> PrivilegeRecogniser.revoke(cursor));
      case "REASSIGN" -> {
        cursor.expect("OWNED");
        yield draft(Family.PRIVILEGE, "REASSIGN OWNED", () -> {
          cursor.expect("BY");
          return plainToEnd();
        });
      }
      case "COMMENT" -> draft(Family.DDL, verb, () -> PrivilegeRecogniser.annotation(cursor));
      case "SECURITY" -> {
        cursor.expect("LABEL");
        yield draft(Family.DDL, "SECURITY LABEL", () -> PrivilegeRecogniser.annotation(cursor));
      }
      case "IMPORT" -> {
        cursor.expect("FOREIGN", "SCHEMA");
        yield draft(Family.DDL, "IMPORT FOREIGN SCHEMA", this::plainToEnd);
      }
      case "DO" -> draft(Family.CODE, verb, () -> SessionRecogniser.code(cursor));
      case "CALL" -> draft(Family.CODE, verb, () -> SessionRecogniser.call(cursor));
      default -> sessionVerb(verb);
    };
  }

  private Draft sessionVerb(String verb) {
    return switch (verb) {
      case "RESET" -> draft(Family.SESSION, verb, () -> SessionRecogniser.reset(cursor));
      case "SHOW" -> draft(Family.QUERY, verb, this::plainToEnd);
      case "DISCARD", "LISTEN", "UNLISTEN", "NOTIFY", "LOAD", "EXECUTE", "DEALLOCATE" ->
        draft(Family.SESSION, verb, this::plainToEnd);
      case "DECLARE", "CLOSE" -> draft(Family.CURSOR, verb, this::plainToEnd);
      case "FETCH", "MOVE" -> {
        cursor.restIfAny();
        yield draft(Family.CURSOR, verb, () -> new Detail.Plain(null));
      }
      case "PREPARE" ->
        cursor.accept("TRANSACTION")
            ? draft(
                Family.TRANSACTION,
                "PREPARE TRANSACTION",
                () -> SessionRecogniser.prepared(Detail.TransactionControl.Verb.PREPARE, cursor))
            : draft(Family.SESSION, verb, this::plainToEnd);
      case "BEGIN" -> {
        SessionRecogniser.work(cursor);
        yield draft(Family.TRANSACTION, verb, () -> SessionRecogniser.begin(cursor));
      }
      case "START" -> {
        cursor.expect("TRANSACTION");
        yield draft(Family.TRANSACTION, "START TRANSACTION", () -> SessionRecogniser.begin(cursor));
      }
      case "COMMIT", "END" ->
        prepared(verb, draft(Family.TRANSACTION, verb, () -> SessionRecogniser.commit(cursor)));
      case "ROLLBACK", "ABORT" ->
        prepared(verb, draft(Family.TRANSACTION, verb, () -> SessionRecogniser.rollback(cursor)));
      case "SAVEPOINT" ->
        draft(
            Family.TRANSACTION,
            verb,
            () -> SessionRecogniser.savepoint(Detail.TransactionControl.Verb.SAVEPOINT, cursor));
      case "RELEASE" -> {
        cursor.accept("SAVEPOINT");
        yield draft(
            Family.TRANSACTION,
            "RELEASE SAVEPOINT",
            () -> SessionRecogniser.savepoint(Detail.TransactionControl.Verb.RELEASE, cursor));
      }
      default -> Draft.UNKNOWN;
    };
  }

  /** COMMIT PREPARED and ROLLBACK TO SAVEPOINT have pages of their own. */
  private static Draft prepared(String verb, Draft draft) {
    if (!(draft.detail() instanceof Detail.TransactionControl control)) {
      return draft;
    }
    String command = switch (control.verb()) {
      case COMMIT_PREPARED, ROLLBACK_PREPARED -> verb + " PREPARED";
      case ROLLBACK_TO -> "ROLLBACK TO SAVEPOINT";
      default -> verb;
    };
    return new Draft(draft.family(), command, control);
  }

  private Detail copy() {
    CopyEnd ends = CopyEnd.of(tokens);
    if (ends == null) {
      throw cursor.unrecognised();
    }
    return MaintenanceRecogniser.copy(ends, cursor);
  }

  private Detail plain() {
    cursor.expectEnd();
    return new Detail.Plain(null);
  }

  private Detail plainToEnd() {
    Name name = cursor.nameIfAny();
    cursor.restIfAny();
    return new Detail.Plain(name);
  }

  private static Draft draft(Family family, String command, Supplier<Detail> detail) {
    return new Draft(family, command, attempt(detail));
  }

  private static Detail attempt(Supplier<? extends Detail> detail) {
    try {
      return detail.get();
    } catch (Unrecognised e) {
      return new Detail.Unknown();
    }
  }
}
