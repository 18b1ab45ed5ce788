package dev.migrator.verify;

import dev.migrator.report.VerifiedMigration;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What took long, in sentences. */
final class SlowWork {

  private SlowWork() {}

  /**
   * A sentence for each migration that took long, or else for its statements that did, and for each down script.
   *
   * @param limit how long is long
   */
  static List<String> notes(List<VerifiedMigration> migrations, Duration limit) {
    return migrations.stream().flatMap(migration -> notes(migration, limit)).toList();
  }

  private static Stream<String> notes(VerifiedMigration migration, Duration limit) {
    String label = migration.migration().label();
    List<String> statements = migration.slowest().stream()
        .filter(statement -> statement.took().compareTo(limit) > 0)
        .map(statement -> "slow: " + label + ", line " + statement.line() + ", took "
            + words(statement.took()) + ": " + statement.words())
        .toList();
    return Stream.concat(
        statements.isEmpty() ? slow("script", label, migration.up(), limit) : statements.stream(),
        slow("down script", label, migration.down(), limit));
  }

  private static Stream<String> slow(String what, String label, Duration took, Duration limit) {
    return took.compareTo(limit) > 0
        ? Stream.of("slow: the " + what + " of " + label + " took " + words(took) + ".")
        : Stream.empty();
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + "." + time.toMillisPart() / 100 + " s";
  }
}
