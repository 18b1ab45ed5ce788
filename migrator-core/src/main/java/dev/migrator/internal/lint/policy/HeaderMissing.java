package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;

/** A script does not say what it is for. */
public final class HeaderMissing {

  private HeaderMissing() {}

  /** The rule. */
  public static Rule rule() {
    return HeaderFields.rule("header-missing")
        .when("The first comment of a script lacks Purpose or Date.")
        .looks(Each.script(overview -> HeaderFields.look(overview, overview.script())));
  }
}
