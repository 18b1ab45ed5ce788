package dev.migrator.internal.lint;

/** The look of a rule: it sees statements and scripts, and says what it finds. Keeps no state. */
public interface Look {

  /** Looks at a statement; the world is as it is before it runs. */
  default void statement(Sight sight) {}

  /** Looks at a script as a whole; the world is as it is behind it. */
  default void script(Overview overview) {}
}
