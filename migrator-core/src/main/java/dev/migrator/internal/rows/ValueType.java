package dev.migrator.internal.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * A type of values, as far as it takes to write some.
 *
 * @param name its name within its schema, which tells what it is: {@code int4}, {@code citext}
 * @param sql what SQL calls it, with its modifier: {@code numeric(12,3)}
 * @param modifier its modifier as the catalog keeps it; -1 for none
 * @param shape what it is made of
 */
record ValueType(String name, String sql, int modifier, Shape shape) {

  /** What a type is made of. */
  sealed interface Shape {}

  /** Nothing else. */
  record Scalar() implements Shape {}

  /**
   * A few names.
   *
   * @param labels in their order
   */
  record Labels(List<String> labels) implements Shape {}

  /**
   * Many of another type.
   *
   * @param element the other type
   */
  record Many(ValueType element) implements Shape {}

  /**
   * One of each of other types.
   *
   * @param fields the other types
   */
  record Fields(List<ValueType> fields) implements Shape {}

  /**
   * From one value of another type to another value of it.
   *
   * @param bound the other type
   * @param many whether it holds several of them
   */
  record Range(ValueType bound, boolean many) implements Shape {}

  /**
   * Another type with conditions.
   *
   * @param base the other type
   * @param checks the conditions, which call the value {@code VALUE}
   */
  record Restricted(ValueType base, List<String> checks) implements Shape {}

  /** The type without its conditions, however many domains lie on one another. */
  ValueType base() {
    return shape instanceof Restricted restricted ? restricted.base().base() : this;
  }

  /** The conditions of all the domains that lie on one another. */
  List<String> checks() {
    if (shape instanceof Restricted restricted) {
      List<String> all = new ArrayList<>(restricted.checks());
      all.addAll(restricted.base().checks());
      return all;
    }
    return List.of();
  }
}
