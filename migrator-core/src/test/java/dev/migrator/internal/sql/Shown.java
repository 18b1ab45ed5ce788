package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.Structure;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.internal.sql.structure.TransactionNeed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A structure as the golden file writes it: what is absent, and every offset, left out. */
final class Shown {
  private Shown() {}

  static List<String> lines(Structure structure) {
    List<String> lines = new ArrayList<>();
    String effects = structure.outsideEffects().isEmpty()
        ? ""
        : " outside effects " + new TreeSet<>(structure.outsideEffects());
    String place = structure.transaction().place() == TransactionNeed.Place.ANYWHERE
        ? ""
        : " " + structure.transaction().place();
    lines.add("= " + structure.family() + (" " + structure.command()).stripTrailing()
        + (place.isEmpty() ? "" : " |" + place) + effects);
    if (structure.detail() instanceof Detail.Alter alter) {
      lines.add(
          "  Alter " + alter.object() + (alter.clauses().isEmpty() ? "" : " " + alter.clauses()));
      alter.changes().forEach(change -> lines.add("  - " + value(change)));
    } else {
      lines.add("  " + value(structure.detail()));
    }
    return lines;
  }

  private static String value(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection.stream().map(Shown::value).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof TableTarget target) {
      return (target.scope() == TableTarget.Scope.ITSELF ? "ONLY " : "") + target.name();
    }
    if (value instanceof Structure structure) {
      return "{" + String.join(" ", lines(structure)).substring(2) + "}";
    }
    boolean spelledOut = value instanceof Name
        || value instanceof ObjectName
        || value instanceof Fragment
        || value instanceof ObjectReference;
    if (spelledOut || !value.getClass().isRecord()) {
      return value.toString().replaceAll("\\s+", " ");
    }
    List<String> parts = new ArrayList<>();
    forEachPart(value, (name, part) -> {
      boolean empty = part == null || part instanceof Collection<?> all && all.isEmpty();
      if (!empty && !name.equals("offset")) {
        parts.add(name + "=" + value(part));
      }
    });
    return value.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
  }

  /** Visits the components of a record. */
  static void forEachPart(Object value, BiConsumer<String, @Nullable Object> visit) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        visit.accept(component.getName(), component.getAccessor().invoke(value));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError(component.toString(), e);
      }
    }
  }
}
