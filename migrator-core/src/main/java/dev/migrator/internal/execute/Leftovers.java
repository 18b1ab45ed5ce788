package dev.migrator.internal.execute;

import dev.migrator.internal.execute.Message.Purpose;
import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.plan.Step;
import java.util.stream.Collectors;

/** What a failed statement that runs in no transaction of ours leaves behind: INVALID indexes, and its time-outs. */
final class Leftovers {

  private final Execution execution;
  private final Settlement settlement;
  private final Step step;

  Leftovers(Execution execution, Settlement settlement, Step step) {
    this.execution = execution;
    this.settlement = settlement;
    this.step = step;
  }

  /**
   * Drops them. Whoever holds a lock that this waits for may hold it for long, so it waits for a short time only: the next
   * run can do it too.
   *
   * @param failure the statement's; what fails here is added to it
   * @return what was left, in words; empty when nothing was
   */
  String drop(LoneStatement failed, CommandFailedException failure) {
    try {
      execution.sendUnstopped(new Message().addAll(Purpose.FRAME, step, failed.end()));
      Verdict verdict = settlement.verdict(failed.evidence(), failed.before());
      return verdict instanceof Verdict.Again again && !again.leftovers().isEmpty()
          ? drop(again, failure)
          : "";
    } catch (CommandFailedException e) {
      failure.addSuppressed(e);
      return "";
    }
  }

  private String drop(Verdict.Again again, CommandFailedException failure) {
    String names = again.leftovers().stream().map(Index::quoted).collect(Collectors.joining(", "));
    try {
      execution.sendUnstopped(new Message().add(Purpose.FRAME, step, ScriptSettings.PATIENCE));
      for (Index index : again.leftovers()) {
        execution.sendUnstopped(execution.recorder().fence(step));
        execution.sendUnstopped(new Message().add(Purpose.FRAME, step, index.drop()));
      }
      return "The INVALID index that it left behind, " + names + ", was dropped. ";
    } catch (CommandFailedException e) {
      failure.addSuppressed(e);
      return "It left an INVALID index behind, " + names + "; the next run drops it. ";
    }
  }
}
