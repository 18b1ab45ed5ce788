package dev.migrator.internal.plan;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.AppliedMigration.Action;
import dev.migrator.migration.AppliedMigration.Status;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  @TempDir
  Path folder;

  private final List<AppliedMigration> applied = new ArrayList<>();
  private final Map<String, Set<Checksum>> held = new HashMap<>();
  private final Map<String, List<JournalEntry>> journals = new HashMap<>();
  private OutOfOrderPolicy outOfOrder = OutOfOrderPolicy.REFUSE;
  private MissingPolicy missing = MissingPolicy.REFUSE;
  private DuplicateVersionPolicy duplicates = DuplicateVersionPolicy.REFUSE;

  @Test
  void everyDisagreementIsReportedAtOnceEachWithWhatToDo() throws IOException {
    scripts("01_same", "02_edited", "04_late", "05_same", "06_partial", "07_pending");
    applied("01", "same");
    applied("02", "edited", "something else");
    applied("03", "missing");
    applied("05", "same");
    row("06", "partial", Status.RUNNING, Action.APPLY, false, "x");

    Comparison comparison = compare();

    assertThat(comparison.mismatches())
        .extracting(m -> m.state() + " " + m.migration().label())
        .containsExactly(
            "EDITED 02 edited",
            "OUT_OF_ORDER 04 late",
            "PARTIALLY_APPLIED 06 partial",
            "MISSING 03 missing");
    assertThat(comparison.mismatches()).allSatisfy(m -> assertThat(m.advice()).isNotEmpty());
    assertThatThrownBy(() -> Plan.toApply(comparison, MigrationTarget.latest()))
        .isInstanceOfSatisfying(MigrationValidationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.VALIDATION_FAILED);
          assertThat(e.mismatches()).hasSize(4);
          assertThat(e.getMessage())
              .contains("02 edited", "04 late", "06 partial", "03 missing", "nothing was changed");
        });
  }

  @Test
  void knowsTheStateOfEveryMigrationInOrder() throws IOException {
    scripts("01_a", "02_b", "03_c");
    applied("01", "a");
    row("02", "b", Status.FAILED, Action.APPLY, true, "content of b");
    applied("09", "newer");

    Comparison comparison = compare();

    assertThat(comparison.known())
        .extracting(k -> k.migration().id() + " " + k.state())
        .containsExactly("01 APPLIED", "09 FUTURE", "02 OUT_OF_ORDER", "03 OUT_OF_ORDER");
    assertThat(comparison.future()).extracting(Migration::id).containsExactly("09");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | resumes at statement 1 of 3",
        "a finished | resumes at statement 2 of 3",
        "a finished, b failed | resumes at statement 2 of 3",
        "a finished, other failed | resumes at statement 2 of 3",
        "a finished, b begun | nobody can tell whether statement 2 at",
        "a finished, other begun | statement 2 was begun, nobody saw its end, and it was edited since",
        "a finished, b finished, c finished | resumes behind its last statement",
        "a finished, other finished, c failed | statement 2 of the 2 that are done is another one now",
        "a finished, b finished, c finished, d finished | statement 4 of the 4 that are done",
      })
  void whatStoppedHalfWayGoesOnWhereItsJournalSays(String entries, String outcome)
      throws IOException {
    Files.writeString(folder.resolve("01_p.sql"), "call a();\ncall b();\ncall c();\n");
    row("01", "p", Status.FAILED, Action.APPLY, false, "x");
    List<JournalEntry> journal = new ArrayList<>();
    for (String entry : entries.isEmpty() ? new String[0] : entries.split(", ", -1)) {
      String[] parts = entry.split(" ", -1);
      journal.add(new JournalEntry(
          Action.APPLY,
          journal.size() + 1,
          Checksum.of("call " + parts[0] + "()").value(),
          JournalEntry.Progress.valueOf(parts[1].toUpperCase(Locale.ROOT)),
          JournalEntry.CatalogBefore.UNKNOWN));
    }
    journals.put("1", journal);
    Comparison comparison = compare();
    if (outcome.startsWith("resumes")) {
      assertThat(comparison.mismatches()).isEmpty();
      assertThat(comparison.notes()).singleElement().asString().contains(outcome);
      Step step = Plan.toApply(comparison, MigrationTarget.latest()).steps().get(0);
      assertThat(step.isTransactional()).isFalse();
      assertThat(step.finished())
          .isEqualTo(journal.stream().filter(JournalEntry::isFinished).count());
    } else {
      assertThat(comparison.mismatches())
          .singleElement()
          .satisfies(m -> assertThat(m.problem()).contains(outcome));
    }
  }

  @Test
  void whatStoppedHalfWayAndCannotBeAskedStaysADisagreement() throws IOException {
    scripts("02_b");
    row("01", "gone", Status.FAILED, Action.APPLY, false, "x");
    row("02", "b", Status.FAILED, Action.ROLLBACK, false, "content of b");
    assertThat(compare().mismatches())
        .extracting(Mismatch::advice)
        .anyMatch(advice -> advice.contains("Restore the file"))
        .anyMatch(advice -> advice.contains("Call rollback again"));
  }

  @Test
  void aFailedTransactionalMigrationIsTriedAgain() throws IOException {
    scripts("01_a", "02_b");
    applied("01", "a");
    row("02", "b", Status.FAILED, Action.APPLY, true, "an older content");
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.pending()).extracting(r -> r.migration().id()).containsExactly("02");
  }

  @Test
  void anOlderApplicationOnANewerDatabaseHasNothingToDo() throws IOException {
    scripts("01_a", "02_b");
    applied("01", "a");
    applied("02", "b");
    applied("03", "c");
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.pending()).isEmpty();
    assertThat(comparison.future()).hasSize(1);
  }

  @Test
  void anOlderApplicationStartsBesideWhatANewerOneHasBegun() throws IOException {
    scripts("01_a", "02_b");
    applied("01", "a");
    applied("02", "b");
    row("03", "c", Status.FAILED, Action.APPLY, false, "c");
    applied.add(new AppliedMigration(
        Migration.repeatable("v", "R__v.sql"),
        Status.FAILED,
        Action.APPLY,
        false,
        Checksum.of("v"),
        0,
        null));
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.pending()).isEmpty();
    assertThat(comparison.future()).extracting(Migration::id).containsExactly("03");
    assertThat(comparison.notes())
        .hasSize(2)
        .allMatch(note -> note.contains("a newer release has begun it"));
  }

  @Test
  void nothingOvertakesWhatStoppedHalfWay() throws IOException {
    scripts("01_a", "03_late", "05_half");
    applied("01", "a");
    row("05", "half", Status.FAILED, Action.APPLY, false, content("half"));
    journals.put("5", List.of());
    assertThat(compare().mismatches())
        .extracting(Mismatch::state)
        .contains(MigrationState.OUT_OF_ORDER);
    outOfOrder = OutOfOrderPolicy.APPLY;
    assertThat(compare().mismatches())
        .extracting(Mismatch::state)
        .doesNotContain(MigrationState.OUT_OF_ORDER);
  }

  @ParameterizedTest
  @CsvSource({"2,false,IGNORED", ",true,IGNORED", ",false,PARTIALLY_APPLIED"})
  void aNewerReleasesRepeatableThatStoppedHalfWayIsNotReplaced(
      @Nullable String newer, boolean before, MigrationState state) throws IOException {
    Files.writeString(folder.resolve("V1__a.sql"), content("a"));
    Files.writeString(folder.resolve("R__v.sql"), "old");
    applied("1", "a");
    if (newer != null) {
      applied(newer, "newer");
    }
    Migration repeatable = Migration.repeatable("v", "R__v.sql");
    if (before) {
      held.put(repeatable.id(), Set.of(Checksum.of("old")));
    }
    applied.add(new AppliedMigration(
        repeatable, Status.FAILED, Action.APPLY, false, Checksum.of("new"), 0, null));
    assertThat(compare().known())
        .filteredOn(k -> k.migration().id().equals("R:v"))
        .extracting(Comparison.Known::state)
        .containsExactly(state);
  }

  @Test
  void outOfOrderAndMissingCanBeAllowed() throws IOException {
    scripts("01_a", "03_late", "05_e");
    applied("01", "a");
    applied("04", "gone");
    applied("05", "e");
    outOfOrder = OutOfOrderPolicy.APPLY;
    missing = MissingPolicy.TOLERATE;
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.pending()).extracting(r -> r.migration().id()).containsExactly("03");
    assertThat(comparison.notes())
        .singleElement()
        .asString()
        .contains("04 gone", "no location holds");
  }

  @Test
  void aHistoryThatSharesNothingWithTheScriptsIsAnotherApplications() throws IOException {
    scripts("01_a", "02_b");
    applied("01", "users");
    applied("02", "orders");
    assertThatThrownBy(this::compare)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.FOREIGN_HISTORY));
  }

  @Test
  void aRenamedScriptWithItsOldContentIsTheSameMigration() throws IOException {
    scripts("01_a", "02_renamed");
    applied("01", "a");
    applied("02", "old", "content of renamed");
    assertThat(compare().mismatches()).isEmpty();
  }

  @Test
  void whatIsAtOrBelowTheBaselineNeverRuns() throws IOException {
    scripts("01_a", "02_b", "03_c");
    applied.add(new AppliedMigration(
        new Migration("2", MigrationVersion.of("2"), "baseline", MigrationKind.BASELINE, ""),
        Status.COMPLETED,
        Action.APPLY,
        true,
        null,
        1,
        null));
    Comparison comparison = compare();
    assertThat(comparison.pending()).extracting(r -> r.migration().id()).containsExactly("03");
    assertThat(comparison.known())
        .extracting(k -> k.migration().id() + " " + k.state())
        .containsExactly("2 BASELINE", "01 BELOW_BASELINE", "02 BELOW_BASELINE", "03 PENDING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // applied, scripts beside V1 and V5, refused
        "1|B4__x|true",
        "1|B4__x V2__b|true",
        "1|B4__x V4__d|false",
        "1|B1__x|false",
        "1 5|B4__x|false",
        "1|B5__x|false",
        "1|B6__x|true",
      })
  void aHistoryThatHasNoWayToABaselineScriptStops(String rows, String names, boolean refused)
      throws IOException {
    scripts("V1__a", "V5__a");
    scripts(names.split(" "));
    for (String version : rows.split(" ")) {
      applied(version, "a", content("_a"));
    }
    Comparison comparison = compare();
    if (!refused) {
      assertThat(comparison.mismatches()).isEmpty();
      return;
    }
    assertThat(comparison.mismatches()).singleElement().satisfies(mismatch -> {
      assertThat(mismatch.state()).isEqualTo(MigrationState.MISSING);
      assertThat(mismatch.problem()).contains("this database has come to 1 only");
      assertThat(mismatch.advice()).contains("Restore the scripts up to");
    });
    missing = MissingPolicy.TOLERATE;
    assertThat(compare().mismatches()).isEmpty();
    assertThat(compare().notes()).singleElement().asString().contains("come to 1 only");
  }

  @Test
  void aRepeatableAloneIsNoWayToABaselineScript() throws IOException {
    scripts("R__v", "B4__x", "V5__a");
    applied.add(new AppliedMigration(
        new Migration("R:v", MigrationVersion.NONE, "v", MigrationKind.REPEATABLE, "R__v.sql"),
        Status.COMPLETED,
        Action.APPLY,
        true,
        null,
        1,
        null));
    assertThat(compare().mismatches())
        .singleElement()
        .satisfies(m -> assertThat(m.problem()).contains("has come to none of them"));
  }

  @Test
  void aHistoryOfWhichABaselineScriptLeavesNothingIsToldOfIt() throws IOException {
    scripts("B2__x", "V3__c");
    applied("1", "a");
    assertThatThrownBy(this::compare)
        .hasMessageContaining("FOREIGN_HISTORY")
        .hasMessageContaining("it has not come as far as the baseline script of version 2");
  }

  @Test
  void anUnknownChecksumAlgorithmIsNotComparableRatherThanEdited() throws IOException {
    scripts("01_a");
    applied.add(new AppliedMigration(
        new Migration("01", MigrationVersion.of("01"), "a", MigrationKind.VERSIONED, "01_a.sql"),
        Status.COMPLETED,
        Action.APPLY,
        true,
        new Checksum("blake3", "00"),
        1,
        null));
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.notes()).singleElement().asString().contains("blake3");
  }

  @Test
  void aVersionThatCameToBeSharedKeepsItsMigration() throws IOException {
    duplicates = DuplicateVersionPolicy.RUN_IN_NAME_ORDER;
    scripts("0003_a", "0003_b");
    applied("0003", "a");
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.pending()).extracting(r -> r.migration().id()).containsExactly("0003~b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // recorded, script, what the history held, a newer version is applied -> state, runs, again
        "-|A|-|false|PENDING|true|false",
        "-|A|-|true|IGNORED|false|false",
        "A|A|A|false|APPLIED|false|false",
        "A|A|A|true|APPLIED|false|false",
        "A|B|A|false|PENDING|true|true",
        "A|B|A|true|IGNORED|false|false",
        "B|A|AB|false|IGNORED|false|false",
        "B|A|AB|true|IGNORED|false|false",
        "B|C|AB|false|PENDING|true|true",
        "A|-|A|false|MISSING|false|false",
      })
  void aRepeatableRunsWhenItsContentIsNewAndTheDatabaseIsNotAhead(
      @Nullable String recorded,
      @Nullable String script,
      @Nullable String history,
      boolean ahead,
      MigrationState state,
      boolean runs,
      boolean again)
      throws IOException {
    Files.writeString(folder.resolve("V1__a.sql"), content("a"));
    applied("1", "a");
    if (ahead) {
      applied("2", "newer");
    }
    Migration repeatable = Migration.repeatable("v", "R__v.sql");
    if (script != null) {
      Files.writeString(folder.resolve("R__v.sql"), script);
    }
    if (recorded != null) {
      applied.add(new AppliedMigration(
          repeatable, Status.COMPLETED, Action.APPLY, true, Checksum.of(recorded), 9, null));
    }
    if (history != null) {
      held.put(
          repeatable.id(),
          history.chars().mapToObj(c -> Checksum.of(Character.toString(c))).collect(toSet()));
    }
    Comparison comparison = compare();
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.known())
        .filteredOn(k -> k.migration().id().equals("R:v"))
        .extracting(Comparison.Known::state)
        .containsExactly(state);
    assertThat(comparison.pending()).hasSize(runs ? 1 : 0);
    assertThat(comparison.pending()).allMatch(m -> comparison.isAppliedAgain(m) == again);
    assertThat(comparison.notes())
        .hasSize(state == MigrationState.IGNORED || state == MigrationState.MISSING ? 1 : 0);
  }

  @Test
  void targetsSelectWhatRuns() throws IOException {
    scripts("01_a", "02_b", "03_c", "04_d");
    applied("01", "a");
    assertThat(ids(MigrationTarget.latest())).containsExactly("02", "03", "04");
    assertThat(ids(MigrationTarget.upTo("3"))).containsExactly("02", "03");
    assertThat(ids(MigrationTarget.upTo("1"))).isEmpty();
    assertThat(ids(MigrationTarget.steps(1))).containsExactly("02");
    assertThat(ids(MigrationTarget.steps(9))).containsExactly("02", "03", "04");
    assertThat(ids(MigrationTarget.only("02"))).containsExactly("02");
    assertThat(ids(MigrationTarget.only("01"))).isEmpty();
    assertThatThrownBy(() -> ids(MigrationTarget.only("03")))
        .isInstanceOf(MigrationValidationException.class)
        .hasMessageContaining("02 b");
    assertThatThrownBy(() -> ids(MigrationTarget.upTo("99")))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID));
    outOfOrder = OutOfOrderPolicy.APPLY;
    assertThat(ids(MigrationTarget.only("03"))).containsExactly("03");
    assertThatThrownBy(() -> MigrationTarget.steps(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> ids(MigrationTarget target) {
    return Plan.toApply(compare(), target).steps().stream()
        .map(s -> s.migration().id())
        .toList();
  }

  private Comparison compare() {
    List<ResolvedMigration> resolved = new MigrationSource(
            List.of("filesystem:" + folder),
            getClass().getClassLoader(),
            new MigrationSource.Settings(NamingConvention.AUTOMATIC, false, false, duplicates))
        .resolve()
        .migrations();
    return Comparison.of(
        resolved,
        applied,
        held,
        journals,
        new Comparison.Policies(outOfOrder, missing),
        OwnObjects.NONE);
  }

  private void scripts(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(
          folder.resolve(name + ".sql"), content(name.substring(name.indexOf('_') + 1)));
    }
  }

  private void applied(String version, String name) {
    applied(version, name, content(name));
  }

  private void applied(String version, String name, String content) {
    row(version, name, Status.COMPLETED, Action.APPLY, true, content);
  }

  private void row(
      String version,
      String name,
      Status status,
      Action action,
      boolean transactional,
      @Nullable String content) {
    applied.add(new AppliedMigration(
        new Migration(
            version,
            MigrationVersion.of(version),
            name,
            MigrationKind.VERSIONED,
            version + "_" + name + ".sql"),
        status,
        action,
        transactional,
        content == null ? null : Checksum.of(content),
        status == Status.COMPLETED ? applied.size() + 1 : 0,
        null));
  }

  private static String content(String name) {
    return "content of " + name;
  }
}
