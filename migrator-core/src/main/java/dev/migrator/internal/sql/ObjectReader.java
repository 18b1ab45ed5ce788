package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.List;

/** Reads the kinds of objects and the objects that commands name. */
final class ObjectReader {

  private static final List<ObjectType> ALL = List.of(ObjectType.values());

  private ObjectReader() {}

  /** The type that the next words name. */
  static ObjectType type(Cursor cursor) {
    for (ObjectType type : ALL) {
      if (cursor.accept(type.words())) {
        return type;
      }
    }
    if (cursor.accept("USER") || cursor.accept("GROUP")) {
      return ObjectType.ROLE;
    }
    if (cursor.accept("PROCEDURAL", "LANGUAGE") || cursor.accept("TRUSTED", "LANGUAGE")) {
      return ObjectType.LANGUAGE;
    }
    throw cursor.unrecognised();
  }

  /** Reads what follows the type, as DROP and COMMENT write it. */
  static ObjectReference reference(ObjectType type, Cursor cursor) {
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
      case CAST -> ObjectReference.of(type, wording(cursor.parenthesised()));
      case TRANSFORM -> {
        cursor.expect("FOR");
        TypeName forType = TypeReader.read(cursor);
        cursor.expect("LANGUAGE");
        yield on(type, new ObjectName(null, forType.text(), forType.offset()), cursor.objectName());
      }
      case USER_MAPPING -> {
        cursor.accept("IF", "EXISTS");
        cursor.expect("FOR");
        Name user = cursor.name();
        cursor.expect("SERVER");
        yield on(type, new ObjectName(null, user.text(), user.offset()), cursor.objectName());
      }
      case LARGE_OBJECT -> ObjectReference.of(type, wording(cursor.one()));
      default -> ObjectReference.of(type, cursor.objectName());
    };
  }

  private static ObjectReference on(ObjectType type, ObjectName name, ObjectName on) {
    return new ObjectReference(type, name, null, on);
  }

  private static ObjectName wording(Fragment fragment) {
    return new ObjectName(null, fragment.text(), fragment.offset());
  }
}
