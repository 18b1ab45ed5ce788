package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.RollbackTarget;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the server would refuse half-way is refused before any lock or write, all of it at once. */
@PostgresTest
class RefusedFirstTest {

  @TempDir
  Path path;

  private MigrationFolder folder = new MigrationFolder(Path.of("."));

  @BeforeEach
  void scripts() {
    folder = new MigrationFolder(path)
        .script("01_a.sql", "create schema if not exists mine; create table mine.a ();")
        .script("01_a_rollback.sql", "drop table mine.a;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter role R set default_transaction_read_only = on | ALTER ROLE \"R\" RESET",
        "alter database D set default_transaction_read_only = on | ALTER DATABASE \"D\" RESET",
        "alter role R in database D set default_transaction_read_only = on | ALTER ROLE \"R\" IN DATABASE \"D\" RESET"
      })
  void readOnlyIsToldWithWhatUndoesIt(String setting, String remedy, TestDatabase database) {
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name());
    database.execute(named(setting, role, database));
    MigrationException refusal =
        refused(() -> folder.builder(database.dataSource(role)).build().migrate());
    assertThat(refusal.code()).isEqualTo(FailureCode.NOT_WRITABLE);
    assertThat(refusal.advice()).startsWith(named(remedy, role, database));
    assertThat(refusal).hasMessageContaining("nothing was changed");
    assertNothingHappened(database, "public");
  }

  @Test
  void aConnectionThatIsReadOnlyByItsOptionsIsToldSo(TestDatabase database) {
    PGSimpleDataSource readOnly = database.dataSource();
    readOnly.setOptions("-c default_transaction_read_only=on");
    MigrationException refusal = refused(() -> folder.builder(readOnly).build().migrate());
    assertThat(refusal.code()).isEqualTo(FailureCode.NOT_WRITABLE);
    assertThat(refusal.advice()).contains("options");
  }

  @Test
  void whatIsReadOnlyMayBeReadAndFindsNothingToDo(TestDatabase database) {
    folder.engine(database).migrate();
    PGSimpleDataSource readOnly = database.dataSource();
    readOnly.setOptions("-c default_transaction_read_only=on");
    MigrationEngine engine = folder.builder(readOnly).build();
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.status().migrations()).hasSize(1);
    assertThat(engine.validate().isValid()).isTrue();
    assertThat(engine.plan().steps()).isEmpty();
    for (ThrowingCallable operation : new ThrowingCallable[] {
      () -> engine.rollback(RollbackTarget.all()),
      () -> engine.baseline("01"),
      engine::repair,
      () -> engine.reapply("01")
    }) {
      assertThat(refused(operation).code()).isEqualTo(FailureCode.NOT_WRITABLE);
    }
  }

  @Test
  void aRefusalDoesNotWaitForTheLock(TestDatabase database) throws Exception {
    TestRole role = database.createRole();
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      statement.execute(
          "select pg_advisory_lock(" + LockKey.of("public.schema_migrations").value() + ")");
      database.execute("revoke create on schema public from public");
      MigrationException refusal = refused(() -> folder
          .builder(database.dataSource(role))
          .lockWait(Duration.ofSeconds(30))
          .build()
          .migrate());
      assertThat(refusal.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);
      assertThat(refusal.advice())
          .isEqualTo("GRANT CREATE ON SCHEMA \"public\" TO \"" + role.name() + "\";");
    }
  }

  @Test
  void everythingThatIsMissingIsToldAtOnce(TestDatabase database) {
    folder.engine(database).migrate();
    folder.script("02_b.sql", "select 1;");
    TestRole role = database.createRole();
    database.execute("revoke usage on schema public from public");
    database.execute(
        "alter role " + role.name() + " set default_transaction_read_only = on; grant select on"
            + " schema_migrations to " + role.name());
    MigrationEngine engine =
        folder.builder(database.dataSource(role)).trackingSchema("public").build();
    MigrationException refusal = refused(engine::migrate);
    assertThat(refusal.code()).isEqualTo(FailureCode.NOT_WRITABLE);
    String to = " TO \"" + role.name() + "\";";
    assertThat(refusal.advice().lines())
        .containsExactly(
            "ALTER ROLE \"" + role.name() + "\" RESET default_transaction_read_only;",
            "GRANT USAGE ON SCHEMA \"public\"" + to,
            "GRANT INSERT, UPDATE, DELETE ON \"public\".\"schema_migrations\"" + to,
            "GRANT SELECT, INSERT ON \"public\".\"migration_history\"" + to,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \"public\".\"migration_script\"" + to,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON \"public\".\"migration_journal\"" + to);
    assertThat(refused(() -> engine.rollback(RollbackTarget.all())).advice())
        .isEqualTo(refusal.advice());
    database.execute("drop owned by " + role.name());
  }

  @Test
  void whatTheAdviceSaysIsEnoughForEveryOperation(TestDatabase database) {
    folder.engine(database).migrate();
    folder
        .script("02_b.sql", "select 1;")
        .script("02_b_rollback.sql", "select 1;")
        .script("03_c.sql", "-- migrator: transaction=off\ncreate temp table t (); vacuum;")
        .script("03_c_rollback.sql", "select 1;");
    TestRole role = database.createRole();
    MigrationEngine engine = folder.builder(database.dataSource(role)).build();
    MigrationException refusal = refused(engine::migrate);
    assertThat(refusal.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);
    assertThat(refusal.sqlState()).contains("42501");
    database.execute(refusal.advice());
    assertThat(engine.migrate().steps()).hasSize(2);
    assertThat(engine.reapply("02").steps()).hasSize(1);
    assertThat(engine.rollback(RollbackTarget.downTo("01")).steps()).hasSize(2);
    assertThat(engine.repair().steps()).isEmpty();
    database.execute("drop owned by " + role.name());
  }

  @Test
  void aMemberOfTheOwnerThatInheritsNothingIsToldToBecomeIt(TestDatabase database) {
    TestRole group = database.createRole();
    TestRole member = database.createRole("NOINHERIT");
    database.execute(
        "grant create on schema public to " + group.name() + "; grant create on database "
            + database.name() + " to " + group.name() + "; grant " + group.name() + " to "
            + member.name());
    PGSimpleDataSource asGroup = database.dataSource(member);
    asGroup.setOptions("-c role=" + group.name());
    folder.builder(asGroup).build().migrate();
    folder.script("02_b.sql", "select 1;");
    MigrationException refusal =
        refused(() -> folder.builder(database.dataSource(member)).build().migrate());
    assertThat(refusal.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);
    assertThat(refusal.advice()).contains("SET ROLE \"" + group.name() + "\"");
    assertThat(folder.builder(asGroup).build().migrate().steps()).hasSize(1);
    database.execute("drop owned by " + group.name() + " cascade");
  }

  @Test
  void aMemberThatInheritsNeedsNoGrantOfItsOwn(TestDatabase database) {
    folder.engine(database).migrate();
    folder.script("02_b.sql", "select 1;");
    TestRole group = database.createRole();
    TestRole member = database.createRole("INHERIT");
    for (String table : new String[] {
      "schema_migrations", "migration_history", "migration_script", "migration_journal"
    }) {
      database.execute("alter table " + table + " owner to " + group.name());
    }
    database.execute("grant " + group.name() + " to " + member.name());
    assertThat(folder.builder(database.dataSource(member)).build().migrate().steps())
        .hasSize(1);
    database.execute("drop owned by " + group.name() + " cascade");
  }

  @Test
  void aSchemaOfSomebodyElseIsNamedWithItsGrant(TestDatabase database) {
    TestRole owner = database.createRole();
    TestRole tenant = database.createRole();
    database.execute("create schema \"Tenant 1\" authorization " + owner.name());
    MigrationException refusal = refused(() -> folder
        .builder(database.dataSource(tenant))
        .trackingSchema("Tenant 1")
        .build()
        .migrate());
    assertThat(refusal.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING);
    assertThat(refusal.advice())
        .isEqualTo("GRANT USAGE, CREATE ON SCHEMA \"Tenant 1\" TO \"" + tenant.name() + "\";");
    database.execute("drop schema \"Tenant 1\"");
  }

  @Test
  void aSchemaThatIsToBeCreatedNeedsThePrivilegeOnTheDatabase(TestDatabase database) {
    TestRole role = database.createRole();
    MigrationEngine engine = folder
        .builder(database.dataSource(role))
        .trackingSchema("book")
        .createTrackingSchema(true)
        .build();
    MigrationException refusal = refused(engine::migrate);
    assertThat(refusal.advice())
        .isEqualTo(
            "GRANT CREATE ON DATABASE \"" + database.name() + "\" TO \"" + role.name() + "\";");
    database.execute(refusal.advice());
    assertThat(engine.migrate().steps()).hasSize(1);
    database.execute("drop owned by " + role.name() + " cascade");
  }

  @Test
  void namesThatAreTakenAreToldTogether(TestDatabase database) {
    database.execute(
        "create table migration_history (); create view migration_status_view as select 1");
    MigrationException refusal = refused(() -> folder.engine(database).migrate());
    assertThat(refusal.code()).isEqualTo(FailureCode.FOREIGN_TABLE);
    assertThat(refusal)
        .hasMessageContaining("public.migration_history belongs to somebody else")
        .hasMessageContaining("public.migration_status_view belongs to somebody else");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  private static MigrationException refused(ThrowingCallable operation) {
    MigrationException refusal = catchThrowableOfType(MigrationException.class, operation);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  private static String named(String text, TestRole role, TestDatabase database) {
    return text.replaceAll("\\bR\\b", role.name()).replaceAll("\\bD\\b", database.name());
  }

  private static void assertNothingHappened(TestDatabase database, String schema) {
    assertThat(database.value(
            "select count(*) from pg_class where relnamespace = ?::regnamespace", schema))
        .isEqualTo("0");
    assertThat(database.advisoryLocks()).isEmpty();
  }
}
