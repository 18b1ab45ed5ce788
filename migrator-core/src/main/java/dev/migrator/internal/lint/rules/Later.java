package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the statements behind one do. */
final class Later {

  private static final Pattern SET = Pattern.compile(
      "\\bSET\\b(.*?)(?:\\bFROM\\b.*|\\bRETURNING\\b.*)?$",
      Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Set<ObjectType> TYPES = Set.of(ObjectType.TYPE, ObjectType.DOMAIN);

  private Later() {}

  /** Whether a statement behind this one makes an object of this name. */
  static boolean creates(Sight sight, ObjectReference object) {
    return any(sight, detail -> {
      if (detail instanceof Create.View view) {
        return view.type() == object.type() && isSame(view.name(), object.name());
      }
      if (detail instanceof Create.Type || detail instanceof Create.Domain) {
        ObjectName made =
            detail instanceof Create.Type type ? type.name() : ((Create.Domain) detail).name();
        return TYPES.contains(object.type()) && isSame(made, object.name());
      }
      return detail instanceof Create.Routine routine
          && object.type().isRoutine()
          && isSame(routine.name(), object.name());
    });
  }

  /** Whether a statement behind this one makes a trigger of this name that could take the other one's place. */
  static boolean createsTrigger(Sight sight, ObjectName trigger, ObjectName table) {
    return any(
        sight,
        detail -> detail instanceof Create.Trigger created
            && created.name().text().equals(trigger.name())
            && isSame(created.table(), table)
            && !created.clauses().contains(Clause.CONSTRAINT));
  }

  /** The constraints that this statement and those behind it put on a table. */
  static List<Constraint> constraintsAdded(Sight sight, ObjectName table) {
    return Stream.concat(Stream.of(sight.detail()), behind(sight))
        .filter(Detail.Alter.class::isInstance)
        .map(Detail.Alter.class::cast)
        .filter(alter -> isSame(alter.object().name(), table))
        .flatMap(alter -> alter.changes().stream())
        .filter(Change.AddConstraint.class::isInstance)
        .map(change -> ((Change.AddConstraint) change).constraint())
        .toList();
  }

  /** Whether a change behind this one gives a column a default. */
  static boolean setsDefault(Sight sight, ObjectName table, String column) {
    Predicate<Detail> sets = detail -> detail instanceof Detail.Alter alter
        && isSame(alter.object().name(), table)
        && alter.changes().stream()
            .anyMatch(change -> (change instanceof ColumnChange.SetDefault
                    || change instanceof ColumnChange.AddIdentity)
                && ((ColumnChange) change).column().text().equals(column));
    return sets.test(sight.detail()) || any(sight, sets);
  }

  /** The columns that an UPDATE sets; empty where that cannot be told. */
  static List<String> columnsSet(Sight sight) {
    Matcher set = SET.matcher(sight.sql());
    return set.find()
        ? Arrays.stream(withoutParentheses(set.group(1)).split(","))
            .map(each -> each.split("=", 2)[0].strip().replace("\"", "").toLowerCase(Locale.ROOT))
            .toList()
        : List.of();
  }

  private static String withoutParentheses(String text) {
    StringBuilder outside = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : 0;
      if (depth == 0) {
        outside.append(c);
      }
      depth -= c == ')' ? 1 : 0;
    }
    return outside.toString();
  }

  private static boolean any(Sight sight, Predicate<Detail> which) {
    return behind(sight).anyMatch(which);
  }

  private static Stream<Detail> behind(Sight sight) {
    List<Statement> all = sight.script().statements();
    return all.subList(sight.number() + 1, all.size()).stream()
        .map(statement -> statement.structure().detail());
  }

  private static boolean isSame(ObjectName one, ObjectName other) {
    return one.name().equals(other.name())
        && (one.schema() == null || other.schema() == null || one.schema().equals(other.schema()));
  }
}
