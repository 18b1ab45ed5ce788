package dev.migrator;

import dev.migrator.internal.history.History;
import dev.migrator.internal.history.InHouse;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import java.util.ArrayList;
import java.util.List;

/** What changes hands when the tracking table of an in-house tool becomes ours, beside its columns. */
final class Takeover {

  private Takeover() {}

  /** What an operator should know of it; nothing when the table is ours. */
  static List<String> notes(History history) {
    InHouse inHouse = history.located().inHouse();
    if (inHouse == null) {
      return List.of();
    }
    String note = history.names()
        + " was kept by an in-house tool. The first run that writes takes it over where it stands and records the"
        + " checksums of the present scripts.";
    return List.of(
        inHouse.references().isEmpty()
            ? note
            : note + " It drops the foreign keys of the history to it ("
                + String.join(", ", inHouse.references())
                + "), with which no migration that has a history could be rolled back.");
  }

  /**
   * What is written in the takeover's transaction: nobody knows how the tool computed its checksums, so that the present
   * script of each applied migration counts from now on.
   */
  static List<Command> confirmations(Comparison comparison, Records records) {
    List<Command> commands = new ArrayList<>();
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration applied = known.applied();
      Resolved resolved = known.resolved();
      if (applied != null && applied.isApplied() && resolved != null) {
        Checksum former = applied.checksum();
        commands.addAll(records.acceptChecksum(
            applied.migration().id(),
            new Records.Subject(resolved.migration(), resolved.checksum(), applied.transactional()),
            "taken over from an in-house tool; the present content of "
                + resolved.migration().script() + " counts as applied"
                + (former == null ? "" : " (the tool's checksum was " + former.value() + ")")));
      }
    }
    return commands;
  }
}
