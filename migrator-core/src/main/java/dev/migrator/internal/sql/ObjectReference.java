package dev.migrator.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * An existing object that a statement names.
 *
 * @param type what it is, as far as the statement says
 * @param name its name; of a column its own name only; of a cast, a transform or a user mapping the words that identify it
 * @param arguments the argument types of a routine or operator, the method of an operator class, with their parentheses;
 *     {@code null} where none are written
 * @param on the table of a column, constraint, trigger, policy or rule; {@code null} for everything else
 */
public record ObjectReference(
    ObjectType type,
    ObjectName name,
    @Nullable Fragment arguments,
    @Nullable ObjectName on) {

  static ObjectReference of(ObjectType type, ObjectName name) {
    return new ObjectReference(type, name, null, null);
  }

  @Override
  public String toString() {
    String method = arguments != null && !arguments.text().startsWith("(") ? " USING " : "";
    return type + " " + name + method + (arguments == null ? "" : arguments)
        + (on == null ? "" : " ON " + on);
  }

  /** Reads what follows the type, as DROP and COMMENT write it. */
  static ObjectReference read(ObjectType type, Cursor cursor) {
    return switch (type) {
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> {
        ObjectName name = cursor.objectName();
        yield new ObjectReference(
            type, name, cursor.isSymbol('(') ? cursor.parenthesised() : null, null);
      }
      case OPERATOR -> {
        ObjectName name = cursor.operatorName();
        yield new ObjectReference(type, name, cursor.parenthesised(), null);
      }
      case OPERATOR_CLASS, OPERATOR_FAMILY -> {
        ObjectName name = cursor.objectName();
        cursor.expect("USING");
        int from = cursor.at();
        cursor.name();
        yield new ObjectReference(type, name, cursor.fragment(from), null);
      }
      case TRIGGER, POLICY, RULE, CONSTRAINT -> {
        Name name = cursor.name();
        cursor.expect("ON");
        cursor.accept("DOMAIN");
        yield new ObjectReference(
            type, new ObjectName(null, name.text(), name.offset()), null, cursor.objectName());
      }
      case COLUMN -> cursor.columnReference();
      case CAST -> of(type, wording(cursor.parenthesised()));
      case TRANSFORM -> {
        cursor.expect("FOR");
        TypeName forType = TypeReader.read(cursor);
        cursor.expect("LANGUAGE");
        yield of(type, new ObjectName(null, forType.text(), forType.offset()), cursor.objectName());
      }
      case USER_MAPPING -> {
        cursor.accept("IF", "EXISTS");
        cursor.expect("FOR");
        Name user = cursor.name();
        cursor.expect("SERVER");
        yield of(type, new ObjectName(null, user.text(), user.offset()), cursor.objectName());
      }
      case LARGE_OBJECT -> of(type, wording(cursor.one()));
      default -> of(type, cursor.objectName());
    };
  }

  private static ObjectReference of(ObjectType type, ObjectName name, ObjectName on) {
    return new ObjectReference(type, name, null, on);
  }

  private static ObjectName wording(Fragment fragment) {
    return new ObjectName(null, fragment.text(), fragment.offset());
  }
}
