package dev.migrator.internal.schema;

import dev.migrator.internal.schema.DraftStep.Place;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the statements that change an object without losing anything. */
final class AlteredObjects {

  private AlteredObjects() {}

  /**
   * Drafts one difference.
   *
   * @return whether it can be drafted
   */
  static boolean draft(
      SchemaObject object, SchemaObject old, AttributeChange change, Collection<DraftStep> steps) {
    return switch (object.kind()) {
      case COLUMN -> change.name().equals("default") && columnDefault(object, change, steps);
      case ENUM_TYPE -> change.name().equals("labels") && labels(object, change, steps);
      case FUNCTION, PROCEDURE -> routine(object, old, change, steps);
      case TABLE -> rowSecurity(object, change, steps);
      default -> false;
    };
  }

  private static boolean columnDefault(
      SchemaObject column, AttributeChange change, Collection<DraftStep> steps) {
    if (change.after() == null) {
      // Nothing is added, and whoever relies on it would be refused.
      return false;
    }
    String alter = "ALTER TABLE " + column.parent() + " ALTER COLUMN " + column.name();
    steps.add(DraftStep.of(
        Place.COLUMN, "", alter + value(change.after()), alter + value(change.before())));
    return true;
  }

  private static String value(@Nullable String expression) {
    return expression == null ? " DROP DEFAULT" : " SET DEFAULT " + expression;
  }

  /** Labels can come between others, and none can go. */
  private static boolean labels(
      SchemaObject type, AttributeChange change, Collection<DraftStep> steps) {
    List<String> before = lines(change.before());
    List<String> after = lines(change.after());
    List<String> kept = new ArrayList<>(after);
    kept.retainAll(before);
    if (!kept.equals(before)) {
      return false;
    }
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      if (!before.contains(after.get(i))) {
        String place = i > 0
            ? " AFTER " + after.get(i - 1)
            : before.isEmpty() ? "" : " BEFORE " + before.get(0);
        statements.add("ALTER TYPE " + type.name() + " ADD VALUE " + after.get(i) + place);
      }
    }
    steps.add(new DraftStep(Place.TYPE, "", statements, List.of()));
    return true;
  }

  private static List<String> lines(@Nullable String text) {
    return text == null || text.isEmpty() ? List.of() : text.lines().toList();
  }

  /** All its differences at once: the statement is the same for each. */
  private static boolean routine(
      SchemaObject routine, SchemaObject old, AttributeChange change, Collection<DraftStep> steps) {
    if (change.name().equals("returns") || change.name().equals("arguments")) {
      return false;
    }
    Optional<String> up = RoutineText.of(routine);
    Optional<String> down = RoutineText.of(old);
    if (up.isEmpty() || down.isEmpty()) {
      return false;
    }
    DraftStep step = DraftStep.of(Place.FUNCTION, "", up.get(), down.get());
    if (!steps.contains(step)) {
      steps.add(step);
    }
    return true;
  }

  private static boolean rowSecurity(
      SchemaObject table, AttributeChange change, Collection<DraftStep> steps) {
    String alter = "ALTER TABLE " + table.name();
    if (!change.name().equals("row security") || change.after() == null) {
      // Switched off, it would protect nobody any more.
      return false;
    }
    steps.add(DraftStep.of(
        Place.REST,
        "",
        alter + " ENABLE ROW LEVEL SECURITY",
        alter + " DISABLE ROW LEVEL SECURITY"));
    return true;
  }

  /**
   * A view in the place of itself: dropped, it would lose its grants, its owner, its comments and its triggers.
   *
   * @param columns the columns of the view
   * @param formerly those that it had
   * @return why it is left out, or what its down script does not do; empty where there is nothing to say
   */
  static String view(
      SchemaObject view,
      List<SchemaObject> columns,
      SchemaObject old,
      List<SchemaObject> formerly,
      Collection<DraftStep> steps) {
    Optional<String> now = replacement(view);
    Optional<String> before = replacement(old);
    if (now.isEmpty() || before.isEmpty()) {
      return "has another definition, and nobody drafts such a view here";
    }
    if (columns.size() < formerly.size() || !columns.subList(0, formerly.size()).equals(formerly)) {
      return "has other columns: CREATE OR REPLACE VIEW only adds some at the end, and dropping the view would lose its grants";
    }
    boolean added = columns.size() > formerly.size();
    steps.add(new DraftStep(
        Place.VIEW,
        CreatedObjects.last(view.name()),
        List.of(now.get()),
        added ? List.of() : List.of(before.get())));
    return added
        ? "has more columns, which the down script leaves: to take them away, the view would have to be dropped, which loses its grants"
        : "";
  }

  private static Optional<String> replacement(SchemaObject view) {
    return CreatedObjects.step(view, false)
        .map(step -> step.up().get(0).replaceFirst("^CREATE VIEW ", "CREATE OR REPLACE VIEW "));
  }
}
