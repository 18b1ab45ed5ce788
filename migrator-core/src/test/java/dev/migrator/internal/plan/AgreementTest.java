package dev.migrator.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.source.ResolvedEntry;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.AppliedMigration.Status;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Checksum CHECKSUM = Checksum.of("select 1;");

  private final List<ResolvedEntry> entries =
      new ArrayList<>(List.of(entry("01", "a"), entry("0003~b", "b"), entry("3.1", "c")));
  private final List<AppliedMigration> rows =
      new ArrayList<>(List.of(row("01", "a"), row("0003~b", "b"), row("3.1", "c")));

  @Test
  void equalListsAgreeInAnyOrder() {
    assertThat(between(entries, rows)).isTrue();
    Collections.reverse(rows);
    assertThat(between(entries, rows)).isTrue();
    Collections.swap(rows, 0, 1);
    assertThat(between(entries, rows)).isTrue();
    assertThat(between(List.of(), List.of())).isTrue();
  }

  @Test
  void oneMoreOnEitherSideIsADisagreement() {
    entries.add(entry("4", "d"));
    assertThat(between(entries, rows)).isFalse();
    rows.add(row("4", "d"));
    assertThat(between(entries, rows)).isTrue();
    rows.add(row("5", "e"));
    assertThat(between(entries, rows)).isFalse();
    assertThat(between(entries, List.of())).isFalse();
    assertThat(between(List.of(), rows)).isFalse();
  }

  @Test
  void everythingThatIdentifiesAMigrationCounts() {
    assertDisagreement(row("02", "a"));
    assertDisagreement(row("1", "a"));
    assertDisagreement(row("01", "A"));
    assertDisagreement(
        row("01", "a", Checksum.of("select 2;"), Status.COMPLETED, MigrationKind.VERSIONED));
    assertDisagreement(row("01", "a", null, Status.COMPLETED, MigrationKind.VERSIONED));
    assertDisagreement(row(
        "01", "a", Checksum.explicit(CHECKSUM.value()), Status.COMPLETED, MigrationKind.VERSIONED));
    assertDisagreement(row("01", "a", CHECKSUM, Status.COMPLETED, MigrationKind.BASELINE));
  }

  @Test
  void whatIsNotCompletedDisagrees() {
    for (Status status : Status.values()) {
      AppliedMigration row = row("01", "a", CHECKSUM, status, MigrationKind.VERSIONED);
      rows.set(0, row);
      assertThat(between(entries, rows)).as(status.name()).isEqualTo(row.isApplied());
    }
    assertThat(row("01", "a", CHECKSUM, Status.RUNNING, MigrationKind.VERSIONED).isApplied())
        .isFalse();
  }

  private void assertDisagreement(AppliedMigration first) {
    rows.set(0, first);
    assertThat(between(entries, rows)).isFalse();
    Collections.reverse(rows);
    assertThat(between(entries, rows)).isFalse();
    Collections.reverse(rows);
  }

  /** As the history asks: row by row, those that are applied with a checksum. */
  private static boolean between(List<ResolvedEntry> entries, List<AppliedMigration> rows) {
    Agreement agreement = new Agreement(entries);
    for (AppliedMigration row : rows) {
      Checksum checksum = row.checksum();
      Migration migration = row.migration();
      if (!row.isApplied()
          || checksum == null
          || !agreement.accepts(
              migration.id(), migration.name(), migration.kind().stored(), checksum)) {
        return false;
      }
    }
    return agreement.isComplete();
  }

  private static ResolvedEntry entry(String id, String name) {
    return new ResolvedEntry("versioned", id, name, CHECKSUM.value());
  }

  private static AppliedMigration row(String id, String name) {
    return row(id, name, CHECKSUM, Status.COMPLETED, MigrationKind.VERSIONED);
  }

  private static AppliedMigration row(
      String id, String name, @Nullable Checksum checksum, Status status, MigrationKind kind) {
    int tilde = id.indexOf('~');
    return new AppliedMigration(
        new Migration(
            id, MigrationVersion.of(tilde < 0 ? id : id.substring(0, tilde)), name, kind, "x.sql"),
        status,
        Action.APPLY,
        true,
        checksum,
        1,
        null);
  }
}
