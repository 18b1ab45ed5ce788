package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Connections;
import dev.migrator.config.DryRun;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.Review;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedMigration;
import dev.migrator.testing.PgDump;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A throw-away copy of a schema that scripts do not tell, made by the real pg_dump. */
@PostgresTest
@RequiresPgDump
@Timeout(180)
class PgDumpCopyTest {

  @TempDir
  Path scripts;

  @TempDir
  Path place;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void aDatabaseFromBefore(TestDatabase fresh) {
    database = fresh;
    database.execute("""
        create table customers (id int primary key, name varchar(50) not null);
        insert into customers values (1, 'Ada'), (2, 'Ada');
        """);
    folder = new MigrationFolder(scripts);
  }

  private Connections connections() {
    return Connections.to(database.jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password());
  }

  private ThrowAwayServer server() {
    return ThrowAwayServer.given(connections());
  }

  private MigrationEngineBuilder builder() {
    return folder.builder(database.dataSource()).connections(connections());
  }

  private TraceReport trace() {
    return builder().build().trace(MigrationTarget.latest(), server());
  }

  @Test
  void whatWasThereBeforeABaselineIsCopied() {
    builder().build().baseline("01");
    folder.script("02_wider.sql", "alter table customers alter name type varchar(40);");
    TraceReport report = trace();
    assertThat(report.failure()).isEmpty();
    assertThat(report.state())
        .startsWith(
            "a copy of the schema by pg_dump " + database.serverVersion().major() + ".")
        .contains("what was there before a baseline is not known");
    assertThat(report.notes()).singleElement().asString().contains("neither owners nor privileges");
    TracedMigration traced = report.migrations().get(0);
    assertThat(traced.statements().get(0).rewritten())
        .extracting(Object::toString)
        .anyMatch(relation -> relation.contains("customers"));
    assertThat(database.value("select count(*) from customers")).isEqualTo("2");
    assertThat(database.query(
            "select datname from pg_database where datname like 'migrator\\_scratch%' and datname like '%"
                + database.name() + "%'"))
        .isEmpty();
  }

  @Test
  void aScriptThatIsGoneIsNoReasonNotToTryTheNextOne() {
    folder
        .script("01_a.sql", "create table a (id int);")
        .script("02_b.sql", "create table b (id int);");
    builder().build().migrate();
    folder
        .without("01_a.sql")
        .script("03_c.sql", "alter table a add n int; alter table b add n int;");
    MigrationEngine engine = builder().missing(MissingPolicy.TOLERATE).build();
    TraceReport report = engine.trace(MigrationTarget.latest(), server());
    assertThat(report.failure()).isEmpty();
    assertThat(report.state()).contains("01 a (its script is not there)");
    assertThat(report.migrations())
        .extracting(migration -> migration.migration().id())
        .containsExactly("03");
  }

  @Test
  void aDryRunWithSampleRowsFindsInTheCopyWhatTheRowsBreak() {
    builder().build().baseline("01");
    folder.script("02_unique.sql", "alter table customers add unique (name);");
    MigrationEngine engine = builder().build();
    assertThat(engine.dryRun(MigrationTarget.latest(), DryRun.on(server())).failure())
        .isEmpty();
    DryRunReport report =
        engine.dryRun(MigrationTarget.latest(), DryRun.on(server()).sampleRows(10));
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    assertThat(requireNonNull(report.trace()).state()).startsWith("a copy of the schema");
  }

  @Test
  void aRollbackOfWhatANewerReleaseAppliedIsTriedWithTheDownScriptThatTheDatabaseKeeps() {
    folder
        .script("01_a.sql", "create table a (id int);")
        .script("02_b.sql", "create table b (id int);")
        .script("02_b_rollback.sql", "drop table b; drop table nothing;");
    builder().build().migrate();
    folder.without("02_b.sql").without("02_b_rollback.sql");
    MigrationEngine engine =
        builder().safeguards(s -> s.review(Review.NONE.dryRun(server()))).build();
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> engine.rollback(RollbackTarget.steps(1)));
    assertThat(refused.code()).isEqualTo(FailureCode.DRY_RUN_FAILED);
    assertThat(refused).hasMessageContaining("02 b");
    assertThat(database.value("select to_regclass('b')")).isEqualTo("b");
    database.execute("create table nothing ()");
    engine.rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
  }

  @Test
  void aRollbackBehindAnEditedScriptIsTriedOnWhatWasApplied() {
    folder
        .script("01_a.sql", "create table a (id int);")
        .script("01_a_rollback.sql", "drop table a;");
    builder().build().migrate();
    folder.script("01_a.sql", "create table another (id int);");
    builder()
        .safeguards(s -> s.review(Review.NONE.dryRun(server())))
        .build()
        .rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void theHalfOfAMigrationIsTakenDownOnTheCopyFirst() {
    folder
        .script("01_t.sql", "create table t (a int);")
        .script(
            "02_i.sql",
            "create table half (n int);\ncreate index concurrently i on t (a);\nselect 1 / 0;")
        .script("02_i_rollback.sql", "drop table half; drop table nothing;");
    assertThatThrownBy(() -> builder().build().migrate()).hasMessageContaining("division by zero");
    folder.script("02_i.sql", "create table half (n int, m int);");
    MigrationEngineBuilder careful = builder()
        .partiallyApplied(PartialPolicy.TAKE_DOWN)
        .safeguards(s -> s.review(Review.NONE.dryRun(server())));
    MigrationException refused =
        catchThrowableOfType(MigrationException.class, () -> careful.build().migrate());
    assertThat(refused.code()).isEqualTo(FailureCode.DRY_RUN_FAILED);
    assertThat(refused).hasMessageContaining("02_i_rollback.sql:1:18");
    assertThat(database.value("select to_regclass('half')")).isEqualTo("half");

    folder.script("02_i_rollback.sql", "drop table half; drop index i;");
    DryRunReport tried = careful.build().dryRun(MigrationTarget.latest(), DryRun.on(server()));
    assertThat(requireNonNull(tried.trace()).migrations())
        .extracting(traced -> traced.action() + " " + traced.migration().id())
        .containsExactly("ROLLBACK 02", "APPLY 02");
    assertThat(tried.plan().digest()).isEqualTo(careful.build().plan().digest());
    assertThat(careful.build().migrate().steps()).hasSize(2);
  }

  @Test
  void onAServerOfItsOwnTheCopyHasOwnersPoliciesAndViewsButNoPasswords() {
    TestRole owner = database.createRole();
    database.execute("""
        create table secured (id int);
        alter table secured owner to %1$s;
        create policy own on secured to %1$s using (id > 0);
        create materialized view counted as select count(*) n from secured;
        create foreign data wrapper dummy;
        create server elsewhere foreign data wrapper dummy;
        create user mapping for %1$s server elsewhere options (password 'topsecret');
        create user mapping for public server elsewhere options (password 'topsecret');
        """.formatted(owner.name()));
    builder().build().baseline("01");
    folder.script("02_look.sql", """
        do $$ begin
          assert (select tableowner from pg_tables where tablename = 'secured') = '%1$s', 'owner';
          assert (select roles from pg_policies where tablename = 'secured') = array['%1$s']::name[], 'policy';
          assert (select n from counted) is not null, 'view';
          assert not exists (select from pg_user_mappings), 'passwords';
        end $$;
        """.formatted(owner.name()));
    TraceReport report = builder()
        .build()
        .trace(
            MigrationTarget.latest(),
            ThrowAwayServer.embedded(database.serverVersion().major()));
    assertThat(report.migrations().get(0).failure()).isNull();
    assertThat(report.notes()).isEmpty();
    database.execute("drop owned by " + owner.name() + " cascade");
  }

  @Test
  void passwordsForForeignServersReachNoServerThatOthersUse() {
    database.execute("""
        create foreign data wrapper dummy;
        create server elsewhere foreign data wrapper dummy;
        create user mapping for public server elsewhere options (password 'topsecret');
        """);
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    MigrationException refused = catchThrowableOfType(MigrationException.class, this::trace);
    assertThat(refused.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE);
    assertThat(refused).hasMessageContaining("elsewhere").hasMessageContaining("an embedded one");
  }

  @Test
  void noMaterializedViewIsFilledWhereThatCouldReachElsewhere() {
    Assumptions.assumeThat(
            database.query("select name from pg_available_extensions where name = 'file_fdw'"))
        .as("needs file_fdw")
        .isNotEmpty();
    database.execute("""
        create extension file_fdw;
        create materialized view counted as select count(*) n from customers;
        """);
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    TraceReport report = trace();
    assertThat(report.failure()).isEmpty();
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("No materialized view can be read"));
  }

  @Test
  void rolesThatPoliciesNameAndAServerDoesNotHaveAreNamed() {
    TestRole role = database.createRole();
    database.execute("create policy own on customers to " + role.name() + " using (id > 0)");
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    MigrationEngine engine = builder().build();
    try (ScratchServer other =
        ScratchServer.open(ThrowAwayServer.embedded(database.serverVersion().major()))) {
      Connections elsewhere;
      try (ScratchDatabase empty = other.create()) {
        elsewhere = empty.connections().withDatabase("postgres");
      }
      MigrationException refused = catchThrowableOfType(
          MigrationException.class,
          () -> engine.trace(MigrationTarget.latest(), ThrowAwayServer.given(elsewhere)));
      assertThat(refused.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE);
      assertThat(refused.advice()).contains("CREATE ROLE \"" + role.name() + "\" NOLOGIN;");
    }
    database.execute("drop owned by " + role.name() + " cascade");
  }

  @Test
  void withoutProgramsOrAnAddressItIsRefusedOrThePlanAlone() {
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    MigrationEngine without = builder()
        .safeguards(s -> s.backup(b -> b.programs(place.resolve("nowhere"))))
        .build();
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> without.trace(MigrationTarget.latest(), server()));
    assertThat(refused.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(refused)
        .hasMessageContaining("what was there before a baseline is not known")
        .hasMessageContaining("there is no program pg_dump at")
        .hasMessageContaining("--backup-programs")
        .hasMessageNotContaining("--backup off");
    DryRunReport plan =
        without.dryRun(MigrationTarget.latest(), DryRun.on(server()).orPlan());
    assertThat(plan.trace()).isNull();
    assertThat(plan.notes()).anyMatch(note -> note.startsWith("Nothing was run"));
    assertThat(catchThrowableOfType(
            MigrationException.class,
            () -> folder.engine(database).trace(MigrationTarget.latest(), server())))
        .hasMessageContaining("it needs the address of the database");
  }

  @Test
  void aCopyOfAnotherDatabaseIsNone() {
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    Connections another = Connections.to(database.sibling().jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password());
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () -> builder().connections(another).build().trace(MigrationTarget.latest(), server()));
    assertThat(refused.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(refused).hasMessageContaining("the copy would be one of another");
  }

  @Test
  void olderProgramsThanTheServerAreNotUsed() {
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    Path bin = FakeProgram.in(place.resolve("bin"), "pg_dump", "9.6", "exit 1");
    assertThat(catchThrowableOfType(
            MigrationException.class,
            () -> builder()
                .safeguards(s -> s.backup(b -> b.programs(bin)))
                .build()
                .trace(MigrationTarget.latest(), server())))
        .hasMessageContaining("It cannot read a server that is newer than itself");
  }

  @Test
  void aDumpThatFailsTellsWhy() {
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    programs("echo 'permission denied for table customers' >&2; exit 1");
    MigrationException failure =
        catchThrowableOfType(MigrationException.class, this::tracedByFakes);
    assertThat(failure.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining("permission denied for table customers");
  }

  @Test
  void noCommandLineHasThePassword() throws IOException {
    TestRole role = database.createRole("SUPERUSER");
    database.execute("alter role " + role.name() + " password 'hunter-22-x'");
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    Path said = place.resolve("said");
    Path real = PgDump.of(database.serverVersion()).program();
    Path bin = place.resolve("bin");
    for (String name : List.of("pg_dump", "psql")) {
      FakeProgram.in(
          bin,
          name,
          database.serverVersion().major() + ".0",
          "echo \"$0 $@\" >> " + said + "; exec " + real.resolveSibling(name) + " \"$@\"");
    }
    Connections account =
        Connections.to(database.jdbcUrl()).withUser(role.name()).withPassword("hunter-22-x");
    assertThat(builder()
            .connections(account)
            .safeguards(s -> s.backup(b -> b.programs(bin)))
            .build()
            .trace(MigrationTarget.latest(), server())
            .failure())
        .isEmpty();
    assertThat(Files.readString(said))
        .contains("--schema-only", "--data-only")
        .doesNotContain("hunter", role.name(), database.name());
  }

  @Test
  void theCopyCanBeCancelled() throws Exception {
    builder().build().baseline("01");
    folder.script("02_next.sql", "alter table customers add n int;");
    Path begun = place.resolve("begun");
    Path bin = programs("touch " + begun + "; exec sleep 60");
    MigrationEngine engine =
        builder().safeguards(s -> s.backup(b -> b.programs(bin))).build();
    CompletableFuture<TraceReport> running =
        CompletableFuture.supplyAsync(() -> engine.trace(MigrationTarget.latest(), server()));
    while (!Files.exists(begun)) {
      assertThat(running).isNotDone();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(engine.cancel()).isTrue();
    assertThat(running)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("CANCELLED");
  }

  private Path programs(String dump) {
    Path bin = place.resolve("bin");
    FakeProgram.in(bin, "pg_dump", database.serverVersion().major() + ".0", dump);
    return FakeProgram.in(bin, "psql", database.serverVersion().major() + ".0", "cat > /dev/null");
  }

  private TraceReport tracedByFakes() {
    return builder()
        .safeguards(s -> s.backup(b -> b.programs(place.resolve("bin"))))
        .build()
        .trace(MigrationTarget.latest(), server());
  }
}
