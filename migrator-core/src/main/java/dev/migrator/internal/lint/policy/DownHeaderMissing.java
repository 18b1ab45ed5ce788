package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;

/** A down script does not say what it is for. */
public final class DownHeaderMissing {

  private DownHeaderMissing() {}

  /** The rule. */
  public static Rule rule() {
    return HeaderFields.rule("down-header-missing")
        .when("The first comment of a down script lacks Purpose or Date.")
        .looks(Each.script(
            overview -> HeaderFields.look(overview, overview.script().down())));
  }
}
