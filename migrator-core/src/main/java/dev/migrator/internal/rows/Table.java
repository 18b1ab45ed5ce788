package dev.migrator.internal.rows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table that holds rows itself, and what rows it takes.
 *
 * @param oid its oid
 * @param name its name
 * @param columns its columns in order
 * @param checks its conditions, the bounds of a partition among them
 * @param keys its foreign keys
 */
record Table(
    long oid, TableName name, List<Column> columns, List<Check> checks, List<ForeignKey> keys) {

  /** Where a column's value comes from when a row does not name it. */
  enum Origin {
    /** From nowhere, or a default that may depend on the clock. */
    ROW,
    /** From a sequence. */
    SEQUENCE,
    /** It is computed from the others, and a row cannot name it. */
    COMPUTED
  }

  /**
   * A column.
   *
   * @param name its name
   * @param type its type
   * @param required whether it refuses NULL
   * @param origin where its value comes from when a row does not name it
   * @param defaulted whether it has a default
   */
  record Column(String name, ValueType type, boolean required, Origin origin, boolean defaulted) {}

  /**
   * A condition.
   *
   * @param expression the condition as SQL
   * @param columns the columns that it looks at; empty for the whole row
   * @param reason why it is there
   */
  record Check(String expression, Set<String> columns, Reason reason) {}

  /** Why a condition is there. */
  enum Reason {
    CONSTRAINT,
    /** It says which rows belong into this partition. */
    PARTITION
  }

  /**
   * A foreign key.
   *
   * @param name its name
   * @param columns its columns
   * @param parent the table that it refers to, which may be partitioned
   * @param parentOid the oid of that table
   * @param parentColumns the columns that it refers to, in the order of its own
   * @param deferrable whether it may be checked at the end of the transaction
   */
  record ForeignKey(
      String name,
      List<String> columns,
      TableName parent,
      long parentOid,
      List<String> parentColumns,
      boolean deferrable) {}

  /**
   * The columns that conditions or foreign keys speak of, in order: their values are searched for. A sequence is trusted to
   * meet ordinary conditions.
   */
  List<Column> searched() {
    Set<String> names = new HashSet<>();
    keys.forEach(key -> names.addAll(key.columns()));
    for (Check check : checks) {
      check.columns().stream()
          .filter(name ->
              check.reason() == Reason.PARTITION || column(name).origin() != Origin.SEQUENCE)
          .forEach(names::add);
    }
    return columns.stream()
        .filter(column -> names.contains(column.name())
            || !column.type().checks().isEmpty() && column.origin() != Origin.SEQUENCE)
        .filter(column -> column.origin() != Origin.COMPUTED)
        .toList();
  }

  /** Whether a foreign key refuses to be left open: all its columns refuse NULL. */
  boolean isRequired(ForeignKey key) {
    return key.columns().stream().allMatch(name -> column(name).required());
  }

  /** The column of a name. */
  Column column(String wanted) {
    return columns.stream()
        .filter(column -> column.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name.text() + " has no column " + wanted));
  }

  /** The expressions of the conditions that speak of a column, those of its domain among them. */
  List<String> expressionsOn(Column column) {
    List<String> expressions = new ArrayList<>(column.type().checks());
    checks.stream()
        .filter(check -> check.columns().contains(column.name()))
        .forEach(check -> expressions.add(check.expression()));
    return expressions;
  }
}
