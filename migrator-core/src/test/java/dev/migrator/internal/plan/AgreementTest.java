package dev.migrator.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.source.ResolvedEntries;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.AppliedMigration.Status;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static final Checksum CHECKSUM = Checksum.of("select 1;");

  private final List<String> entries =
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
  void aFieldThatReachesIntoTheNextEntryDisagrees() {
    byte[] lines = utf8(String.join("", entries));
    for (String[] row : new String[][] {
      {"01", "a", "versioned", CHECKSUM.value() + "\n" + entries.get(1).strip()},
      {"01\ta", CHECKSUM.value() + "\nversioned\t0003~b", "versioned", "b\t" + CHECKSUM.value()},
      {"01", "a", "versioned", ""},
      {"", "", "", ""}
    }) {
      Agreement agreement =
          new Agreement(Objects.requireNonNull(ResolvedEntries.in(lines, 0, lines.length)));
      assertThat(agreement.accepts(utf8(row[0]), utf8(row[1]), utf8(row[2]), utf8(row[3])))
          .as(String.join("|", row))
          .isFalse();
    }
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
  private static boolean between(List<String> entries, List<AppliedMigration> rows) {
    byte[] lines = utf8(String.join("", entries));
    Agreement agreement =
        new Agreement(Objects.requireNonNull(ResolvedEntries.in(lines, 0, lines.length)));
    for (AppliedMigration row : rows) {
      Checksum checksum = row.checksum();
      Migration migration = row.migration();
      if (!row.isApplied()
          || checksum == null
          || !checksum.algorithm().equals(Checksum.SHA256_LF)
          || !agreement.accepts(
              utf8(migration.id()),
              utf8(migration.name()),
              utf8(migration.kind().stored()),
              utf8(checksum.value()))) {
        return false;
      }
    }
    return agreement.isComplete();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String entry(String id, String name) {
    return "versioned\t" + id + "\t" + name + "\t" + CHECKSUM.value() + "\n";
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
