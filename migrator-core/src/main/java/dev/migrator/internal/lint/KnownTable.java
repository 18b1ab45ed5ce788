package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as the scripts up to here have told of it. */
public final class KnownTable {

  private static final Pattern STRING = Pattern.compile("'[^']*'");

  private final Map<String, KnownColumn> columns = new LinkedHashMap<>();
  private final Map<String, KnownConstraint> constraints = new LinkedHashMap<>();
  private final Map<String, KnownIndex> indexes = new LinkedHashMap<>();
  private final Set<String> triggers = new HashSet<>();
  private final boolean seenWhole;
  private final boolean partitioned;
  private boolean gone;

  KnownTable(boolean seenWhole) {
    this(seenWhole, false);
  }

  KnownTable(boolean seenWhole, boolean partitioned) {
    this.seenWhole = seenWhole;
    this.partitioned = partitioned;
  }

  /**
   * A column.
   *
   * @param type its type; {@code null} when the scripts do not tell
   * @param notNull whether it is known to be NOT NULL
   */
  public record KnownColumn(@Nullable TypeName type, boolean notNull) {}

  /**
   * A constraint.
   *
   * @param definition as it was written
   * @param columns the columns of a key; those of a column's own constraint too, and those that a CHECK names, where the
   *     table is seen whole
   * @param valid whether all rows are known to keep it
   * @param script the script that made it
   */
  public record KnownConstraint(
      Constraint definition, List<String> columns, boolean valid, Object script) {}

  /**
   * An index.
   *
   * @param elements columns by name, expressions as they are written
   * @param partial whether it leaves out rows in which its first column has a value
   * @param unique whether it is unique
   * @param definition all that makes it answer queries, in one spelling: method, columns with their operators and order
   */
  public record KnownIndex(
      List<String> elements, boolean partial, boolean unique, String definition) {

    /** Whether it has nothing but columns. */
    boolean isPlain() {
      return !definition.contains(" where ") && elements.stream().allMatch(Conditions::isName);
    }

    /** Whether it depends on what a column holds. */
    boolean isAbout(String column) {
      int where = definition.indexOf(" where ");
      return elements.stream()
              .anyMatch(element -> element.equals(column)
                  || !Conditions.isName(element) && Conditions.names(element, column))
          || where >= 0 && Conditions.names(definition.substring(where), column);
    }

    /** The index of a key. */
    static KnownIndex ofKey(List<String> columns) {
      return new KnownIndex(columns, false, true, "btree " + String.join(",", columns));
    }
  }

  /** Whether the scripts have its CREATE TABLE, so that what they do not name is not there. */
  public boolean isSeenWhole() {
    return seenWhole;
  }

  /** Whether it is known to be partitioned. */
  public boolean isPartitioned() {
    return partitioned;
  }

  /** Whether it was dropped. */
  public boolean isGone() {
    return gone;
  }

  void goes() {
    gone = true;
  }

  /** Its columns as far as they are known. */
  public Map<String, KnownColumn> columns() {
    return columns;
  }

  /** Its constraints as far as they are known, by name. */
  public Map<String, KnownConstraint> constraints() {
    return constraints;
  }

  /** Its indexes as far as they are known, those of keys too, by name. */
  public Map<String, KnownIndex> indexes() {
    return indexes;
  }

  /** Its triggers as far as scripts make them in the open. */
  Set<String> triggers() {
    return triggers;
  }

  /** Whether DROP IF EXISTS finds nothing. */
  public boolean isWithoutTrigger(String name) {
    return seenWhole && !triggers.contains(name);
  }

  /** The type of a column; {@code null} when it is not known. */
  public @Nullable TypeName type(String column) {
    KnownColumn known = columns.get(column);
    return known == null ? null : known.type();
  }

  /** The column of its primary key; {@code null} when it is not known, or has several. */
  public @Nullable String primaryKeyColumn() {
    return constraints.values().stream()
        .filter(each -> each.definition().kind() == Constraint.Kind.PRIMARY_KEY)
        .map(KnownConstraint::columns)
        .filter(names -> names.size() == 1)
        .map(names -> names.get(0))
        .findFirst()
        .orElse(null);
  }

  /** An index that answers the same queries as one that a statement makes under another name; {@code null} without. */
  public @Nullable String twinOf(Create.Index index) {
    String definition = Chronicle.definition(index);
    boolean unique = index.clauses().contains(Clause.UNIQUE);
    String name = index.name() == null ? "" : index.name().text();
    return indexes.entrySet().stream()
        .filter(known -> !known.getKey().equals(name)
            && known.getValue().definition().equals(definition)
            && (known.getValue().unique() || !unique))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /**
   * An index that is built anew when a column gets a type that takes its values as they are; {@code null} without.
   * PostgreSQL keeps only one of plain columns, whose operators stay the same (CheckIndexCompatible, indexcmds.c).
   */
  public @Nullable String indexBuiltAnew(String column, boolean sameOperators) {
    return indexes.entrySet().stream()
        .filter(index -> index.getValue().isAbout(column)
            && !(sameOperators && index.getValue().isPlain()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** A CHECK that is about a column, and that every row is known to keep; {@code null} without. */
  public @Nullable String checkOf(String column) {
    return constraints.entrySet().stream()
        .filter(constraint -> {
          Fragment condition = constraint.getValue().definition().expression();
          return constraint.getValue().definition().kind() == Constraint.Kind.CHECK
              && constraint.getValue().valid()
              && condition != null
              && Conditions.names(condition.text(), column);
        })
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** Whether an index begins with these columns, in any order. */
  public boolean hasIndexFor(List<String> wanted) {
    Set<String> set = Set.copyOf(wanted);
    return indexes.values().stream()
        .filter(index -> !index.partial() && index.elements().size() >= set.size())
        .anyMatch(index -> Set.copyOf(index.elements().subList(0, set.size())).equals(set));
  }

  /** Takes in a column without its constraints, which may name columns behind it. */
  void declare(ColumnDefinition column) {
    boolean key = column.constraints().stream()
        .anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY);
    boolean notNull = key
        || column.isIdentity()
        || column.clauses().contains(Clause.NOT_NULL)
        || column.type() != null && column.type().isSerial();
    columns.put(column.name().text(), new KnownColumn(column.type(), notNull));
  }

  void add(ColumnDefinition column, String table, Object script) {
    declare(column);
    column
        .constraints()
        .forEach(constraint -> add(constraint, List.of(column.name().text()), table, true, script));
  }

  /** Adds a constraint; its name, made up as PostgreSQL does where it has none. */
  String add(Constraint constraint, List<String> own, String table, boolean valid, Object script) {
    List<String> names = columnsOf(constraint, own);
    String name = constraint.name() == null
        ? free(constraint.kind(), madeUp(constraint, names, table))
        : constraint.name().text();
    switch (constraint.kind()) {
      case NOT_NULL -> {
        if (valid) {
          names.forEach(this::setNotNull);
        }
      }
      case PRIMARY_KEY, UNIQUE -> {
        if (constraint.usingIndex() != null) {
          KnownIndex index = indexes.remove(constraint.usingIndex().text());
          if (index != null) {
            indexes.put(name, index);
          }
        } else {
          indexes.put(name, KnownIndex.ofKey(names));
        }
        if (constraint.kind() == Constraint.Kind.PRIMARY_KEY) {
          names.forEach(this::setNotNull);
        }
      }
      case EXCLUDE -> indexes.put(name, new KnownIndex(List.of(), true, false, ""));
      case CHECK, FOREIGN_KEY -> {
        // No index of its own.
      }
    }
    constraints.put(name, new KnownConstraint(constraint, names, valid, script));
    return name;
  }

  /**
   * The name of a table's constraint, made up as PostgreSQL does where it has none; {@code null} where that depends on an
   * expression.
   */
  public static @Nullable String nameOf(Constraint constraint, String table) {
    if (constraint.name() != null) {
      return constraint.name().text();
    }
    return constraint.kind() == Constraint.Kind.CHECK
            || constraint.kind() == Constraint.Kind.EXCLUDE
        ? null
        : madeUp(constraint, constraint.columns().stream().map(Object::toString).toList(), table);
  }

  /** Whether the name is known that a constraint of this table gets. */
  boolean tellsNameOf(Constraint constraint) {
    return constraint.name() != null
        || constraint.kind() != Constraint.Kind.EXCLUDE
            && (constraint.kind() != Constraint.Kind.CHECK || seenWhole);
  }

  /** The columns that a CHECK of this table names; empty where they are not known. */
  public List<String> columnsNamed(Constraint check) {
    Fragment condition = check.expression();
    if (!seenWhole || condition == null) {
      return List.of();
    }
    String words = STRING.matcher(condition.text()).replaceAll(" ");
    return columns.keySet().stream()
        .filter(column -> Conditions.names(words, column))
        .toList();
  }

  private List<String> columnsOf(Constraint constraint, List<String> own) {
    if (constraint.kind() == Constraint.Kind.CHECK && seenWhole) {
      return columnsNamed(constraint);
    }
    return constraint.columns().isEmpty()
        ? own
        : constraint.columns().stream().map(Object::toString).toList();
  }

  /** Several conditions may be about the same columns; the second one gets a number. */
  private String free(Constraint.Kind kind, String name) {
    String found = name;
    for (int i = 1; kind == Constraint.Kind.CHECK && constraints.containsKey(found); i++) {
      found = name + i;
    }
    return found;
  }

  void setNotNull(String column) {
    columns.computeIfPresent(column, (name, known) -> new KnownColumn(known.type(), true));
  }

  void dropNotNull(String column) {
    columns.computeIfPresent(column, (name, known) -> new KnownColumn(known.type(), false));
  }

  void setType(String column, TypeName type) {
    columns.compute(
        column, (name, known) -> new KnownColumn(type, known != null && known.notNull()));
  }

  void dropColumn(String column) {
    columns.remove(column);
    indexes.values().removeIf(index -> index.elements().contains(column));
    constraints.values().removeIf(constraint -> constraint.columns().contains(column));
  }

  void renameColumn(String from, String to) {
    KnownColumn column = columns.remove(from);
    if (column != null) {
      columns.put(to, column);
    }
    indexes.replaceAll((name, index) -> new KnownIndex(
        index.elements().stream().map(e -> e.equals(from) ? to : e).toList(),
        index.partial(),
        index.unique(),
        index.definition()));
    constraints.replaceAll((name, known) -> new KnownConstraint(
        known.definition(),
        known.columns().stream().map(e -> e.equals(from) ? to : e).toList(),
        known.valid(),
        known.script()));
  }

  void renameConstraint(String from, String to) {
    rename(constraints, from, to);
    rename(indexes, from, to);
  }

  void validate(String constraint) {
    constraints.computeIfPresent(constraint, (name, known) -> {
      if (known.definition().kind() == Constraint.Kind.NOT_NULL) {
        known.columns().forEach(this::setNotNull);
      }
      return new KnownConstraint(known.definition(), known.columns(), true, known.script());
    });
  }

  void dropConstraint(String name) {
    constraints.remove(name);
    indexes.remove(name);
  }

  static <V> void rename(Map<String, V> map, String from, String to) {
    V value = map.remove(from);
    if (value != null) {
      map.put(to, value);
    }
  }

  /** The name that PostgreSQL gives, as long as it is free and short. */
  private static String madeUp(Constraint constraint, List<String> columns, String table) {
    boolean without =
        columns.isEmpty() || constraint.kind() == Constraint.Kind.CHECK && columns.size() > 1;
    String middle = without ? "" : "_" + columns.stream().collect(Collectors.joining("_"));
    return table
        + switch (constraint.kind()) {
          case PRIMARY_KEY -> "_pkey";
          case UNIQUE -> middle + "_key";
          case FOREIGN_KEY -> middle + "_fkey";
          case CHECK -> middle + "_check";
          case EXCLUDE -> middle + "_excl";
          case NOT_NULL -> middle + "_not_null";
        };
  }
}
