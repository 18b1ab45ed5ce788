package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.CheckPolicy;
import dev.migrator.config.Preflight;
import dev.migrator.config.SchemaRecording;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult;
import dev.migrator.report.CheckResult.Outcome;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Each check before a run finds the situation that it asks about, made on a real server. */
@PostgresTest
@Timeout(120)
class PreflightTest {

  @TempDir
  Path path;

  private MigrationFolder folder = new MigrationFolder(Path.of("."));
  private TestDatabase database;

  @BeforeEach
  void aTable(TestDatabase fresh) {
    database = fresh;
    database.execute(
        "create table person (id int primary key, email text); create table other (a int)");
    folder =
        new MigrationFolder(path).script("01_name.sql", "alter table person add column name text;");
  }

  @Test
  void aQuietDatabasePassesEveryCheck() {
    CheckReport report = folder.engine(database).preflight();
    assertThat(report.phase()).isEqualTo(Phase.PREFLIGHT);
    assertThat(report.forced()).isFalse();
    assertThat(report.failed()).isEmpty();
    assertThat(report.results())
        .extracting(CheckResult::id)
        .containsExactlyElementsOf(Checks.ids(Phase.PREFLIGHT));
    assertThat(report.results())
        .filteredOn(result -> result.outcome() != Outcome.PASSED)
        .extracting(CheckResult::id)
        .containsExactly("schema-drift", "disk-space");
    assertThat(check(report, "connection").answer())
        .contains("role " + database.user(), "in database " + database.name());
    assertThat(check(report, "pending").answer()).isEqualTo("1 migration: 01 name");
    assertThat(check(report, "table-sizes").answer()).startsWith("public.person ");
    assertThat(check(report, "schema-sizes").answer()).contains("public about");
    assertThat(check(report, "database-size").answer()).contains(database.name() + " has");
    assertThat(check(report, "connections").answer()).contains("that the server may have");
    assertThat(check(report, "wraparound").answer()).contains("of 2147 million back");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void anOldTransactionFailsWhereItHasLockedATableOfThePlan() throws Exception {
    PGSimpleDataSource reports = database.dataSource();
    reports.setApplicationName("nightly report");
    try (Connection idle = reports.getConnection()) {
      idle.setAutoCommit(false);
      execute(idle, "select count(*) from person where email <> 'password=topsecret'");
      CheckResult found = check(impatient().preflight(), "long-transactions");
      assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(found.answer()).isEqualTo("1 long transaction");
      assertThat(found.findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding)
              .contains("nightly report", "idle in transaction", "has locked public.person")
              .contains("select count(*) from person")
              .doesNotContain("topsecret"));
      assertThat(found.advice()).contains("pg_terminate_backend");
      assertThat(check(folder.engine(database).preflight(), "long-transactions").outcome())
          .as("it is younger than 30 seconds")
          .isEqualTo(Outcome.PASSED);
      idle.rollback();
    }
  }

  @Test
  void anOldTransactionElsewhereWarnsUnlessAConcurrentlyWouldWaitForIt() throws Exception {
    try (Connection idle = database.dataSource().getConnection()) {
      idle.setAutoCommit(false);
      idle.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      execute(idle, "select * from other");
      assertThat(check(impatient().preflight(), "long-transactions").outcome())
          .isEqualTo(Outcome.WARNED);
      folder.script("02_index.sql", "create index concurrently on person (email);");
      CheckResult found = check(impatient().preflight(), "long-transactions");
      assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(found.findings().get(0)).contains("a CONCURRENTLY would wait for it");
      idle.rollback();
    }
  }

  @Test
  void whatIsHiddenFromTheRoleIsNotTakenForNothing() throws Exception {
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name());
    try (Connection idle = database.dataSource().getConnection()) {
      idle.setAutoCommit(false);
      idle.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      execute(idle, "select * from other");
      MigrationEngine engine = impatient(database.dataSource(role));
      CheckResult hidden = check(engine.preflight(), "long-transactions");
      assertThat(hidden.outcome()).isEqualTo(Outcome.NOT_ASKED);
      assertThat(hidden.answer())
          .contains("1 session of other roles", "hidden from the role " + role.name());
      assertThat(hidden.advice()).contains("GRANT pg_read_all_stats");
      database.execute("grant pg_read_all_stats to " + role.name());
      assertThat(check(engine.preflight(), "long-transactions").outcome())
          .isEqualTo(Outcome.WARNED);
      idle.rollback();
    }
    database.execute("drop owned by " + role.name());
  }

  @Test
  void aBlockingPairNamesBothAndFailsOnATableOfThePlan() throws Exception {
    try (Connection holder = named("holder");
        Connection waiter = named("waiter")) {
      holder.setAutoCommit(false);
      execute(holder, "lock table person");
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(() -> execute(waiter, "select * from person"));
      waitUntilSomebodyWaits();
      CheckResult found = check(impatient().preflight(), "blocking-locks");
      assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(found.findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding)
              .contains(
                  "(waiter,",
                  "for AccessShareLock on public.person",
                  "blocked by pid",
                  "(holder,",
                  "lock table person"));
      assertThat(check(folder.engine(database).preflight(), "blocking-locks").outcome())
          .isEqualTo(Outcome.PASSED);
      assertThat(check(impatient().preflight(), "table-sizes").outcome())
          .as("the table that is locked cannot be measured")
          .isEqualTo(Outcome.NOT_ASKED);
      folder.script("01_name.sql", "create table fresh ();");
      assertThat(check(impatient().preflight(), "blocking-locks").outcome())
          .isEqualTo(Outcome.WARNED);
      holder.rollback();
      waiting.get();
    }
  }

  @Test
  void aPreparedTransactionFailsOnATableOfThePlanAndWarnsElsewhere() throws Exception {
    String gid = database.name() + " order";
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "insert into other values (1); prepare transaction '" + gid + "'");
    }
    try {
      CheckResult elsewhere = check(impatient().preflight(), "prepared-transactions");
      assertThat(elsewhere.outcome()).isEqualTo(Outcome.WARNED);
      assertThat(elsewhere.findings().get(0)).contains("'" + gid + "' of " + database.user());
      folder.script("02_other.sql", "alter table other add column b int;");
      CheckResult found = check(impatient().preflight(), "prepared-transactions");
      assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(found.findings().get(0)).endsWith("and has locked public.other");
    } finally {
      database.execute("rollback prepared '" + gid + "'");
    }
  }

  @Test
  void anInvalidIndexIsNamed() {
    database.execute("insert into other values (1), (1)");
    assertThat(catchThrowableOfType(
            IllegalStateException.class,
            () -> database.execute("create unique index concurrently twice on other (a)")))
        .isNotNull();
    CheckResult found = check(folder.engine(database).preflight(), "invalid-indexes");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.findings()).containsExactly("public.twice on other");
    assertThat(found.advice()).contains("DROP INDEX CONCURRENTLY");
  }

  @Test
  void theMigrationLockIsNotFreeWhileSomebodyHoldsIt() throws Exception {
    try (Connection holder = named("deployment 7")) {
      execute(
          holder,
          "select pg_advisory_lock(" + LockKey.of("public.schema_migrations").value() + ")");
      CheckResult found = check(folder.engine(database).preflight(), "advisory-lock");
      assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(found.answer()).contains("deployment 7", "holds it");
    }
  }

  @Test
  void missingPrivilegesComeWithTheirGrants() {
    TestRole role = database.createRole();
    database.execute("revoke create on schema public from public");
    CheckReport report = folder.builder(database.dataSource(role)).build().preflight();
    CheckResult found = check(report, "privileges");
    assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(found.advice())
        .isEqualTo("GRANT CREATE ON SCHEMA \"public\" TO \"" + role.name() + "\";");
    assertThat(check(report, "writable").outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void aReadOnlyDatabaseIsNotWritable() {
    PGSimpleDataSource readOnly = database.dataSource();
    readOnly.setOptions("-c default_transaction_read_only=on");
    CheckReport report = folder.builder(readOnly).build().preflight();
    assertThat(report.failed()).extracting(CheckResult::id).containsExactly("writable");
    assertThat(check(report, "writable").advice()).contains("options");
  }

  @Test
  void aLargeTableOfThePlanIsToldOf() {
    database.execute(
        "insert into person select i, repeat('x', 100) from generate_series(1, 2000) i");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .safeguards(s -> s.preflight(p -> p.largeTable(100_000)))
        .build();
    CheckResult found = check(engine.preflight(), "table-sizes");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.findings())
        .singleElement()
        .satisfies(f -> assertThat(f).startsWith("public.person "));
  }

  @Test
  void connectionsThatBecomeFewAreToldOf() {
    TestRole role = database.createRole("CONNECTION LIMIT 1");
    database.execute("grant create on schema public to " + role.name());
    CheckResult found =
        check(folder.builder(database.dataSource(role)).build().preflight(), "connections");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.findings())
        .containsExactly("1 of 1 that the role " + role.name() + " may have");
    database.execute("drop owned by " + role.name());
  }

  @Test
  void disagreementsAreOneFailedCheckAndTheOthersAreAskedAllTheSame() {
    folder.engine(database).migrate();
    folder.script("01_name.sql", "alter table person add column nick text;");
    CheckReport report = folder.engine(database).preflight();
    assertThat(report.failed()).extracting(CheckResult::id).containsExactly("pending");
    assertThat(check(report, "pending").findings()).singleElement().asString().contains("01 name");
    assertThat(report.results()).hasSize(Checks.ids(Phase.PREFLIGHT).size());
  }

  @Test
  void aSchemaThatSomebodyChangedIsToldOf() {
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .schemaRecording(SchemaRecording.RUNS)
        .build();
    engine.migrate();
    assertThat(check(engine.preflight(), "schema-drift").outcome()).isEqualTo(Outcome.PASSED);
    database.execute("create index by_hand on person (email)");
    CheckResult found = check(engine.preflight(), "schema-drift");
    assertThat(found.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(found.advice()).contains("migrator drift");
  }

  @Test
  void aRunIsRefusedByAFailedCheckAndLeavesNothing() throws Exception {
    try (Connection idle = database.dataSource().getConnection()) {
      idle.setAutoCommit(false);
      execute(idle, "select * from person");
      MigrationException refused = catchThrowableOfType(
          MigrationException.class, () -> impatient(CheckPolicy.REQUIRE, false).migrate());
      assertThat(refused.code()).isEqualTo(FailureCode.PREFLIGHT_FAILED);
      assertThat(refused)
          .hasMessageContaining("long-transactions: 1 long transaction")
          .hasMessageContaining("has locked public.person")
          .hasMessageContaining("nothing was changed");
      assertThat(refused.advice()).contains("pg_terminate_backend", "--force");
      assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
      assertThat(idle.isClosed()).isFalse();
      idle.rollback();
    }
  }

  @Test
  void aPolicyThatWarnsReportsAndGoesOn() throws Exception {
    try (Connection idle = database.dataSource().getConnection()) {
      idle.setAutoCommit(false);
      execute(idle, "select * from other");
      List<MigrationEvent> events = new ArrayList<>();
      folder.script("01_name.sql", "create table fresh (); comment on table other is 'x';");
      MigrationReport report =
          builder(CheckPolicy.WARN, false).listener(events::add).build().migrate();
      assertThat(report.steps()).hasSize(1);
      CheckReport preflight = Objects.requireNonNull(report.safety().preflight());
      assertThat(preflight.failed())
          .extracting(CheckResult::id)
          .containsExactly("long-transactions");
      assertThat(preflight.forced()).isFalse();
      assertThat(check(preflight, "advisory-lock").answer()).isEqualTo("this run holds it");
      assertThat(events)
          .filteredOn(MigrationEvent.Checked.class::isInstance)
          .singleElement()
          .isEqualTo(new MigrationEvent.Checked(report.runId(), preflight));
      assertThat(database.query("select * from migration_history where action = 'preflight'"))
          .isEmpty();
      idle.rollback();
    }
  }

  @Test
  void forcePassesFailedChecksAndIsWrittenToTheHistory() throws Exception {
    try (Connection idle = database.dataSource().getConnection()) {
      idle.setAutoCommit(false);
      execute(idle, "select * from other");
      folder.script("01_name.sql", "comment on table other is 'x';");
      MigrationReport report = impatient(CheckPolicy.REQUIRE, true).migrate();
      assertThat(report.steps()).hasSize(1);
      CheckReport preflight = Objects.requireNonNull(report.safety().preflight());
      assertThat(preflight.forced()).isTrue();
      assertThat(preflight.failed()).hasSize(1);
      assertThat(database.query(
              "select status, run_id::text, error_message, details->>'remark', details->'checks'->>0 from migration_history"
                  + " where action = 'preflight'"))
          .containsExactly(List.of(
              "failed",
              report.runId().toString(),
              "long-transactions: 1 long transaction",
              "forced",
              "long-transactions"));
      idle.rollback();
    }
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void forceDoesNotConfirmProduction() {
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () -> builder(CheckPolicy.REQUIRE, true)
            .environment(dev.migrator.config.Environment.PRODUCTION)
            .confirmProduction(false)
            .build()
            .migrate());
    assertThat(refused.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
  }

  @Test
  void aDisabledCheckIsNotAskedAndAMisspeltOneIsRefused() {
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .safeguards(s -> s.preflight(p -> p.disabled(Set.of("disk-space"))))
        .build();
    assertThat(engine.preflight().results())
        .extracting(CheckResult::id)
        .doesNotContain("disk-space");
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () -> folder
            .builder(database.dataSource())
            .safeguards(s -> s.preflight(p -> p.disabled(Set.of("disc-space")))));
    assertThat(refused.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(refused.advice()).contains("disk-space");
  }

  @Test
  void thresholdsThatMakeNoSenseAreRefused() {
    for (UnaryOperator<Preflight> change : List.<UnaryOperator<Preflight>>of(
        p -> p.timeout(Duration.ZERO),
        p -> p.longTransaction(Duration.ofSeconds(-1)),
        p -> p.connections(0),
        p -> p.connections(101),
        p -> p.largeTable(-1))) {
      MigrationException refused = catchThrowableOfType(
          MigrationException.class,
          () -> MigrationEngine.builder().safeguards(s -> s.preflight(change)));
      assertThat(refused.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    }
  }

  private MigrationEngine impatient() {
    return impatient(database.dataSource());
  }

  private MigrationEngine impatient(PGSimpleDataSource dataSource) {
    return folder
        .builder(dataSource)
        .safeguards(s -> s.preflight(PreflightTest::atOnce))
        .build();
  }

  private MigrationEngine impatient(CheckPolicy policy, boolean force) {
    return builder(policy, force).build();
  }

  private MigrationEngineBuilder builder(CheckPolicy policy, boolean force) {
    return folder
        .builder(database.dataSource())
        .safeguards(s -> s.force(force).preflight(p -> atOnce(p).policy(policy)));
  }

  private static Preflight atOnce(Preflight preflight) {
    return preflight.longTransaction(Duration.ZERO).blocked(Duration.ZERO);
  }

  private Connection named(String application) throws Exception {
    PGSimpleDataSource dataSource = database.dataSource();
    dataSource.setApplicationName(application);
    return dataSource.getConnection();
  }

  private void waitUntilSomebodyWaits() throws InterruptedException {
    while (database
        .value("select count(*) from pg_locks where not granted and waitstart is not null")
        .equals("0")) {
      Thread.sleep(10);
    }
  }

  private static CheckResult check(CheckReport report, String id) {
    return report.results().stream()
        .filter(result -> result.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
