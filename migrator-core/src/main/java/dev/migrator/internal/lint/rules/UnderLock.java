package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Look;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import java.util.HashMap;
import java.util.Map;

/** What the rules about work under another statement's lock have in common. */
final class UnderLock {

  private UnderLock() {}

  /** What makes such a rule. */
  interface Question {

    /** Whether a statement takes the lock, which its transaction then holds. */
    boolean locks(Part part);

    /** Whether a statement does what it should not do while the lock is held. */
    boolean works(Part part, Part holder, Overview overview);

    /** What is wrong with a statement that does. */
    String message(Part holder);
  }

  /** The first statement of a script that works while a statement before it has the lock. */
  static Look first(Question question) {
    return Each.script(overview -> {
      Map<Integer, Part> holders = new HashMap<>();
      for (Part part : overview.parts()) {
        if (part.transaction() == 0) {
          continue;
        }
        Part holder = holders.get(part.transaction());
        if (holder != null && question.works(part, holder, overview)) {
          overview.finds(part.statement(), 0, question.message(holder));
          return;
        }
        if (holder == null && question.locks(part)) {
          holders.put(part.transaction(), part);
        }
      }
    });
  }
}
