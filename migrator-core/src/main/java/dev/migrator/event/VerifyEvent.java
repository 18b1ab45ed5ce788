package dev.migrator.event;

import dev.migrator.migration.Migration;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import java.util.List;

/** How far a verification is. */
public sealed interface VerifyEvent {

  /**
   * The server answers, the scripts are read, and the work begins.
   *
   * @param server the server, in words
   * @param migrations what will be tried, in the order of application
   */
  record Began(String server, List<Migration> migrations) implements VerifyEvent {

    /** Keeps a copy. */
    public Began {
      migrations = List.copyOf(migrations);
    }
  }

  /**
   * A migration was tried. Told in the order of application.
   *
   * @param result what came of it
   * @param place its place, from 1
   * @param of how many there are
   */
  record Verified(VerifiedMigration result, int place, int of) implements VerifyEvent {}

  /**
   * Something was tried with all migrations together.
   *
   * @param check what came of it
   */
  record Checked(VerifyReport.Check check) implements VerifyEvent {}
}
