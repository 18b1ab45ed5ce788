package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.CheckPolicy;
import dev.migrator.config.CheckQuery;
import dev.migrator.config.Environment;
import dev.migrator.config.ExpectedColumn;
import dev.migrator.config.Postflight;
import dev.migrator.config.SchemaRecording;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult;
import dev.migrator.report.CheckResult.Outcome;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.PostflightFailedException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each check after a run finds the situation that it asks about, made on a real server. */
@PostgresTest
@Timeout(120)
class PostflightTest {

  @TempDir
  Path path;

  private MigrationFolder folder = new MigrationFolder(Path.of("."));
  private TestDatabase database;

  @BeforeEach
  void aFolder(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path)
        .script("01_person.sql", "create table person (id int primary key, email text);");
  }

  @Test
  void aSoundRunPassesEveryCheck() {
    folder.script("02_index.sql", "create index person_email on person (email);");
    MigrationReport report = engine(p -> p).migrate();
    CheckReport postflight = postflight(report);
    assertThat(postflight.phase()).isEqualTo(Phase.POSTFLIGHT);
    assertThat(postflight.results())
        .extracting(CheckResult::id)
        .containsExactlyElementsOf(Checks.ids(Phase.POSTFLIGHT));
    assertThat(postflight.results())
        .filteredOn(result -> result.outcome() != Outcome.PASSED)
        .as("the schema is not recorded, so nobody knows what was there before")
        .extracting(CheckResult::id)
        .containsExactly("schema-checksum", "kept-columns");
    assertThat(check(postflight, "new-indexes").findings())
        .anyMatch(finding -> finding.startsWith("public.person_email on person, "));
    assertThat(check(postflight, "foreign-keys").answer()).isEqualTo("0 foreign keys");
  }

  @Test
  void theFingerprintIsInTheReport() {
    MigrationReport report = folder
        .builder(database.dataSource())
        .schemaRecording(SchemaRecording.RUNS)
        .safeguards(s -> s.postflight(p -> p.policy(CheckPolicy.REQUIRE)))
        .build()
        .migrate();
    assertThat(check(postflight(report), "schema-checksum").answer())
        .isEqualTo(Objects.requireNonNull(report.schemaCheck()).now().toString());
  }

  @Test
  void orphansOfAForeignKeyThatTheRunTouchedFailAndTheMigrationsStay() {
    folder.script("02_order.sql", """
        create table "Order" (id int, person int);
        insert into "Order" values (1, 7), (2, 8), (3, null);
        alter table "Order" add constraint of_person foreign key (person) references person not valid;
        """);
    List<MigrationEvent> events = new ArrayList<>();
    PostflightFailedException failure = catchThrowableOfType(
        PostflightFailedException.class,
        () -> builder(p -> p).listener(events::add).build().migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.POSTFLIGHT_FAILED);
    assertThat(failure)
        .hasMessageContaining("orphans: in 1 foreign key that is not validated")
        .hasMessageContaining("\"Order\" of_person: 2 rows refer to nothing")
        .hasMessageContaining("everything was applied, and stays: 01 person, 02 order.");
    assertThat(failure.applied()).hasSize(2);
    CheckReport postflight = postflight(failure.report());
    assertThat(check(postflight, "foreign-keys").outcome()).isEqualTo(Outcome.WARNED);
    assertThat(check(postflight, "foreign-keys").findings())
        .containsExactly("\"Order\" of_person, to person");
    assertThat(database.value("select count(*) from \"Order\"")).isEqualTo("3");
    assertThat(events)
        .anyMatch(event ->
            event instanceof MigrationEvent.RunFailed failed && failed.failure() == failure);
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void orphansElsewhereOnlyWarn() {
    database.execute("""
        create table town (id int primary key);
        create table street (town int, part int);
        insert into street values (1, 1);
        alter table street add constraint of_town foreign key (town) references town not valid
        """);
    CheckReport postflight = postflight(engine(p -> p).migrate());
    assertThat(check(postflight, "orphans").outcome()).isEqualTo(Outcome.WARNED);
    CheckReport alone = engine(p -> p).postflight();
    assertThat(check(alone, "orphans").outcome())
        .as("asked by itself, every table counts")
        .isEqualTo(Outcome.FAILED);
  }

  @Test
  void rowsWithoutOrphansAndKeysOfSeveralColumnsPass() {
    folder.script("02_part.sql", """
        create table part (a int, b text, primary key (a, b));
        create table use (x int, y text) partition by list (x);
        create table use_1 partition of use for values in (1);
        insert into part values (1, 'p');
        insert into use values (1, 'p'), (1, null);
        create table single (x int, y text);
        insert into single values (1, 'p');
        alter table single add constraint s foreign key (x, y) references part not valid;
        """);
    CheckResult found = check(postflight(engine(p -> p).migrate()), "orphans");
    assertThat(found.outcome()).as(found.toString()).isEqualTo(Outcome.PASSED);
    assertThat(found.answer()).contains("in 1 foreign key");
  }

  @Test
  void orphansThatRowSecurityHidesAreNotTakenForNone() {
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name());
    folder.builder(database.dataSource(role)).build().migrate();
    database.execute("""
        create table secret (person int);
        insert into secret values (9);
        alter table secret add constraint of_person foreign key (person) references person not valid;
        alter table secret enable row level security;
        grant select on secret to %s
        """.formatted(role.name()));
    MigrationEngine engine = folder.builder(database.dataSource(role)).build();
    CheckResult found = check(engine.postflight(), "orphans");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.findings().get(0)).contains("not counted, the role may not ask");
    database.execute("drop owned by " + role.name() + " cascade");
  }

  @Test
  void constraintsThatAreNotValidatedAreNamed() {
    folder.script(
        "02_check.sql",
        "alter table person add constraint has_at check (email like '%@%') not valid;");
    CheckResult found = check(postflight(engine(p -> p).migrate()), "unvalidated-constraints");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.findings()).singleElement().asString().startsWith("person has_at: CHECK");
    assertThat(found.advice()).contains("VALIDATE CONSTRAINT");
  }

  @Test
  void anInvalidIndexFailsOnATableOfTheRunAndWarnsElsewhere() {
    database.execute("create table other (a int); insert into other values (1), (1)");
    invalidIndexOnOther();
    CheckResult elsewhere = check(postflight(engine(p -> p).migrate()), "invalid-indexes");
    assertThat(elsewhere.outcome()).isEqualTo(Outcome.WARNED);
    folder.script("02_other.sql", "alter table other add column b int;");
    PostflightFailedException failure =
        catchThrowableOfType(PostflightFailedException.class, engine(p -> p)::migrate);
    assertThat(postflight(failure.report()).failed())
        .extracting(CheckResult::id)
        .containsExactly("invalid-indexes");
  }

  @Test
  void indexesThatNoQueryUsedAreListedWithTheirSize() {
    folder.engine(database).migrate();
    database.execute("create index person_email on person (email)");
    CheckResult found = check(engine(p -> p).postflight(), "unused-indexes");
    assertThat(found.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(found.findings()).anyMatch(f -> f.startsWith("public.person_email on person, "));
    assertThat(found.answer()).contains("since");
    folder.script("02_new.sql", "create index person_id on person (id, email);");
    assertThat(check(postflight(engine(p -> p).migrate()), "unused-indexes").findings())
        .as("nobody can have used what the run has made")
        .noneMatch(f -> f.contains("person_id"));
  }

  @Test
  void aMigrationThatFailedIsNotClean() {
    folder.script("02_bad.sql", "select * from nowhere;");
    assertThat(catchThrowableOfType(MigrationException.class, folder.engine(database)::migrate))
        .isNotNull();
    CheckResult failed = check(engine(p -> p).postflight(), "clean-migrations");
    assertThat(failed.outcome()).as("it left nothing behind").isEqualTo(Outcome.WARNED);
    assertThat(failed.findings()).singleElement().asString().startsWith("02 bad: failed: ");
    folder.script("02_bad.sql", "-- migrator: transaction=off\nselect 1;\nselect * from nowhere;");
    assertThat(catchThrowableOfType(MigrationException.class, folder.engine(database)::migrate))
        .isNotNull();
    CheckResult half = check(engine(p -> p).postflight(), "clean-migrations");
    assertThat(half.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(half.findings()).singleElement().asString().startsWith("02 bad: stopped half-way: ");
  }

  @Test
  void beforeTheFirstRunThereIsNoTrackingTable() {
    assertThat(check(engine(p -> p).postflight(), "clean-migrations").outcome())
        .isEqualTo(Outcome.NOT_ASKED);
  }

  @Test
  void expectedTablesAndColumnsMustBeThere() {
    List<ExpectedColumn> expected = List.of(
        ExpectedColumn.of("person"),
        ExpectedColumn.of("person.email"),
        ExpectedColumn.of("public.person.id"),
        ExpectedColumn.of("public.person.*"),
        ExpectedColumn.of("public.person.phone"),
        ExpectedColumn.of("\"Person\""),
        ExpectedColumn.of("other.email"));
    PostflightFailedException failure = catchThrowableOfType(
        PostflightFailedException.class, engine(p -> p.expected(expected))::migrate);
    assertThat(check(postflight(failure.report()), "expected-columns").findings())
        .containsExactly("public.person.phone", "Person", "other.email");
  }

  @Test
  void whatTheRunDidNotNameMustStillBeThere() {
    database.execute("create table kept (a int, b int)");
    MigrationEngineBuilder recording = folder
        .builder(database.dataSource())
        .schemaRecording(SchemaRecording.RUNS)
        .safeguards(s -> s.postflight(p -> p.policy(CheckPolicy.REQUIRE)));
    CheckResult first = check(postflight(recording.build().migrate()), "kept-columns");
    assertThat(first.outcome()).isEqualTo(Outcome.PASSED);
    folder.script("02_drop.sql", "alter table person drop column email;");
    assertThat(check(postflight(recording.build().migrate()), "kept-columns").outcome())
        .as("the script names the table")
        .isEqualTo(Outcome.PASSED);
    folder.script("03_code.sql", "do $$ begin alter table kept drop column b; end $$;");
    assertThat(check(postflight(recording.build().migrate()), "kept-columns").outcome())
        .as("what code removes cannot be told")
        .isEqualTo(Outcome.NOT_ASKED);
    folder.script("04_more.sql", "alter table person add column phone text;");
    AtomicBoolean once = new AtomicBoolean();
    recording.listener(event -> {
      if (event instanceof MigrationEvent.MigrationFinished && once.compareAndSet(false, true)) {
        database.execute("alter table kept drop column a");
      }
    });
    CheckResult removed = check(postflight(recording.build().migrate()), "kept-columns");
    assertThat(removed.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(removed.findings()).containsExactly("public.kept.a");
  }

  @Test
  void aQueryThatReturnsRowsFailsAndTheirValuesAreShownOnRequestOnly() {
    folder.script(
        "02_rows.sql",
        "insert into person select i, 'ada@example.org' from generate_series(1, 1500) i;");
    CheckQuery mails = new CheckQuery("mails.sql", "select email from person order by id");
    CheckQuery few = new CheckQuery(
        "few.sql", "with p as (select id from person where id < 3) select id from p");
    CheckQuery none = new CheckQuery("none.sql", "select 1 where false");
    PostflightFailedException failure = catchThrowableOfType(
        PostflightFailedException.class,
        engine(p -> p.queries(List.of(mails, few, none)))::migrate);
    assertThat(check(postflight(failure.report()), "check-queries").findings())
        .containsExactly("mails.sql: more than 1000 rows", "few.sql: 2 rows");
    assertThat(failure.getMessage()).doesNotContain("ada@example.org");
    CheckReport shown = engine(p -> p.queries(List.of(mails)).showRows(true)).postflight();
    assertThat(check(shown, "check-queries").findings())
        .hasSize(4)
        .contains("email = ada@example.org");
  }

  @Test
  void aQueryThatWritesOrTakesTooLongOrIsWrongFails() {
    folder.script("02_f.sql", """
        create function write() returns int language sql as 'insert into person values (1) returning 1';
        """);
    CheckReport report = engine(p -> p.timeout(Duration.ofMillis(200))
            .queries(List.of(
                new CheckQuery("writes", "select write()"),
                new CheckQuery("sleeps", "select pg_sleep(30)"),
                new CheckQuery("wrong", "select nothing from nowhere"),
                new CheckQuery("two", "select 1 where false; drop table person"))))
        .postflight();
    assertThat(check(report, "check-queries").outcome()).isEqualTo(Outcome.FAILED);
    PostflightFailedException failure = catchThrowableOfType(
        PostflightFailedException.class,
        engine(p -> p.timeout(Duration.ofMillis(200))
            .queries(List.of(
                new CheckQuery("writes", "select write()"),
                new CheckQuery("sleeps", "select pg_sleep(30)"),
                new CheckQuery("wrong", "select nothing from nowhere"),
                new CheckQuery("two", "select 1 where false; drop table person"))))::migrate);
    List<String> findings = check(postflight(failure.report()), "check-queries").findings();
    assertThat(findings).hasSize(4);
    assertThat(findings.get(0)).contains("read-only transaction");
    assertThat(findings.get(1)).contains("no answer within 200 ms");
    assertThat(findings.get(2)).contains("42P01");
    assertThat(findings.get(3)).contains("two: ");
    assertThat(database.value("select count(*) from person")).isEqualTo("0");
  }

  /** As docs/checks.md shows it. */
  @Test
  void whatTheDocumentShowsIsAnEngine() throws IOException {
    DataSource dataSource = database.dataSource();
    MigrationEngineBuilder builder = MigrationEngine.builder()
        .dataSource(dataSource)
        .safeguards(s -> s.preflight(
                p -> p.policy(CheckPolicy.REQUIRE).longTransaction(Duration.ofMinutes(1)))
            .postflight(p -> p.policy(CheckPolicy.REQUIRE)
                .expected(List.of(ExpectedColumn.of("public.person.email")))
                .queries(List.of(new CheckQuery(
                    "nobody without a mail", "SELECT id FROM person WHERE email IS NULL")))));
    MigrationReport report = builder
        .locations("filesystem:" + path)
        .environment(Environment.TEST)
        .build()
        .migrate();
    assertThat(postflight(report).failed()).isEmpty();
    assertThat(report.safety().preflight()).isNotNull();
    String shown = Files.readString(Path.of("../docs/checks.md"));
    String own = Files.readString(Path.of("src/test/java/dev/migrator/PostflightTest.java"));
    String example = shown.substring(shown.indexOf("```java") + 7);
    example = example.substring(0, example.indexOf("```")).replaceAll("\\s", "");
    assertThat(own.replaceAll("\\s", "")).contains(example);
  }

  @Test
  void aPolicyThatWarnsOnlyReports() {
    MigrationReport report = folder
        .builder(database.dataSource())
        .safeguards(s -> s.postflight(
            p -> p.policy(CheckPolicy.WARN).expected(List.of(ExpectedColumn.of("nowhere")))))
        .build()
        .migrate();
    assertThat(postflight(report).failed())
        .extracting(CheckResult::id)
        .containsExactly("expected-columns");
    assertThat(folder.engine(database).migrate().safety().postflight()).isNull();
  }

  @Test
  void aRunThatGoesOnAfterALostConnectionIsCheckedBeforeAndAfterIt() {
    folder
        .script("02_town.sql", "create table town (id int);")
        .script("03_land.sql", "create table land (id int);");
    AtomicBoolean once = new AtomicBoolean();
    List<MigrationEvent> events = new ArrayList<>();
    MigrationReport report = folder
        .builder(database.dataSource())
        .safeguards(s -> s.preflight(p -> p.policy(CheckPolicy.REQUIRE))
            .postflight(p -> p.policy(CheckPolicy.REQUIRE)))
        .listener(events::add)
        .listener(event -> {
          if (event instanceof MigrationEvent.MigrationFinished
              && once.compareAndSet(false, true)) {
            database.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()");
          }
        })
        .build()
        .migrate();
    assertThat(events).anyMatch(MigrationEvent.Reconnected.class::isInstance);
    assertThat(report.steps()).hasSize(3);
    assertThat(report.safety().preflight()).isNotNull();
    CheckReport postflight = postflight(report);
    assertThat(postflight.failed()).isEmpty();
    assertThat(check(postflight, "new-indexes").findings())
        .anyMatch(f -> f.contains("person_pkey"));
    assertThat(events).filteredOn(MigrationEvent.Checked.class::isInstance).hasSize(2);
  }

  @Test
  void aRunThatLostItsConnectionBehindTheLastMigrationIsCheckedToo() {
    AtomicBoolean once = new AtomicBoolean();
    MigrationReport report = builder(p -> p)
        .listener(event -> {
          if (event instanceof MigrationEvent.MigrationFinished
              && once.compareAndSet(false, true)) {
            database.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()");
          }
        })
        .build()
        .migrate();
    assertThat(once).isTrue();
    assertThat(report.steps()).hasSize(1);
    assertThat(report.safety().postflight()).isNotNull();
  }

  private void invalidIndexOnOther() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create unique index concurrently twice on other (a)");
    } catch (java.sql.SQLException expected) {
      assertThat(expected.getSQLState()).isEqualTo("23505");
    }
  }

  private MigrationEngine engine(UnaryOperator<Postflight> change) {
    return builder(change).build();
  }

  private MigrationEngineBuilder builder(UnaryOperator<Postflight> change) {
    return folder
        .builder(database.dataSource())
        .safeguards(s -> s.postflight(p -> change.apply(p).policy(CheckPolicy.REQUIRE)));
  }

  private static CheckReport postflight(MigrationReport report) {
    return Objects.requireNonNull(report.safety().postflight());
  }

  private static CheckResult check(CheckReport report, String id) {
    return report.results().stream()
        .filter(result -> result.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
