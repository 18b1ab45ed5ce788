package dev.migrator.cli;

import dev.migrator.render.TextDocument;
import java.util.Locale;
import picocli.AutoComplete;

/** The verb {@code completion}. */
final class Completion {

  private Completion() {}

  /** The script for a shell; zsh reads that of bash with its own help. */
  static Outcome script(Arguments given) {
    String shell = given.argument("<bash|zsh>").toLowerCase(Locale.ROOT);
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw UsageErrors.invalid("the shell is not known: write bash or zsh.");
    }
    String script = AutoComplete.bash("migrator", Syntax.whole());
    return new Outcome(() -> script, () -> TextDocument.json("completion", "script", script), 0);
  }
}
