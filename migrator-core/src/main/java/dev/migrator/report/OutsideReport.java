package dev.migrator.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a folder of migrations has to do with the server around its database; see {@code MigrationEngine.outside()}.
 *
 * @param statements the statements that reach beyond the database, or may, in the order of the migrations
 * @param roles the roles that scripts name and none creates, in order of their names
 * @param databases the databases that scripts name and none creates, in order of their names
 */
public record OutsideReport(
    List<OutsideStatement> statements, SortedSet<String> roles, SortedSet<String> databases) {

  /** Keeps copies. */
  public OutsideReport {
    statements = List.copyOf(statements);
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    databases = Collections.unmodifiableSortedSet(new TreeSet<>(databases));
  }
}
