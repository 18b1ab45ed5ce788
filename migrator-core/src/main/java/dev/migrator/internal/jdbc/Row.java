package dev.migrator.internal.jdbc;

import org.jspecify.annotations.Nullable;

/** One row of a result, its columns counted from 1. */
public interface Row {

  /** A column's text. */
  String text(int column);

  /** A column's text, or {@code null} where it is NULL. */
  @Nullable
  String textOrNull(int column);

  /** A column's number; 0 where it is NULL. */
  long number(int column);

  /** A column's truth; false where it is NULL. */
  boolean flag(int column);
}
