package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.LintPolicy;
import dev.migrator.config.LintScope;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LintReport;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.Severity;
import dev.migrator.report.Violation;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class LintGateTest {

  private static final String PEOPLE =
      "create table people (id bigint primary key, name text);\ninsert into people values (1, 'Ada');\n";

  @TempDir
  Path path;

  private MigrationFolder folder;

  @BeforeEach
  void folder() {
    folder = new MigrationFolder(path);
  }

  @Test
  void whatWasThereBeforeTheRunIsNotDestroyedInProduction(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    production(database).build().migrate();
    folder.script(
        "02_less.sql", "create table kept (id bigint primary key);\n\ndrop table people;\n");
    folder.script("03_more.sql", "drop table if exists people cascade;\ndrop table kept;\n");

    assertThatThrownBy(() -> production(database).build().migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
          assertThat(e.code().exitCode()).isEqualTo(1);
          assertThat(e.getMessage())
              .contains("02_less.sql:3:12: table people is dropped. [drop-table, ")
              .contains("03_more.sql:1:22: table people is dropped.")
              .contains("-- migrator: allow drop-table because ...")
              .contains("nothing was changed")
              .doesNotContain("kept is dropped");
        });
    assertThat(database.query("select to_regclass('people'), to_regclass('kept')"))
        .containsExactly(List.of("people", "NULL"));
    assertThat(database.query("select count(*) from schema_migrations"))
        .containsExactly(List.of("1"));
  }

  @Test
  void anUnknownEnvironmentCountsAsProduction(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    production(database).build().migrate();
    folder.script("02_less.sql", "drop table people;\n");
    assertThatThrownBy(
            () -> production(database).environment(Environment.UNKNOWN).build().migrate())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED));
  }

  @Test
  void aFreshDatabaseReplaysItsHistoryFreely(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.script("02_less.sql", "drop table people;\n");
    folder.script("03_code.sql", "do $$ begin create table made (id int); end $$;\n");
    folder.script("04_less.sql", "drop table made;\n");

    MigrationReport report = production(database).build().migrate();

    assertThat(report.steps()).hasSize(4);
    assertThat(report.safety().lint()).isNull();
  }

  @Test
  void aReasonLetsItPassAndIsWrittenToTheHistory(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    production(database).build().migrate();
    folder.script(
        "02_less.sql",
        "-- migrator: allow drop-table because nobody's \"people\" any more\ndrop table people;\n");

    MigrationReport report = production(database).build().migrate();

    assertThat(violations(report)).singleElement().satisfies(violation -> {
      assertThat(violation.rule()).isEqualTo("drop-table");
      assertThat(violation.allowed()).isEqualTo("nobody's \"people\" any more");
    });
    assertThat(database.query(
            "select details ->> 'remark', details -> 'allowed' from migration_history"
                + " where version = '02' and status = 'success'"))
        .containsExactly(List.of(
            "NULL",
            "[{\"rule\": \"drop-table\", \"reason\": \"nobody's \\\"people\\\" any more\"}]"));
    assertThat(database.query("select details from migration_history where version = '01'"))
        .containsExactly(List.of("NULL"));
  }

  @Test
  void aReasonForOneStatementIsNoneForTheNext(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE + "create table others (id bigint primary key);\n");
    production(database).build().migrate();
    folder.script(
        "02_less.sql",
        "-- migrator: allow drop-table because it is empty\ndrop table others;\ndrop table people;\n");
    assertThatThrownBy(() -> production(database).build().migrate())
        .hasMessageContaining("02_less.sql:3:12")
        .hasMessageNotContaining("others");
  }

  @Test
  void developmentAndTestWarnOnly(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.engine(database).migrate();
    folder.script("02_less.sql", "drop table people;\n");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(violations(report)).extracting(Violation::rule).containsExactly("drop-table");
  }

  @Test
  void thePolicyIsSwitchedByName(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.engine(database).migrate();
    folder.script("02_less.sql", "drop table people;\n");
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .safeguards(guards -> guards.destructive(DestructivePolicy.BLOCK))
            .build()
            .migrate())
        .hasMessageContaining("DESTRUCTION_BLOCKED");
    MigrationReport report = production(database)
        .safeguards(guards -> guards.destructive(DestructivePolicy.OFF))
        .build()
        .migrate();
    assertThat(report.safety().lint()).isNull();
  }

  @Test
  void aRollbackTakesAwayWhatItsMigrationBroughtAndNothingElse(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.script("01_people_rollback.sql", "drop table people;\n");
    folder.script("02_more.sql", "alter table people add column born date;\n");
    folder.script(
        "02_more_rollback.sql",
        "alter table people drop column born;\nalter table people drop column name;\n");
    production(database).build().migrate();

    assertThatThrownBy(() -> production(database).build().rollback(RollbackTarget.steps(1)))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
          assertThat(e.getMessage()).contains("02_more_rollback.sql:2:").contains("people.name");
          assertThat(e.getMessage()).doesNotContain("people.born");
        });

    folder.script("03_last.sql", "create table last (id bigint primary key);\n");
    folder.script("03_last_rollback.sql", "drop table last;\n");
    production(database).build().migrate();
    assertThat(production(database).build().rollback(RollbackTarget.steps(1)).steps())
        .hasSize(1);
  }

  @Test
  void errorsOfTheLintStopARunWhereThatIsAskedFor(TestDatabase database) {
    folder.script("01_people.sql", "-- migrator: allow drop-tables because it is old\n" + PEOPLE);
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .safeguards(guards -> guards.lint(LintPolicy.REFUSE))
            .build()
            .migrate())
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.LINT_FAILED));
  }

  @Test
  void sizesMakeTheDifference(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.script(
        "02_many.sql",
        "create table many (id bigint primary key, name text);\n"
            + "insert into many select n, 'x' from generate_series(1, 1000) n;\n");
    folder.engine(database).migrate();
    database.execute("analyze");
    folder.script("03_index.sql", "create index people_name on people (name);\n");
    folder.script("04_index.sql", "create index many_name on many (name);\n");
    database.execute("update pg_class set reltuples = 2e8, relpages = 5e6 where relname = 'many'");

    LintReport report = folder.engine(database).lint(LintScope.PENDING);

    assertThat(report.violations())
        .filteredOn(violation -> violation.rule().equals("index-not-concurrent"))
        .extracting(Violation::severity)
        .containsExactly(Severity.NOTE, Severity.ERROR);
    assertThat(report.violations().toString()).contains("about 200,000,000 rows");
  }

  @Test
  void whatIsPendingIsOneRunAndAllOfItIsMany(TestDatabase database) {
    folder.script("01_people.sql", PEOPLE);
    folder.script("02_index.sql", "create index people_name on people (name);\n");
    MigrationEngine engine = folder.engine(database);
    assertThat(rules(engine.lint(LintScope.PENDING))).doesNotContain("index-not-concurrent");
    assertThat(rules(engine.lint(LintScope.ALL))).contains("index-not-concurrent");
    assertThat(rules(ScriptLint.of(builder -> builder.locations("filesystem:" + path))))
        .contains("index-not-concurrent");
    assertThat(database.query("select to_regclass('schema_migrations')"))
        .containsExactly(List.of("NULL"));
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLockedPartitionDoesNotKeepTheGateWaiting(TestDatabase database) throws Exception {
    database.execute("create table parts (id int, at int) partition by range (at);"
        + " create table parts_1 partition of parts for values from (0) to (1000);"
        + " create table parts_2 partition of parts for values from (1000) to (2000) partition by range (at);"
        + " create table parts_21 partition of parts_2 for values from (1000) to (1500);"
        + " insert into parts select n, n % 1500 from generate_series(1, 3000) n; analyze");
    folder.script("01_d.sql", "create table other (id int); delete from parts where false;");
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table only parts_21 in access exclusive mode");
      MigrationEngine engine = production(database).build();
      assertThat(engine.lint(LintScope.PENDING).violations()).isNotEmpty();
      assertThat(engine.migrate().steps()).hasSize(1);
    }
  }

  private static List<String> rules(LintReport report) {
    return report.violations().stream().map(Violation::rule).toList();
  }

  private static List<Violation> violations(MigrationReport report) {
    return Objects.requireNonNull(report.safety().lint()).violations();
  }

  private MigrationEngineBuilder production(TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .confirmProduction(true);
  }
}
