package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Clauses;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises GRANT, REVOKE, COMMENT and SECURITY LABEL. */
final class PrivilegeRecogniser {
  private static final Set<String> ENDS = Set.of("ON", "TO", "FROM");

  private final Cursor cursor;
  private final Set<Clause> clauses = Clauses.none();

  private PrivilegeRecogniser(Cursor cursor) {
    this.cursor = cursor;
  }

  static Detail grant(Cursor cursor) {
    return new PrivilegeRecogniser(cursor).privileges(Detail.Privileges.Command.GRANT, "TO");
  }

  static Detail revoke(Cursor cursor) {
    PrivilegeRecogniser recogniser = new PrivilegeRecogniser(cursor);
    if (cursor.peek(1).isWord("OPTION") && cursor.peek(2).isWord("FOR")) {
      cursor.word();
      cursor.expect("OPTION", "FOR");
      recogniser.clauses.add(Clause.GRANT_OPTION);
    }
    return recogniser.privileges(Detail.Privileges.Command.REVOKE, "FROM");
  }

  /** COMMENT and SECURITY LABEL behind these words. */
  static Detail annotation(Cursor cursor) {
    if (cursor.accept("FOR")) {
      cursor.next();
    }
    cursor.expect("ON");
    ObjectReference object = ObjectReader.reference(ObjectReader.type(cursor), cursor);
    cursor.expect("IS");
    String value = cursor.accept("NULL") ? null : cursor.string();
    cursor.expectEnd();
    return new Detail.Annotation(object, value);
  }

  private Detail privileges(Detail.Privileges.Command verb, String preposition) {
    int start = cursor.at();
    List<String> privileges = cursor.list(this::privilege);
    ObjectType on = null;
    List<ObjectReference> objects = List.of();
    if (cursor.accept("ON")) {
      on = on();
      ObjectType type = on;
      boolean schemas = clauses.contains(Clause.ALL_TABLES);
      objects =
          cursor.list(() -> ObjectReader.reference(schemas ? ObjectType.SCHEMA : type, cursor));
    } else {
      cursor.back(start);
      privileges = cursor.list(() -> cursor.name().text());
    }
    cursor.expect(preposition);
    List<Name> roles = cursor.list(() -> {
      cursor.accept("GROUP");
      return cursor.name();
    });
    ending();
    return new Detail.Privileges(verb, privileges, on, objects, roles, clauses);
  }

  private String privilege() {
    int from = cursor.at();
    while (cursor.isName() && !cursor.isAny(ENDS)) {
      cursor.next();
    }
    String privilege = cursor.fragment(from).text().toUpperCase(Locale.ROOT);
    if (cursor.isSymbol('(')) {
      cursor.parenthesised();
    }
    return privilege.equals("ALL PRIVILEGES") ? "ALL" : privilege;
  }

  private ObjectType on() {
    if (cursor.accept("ALL")) {
      ObjectType type = switch (cursor.word()) {
        case "TABLES" -> ObjectType.TABLE;
        case "SEQUENCES" -> ObjectType.SEQUENCE;
        case "FUNCTIONS" -> ObjectType.FUNCTION;
        case "PROCEDURES" -> ObjectType.PROCEDURE;
        case "ROUTINES" -> ObjectType.ROUTINE;
        default -> throw cursor.unrecognised();
      };
      cursor.expect("IN", "SCHEMA");
      clauses.add(Clause.ALL_TABLES);
      return type;
    }
    ObjectType written = cursor.accept("FOREIGN", "SERVER") ? ObjectType.SERVER : written();
    return written == null ? ObjectType.TABLE : written;
  }

  /** The type, if one is written: a table may be called like one. */
  private @Nullable ObjectType written() {
    int from = cursor.at();
    try {
      ObjectType type = ObjectReader.type(cursor);
      if (cursor.peek(0).type() == Token.Type.NUMBER || cursor.isName() && !cursor.isAny(ENDS)) {
        return type;
      }
    } catch (Unrecognised e) {
      // It is a name.
    }
    cursor.back(from);
    return null;
  }

  private void ending() {
    if (cursor.accept("WITH")) {
      cursor.list(() -> {
        boolean grantable = cursor.is("GRANT") || cursor.is("ADMIN");
        cursor.word();
        if (grantable && (cursor.is("OPTION") || cursor.is("TRUE"))) {
          clauses.add(Clause.GRANT_OPTION);
        }
        return cursor.word();
      });
    }
    if (cursor.accept("GRANTED", "BY")) {
      cursor.name();
    }
    cursor.behaviour(clauses);
    cursor.expectEnd();
  }
}
