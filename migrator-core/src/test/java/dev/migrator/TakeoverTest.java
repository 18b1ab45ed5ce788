package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.MissingPolicy;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracking tables that an in-house tool has kept are taken over where they stand. */
@PostgresTest
class TakeoverTest {

  /** How such tools define their tables. */
  enum Shape {
    WHOLE("""
        create table schema_migrations (
          version text primary key, name text not null, applied_at timestamptz not null default now(),
          checksum text not null, execution_time_ms integer,
          status text not null default 'pending' check (status in ('pending', 'running', 'completed', 'failed')),
          error_message text, applied_by text default current_user);
        create table migration_history (
          id uuid primary key default gen_random_uuid(), version text not null, action text not null,
          executed_at timestamptz not null default now(), execution_time_ms integer, status text not null,
          error_message text, executed_by text default current_user, environment text);
        create function get_migration_status() returns table (version text, name text, status text)
          language sql as 'select version, name, status from schema_migrations order by version';
        create view migration_status_view as select version, name, status, applied_at from schema_migrations;
        """),
    ALONE_WITH_LENGTHS("""
        create table schema_migrations (
          version varchar(255) primary key, name varchar(255) not null, applied_at timestamptz default current_timestamp,
          checksum varchar(64), execution_time_ms int not null default 0,
          status varchar(20) not null check (status::text = any (array['pending', 'running', 'completed', 'failed'])),
          error_message varchar(100), applied_by varchar(50));
        """),
    WITH_WHAT_BELONGS_TO_IT("""
        create table schema_migrations (
          id serial primary key, version varchar not null unique, name varchar, applied_at timestamptz,
          checksum varchar, execution_time_ms bigint, status varchar, error_message text, applied_by varchar,
          batch int not null default 1, updated_at timestamptz);
        create index schema_migrations_status on schema_migrations (status);
        create function touch() returns trigger language plpgsql as
          'begin new.updated_at := now(); return new; end';
        create trigger touch before update on schema_migrations for each row execute function touch();
        create table migration_history (
          id uuid primary key, version varchar references schema_migrations (version) on delete cascade,
          action varchar(20) not null, executed_at timestamptz not null, execution_time_ms int,
          status varchar(20) not null check (status in ('success', 'failed')), error_message text,
          executed_by varchar not null, environment varchar not null);
        create function get_migration_status() returns table (v text, s text)
          language sql as 'select version, status from schema_migrations';
        create view migration_status_view as select * from get_migration_status();
        """),
    WITHOUT_MUCH("""
        create table schema_migrations (
          version text, name text, applied_at timestamptz, status text, checksum text);
        """),
    WITH_COLUMNS_OF_OUR_NAMES("""
        create table schema_migrations (
          version text primary key, name text, applied_at timestamptz, checksum text, execution_time_ms bigint,
          status text, script text, details jsonb, action text, description text);
        create view migration_status_view as select * from schema_migrations;
        create function get_migration_status() returns setof migration_status_view
          language sql as 'select * from migration_status_view';
        """);

    private final String sql;

    Shape(String sql) {
      this.sql = sql;
    }
  }

  private static final String ROWS = """
      insert into schema_migrations (version, name, applied_at, checksum, status) values
        ('002', 'b', '2024-01-02 00:00Z', 'beef', 'completed'),
        ('001', 'a', '2024-01-01 00:00Z', 'cafe', 'completed'),
        ('004', 'd', '2024-01-04 00:00Z', '', 'failed'),
        ('005', 'e', '2024-01-05 00:00Z', '', 'pending'),
        ('003', 'c', '2024-01-03 00:00Z', 'f00d', 'completed')
      """;

  private static final String EVERYTHING = """
      select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
             pg_get_expr(d.adbin, d.adrelid), obj_description(c.oid)
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
       where c.relnamespace = 'public'::regnamespace
      union all
      select proname, pg_get_functiondef(oid), null, null, null, null from pg_proc where pronamespace = 'public'::regnamespace
       order by 1, 2
      """;

  @TempDir
  Path path;

  private MigrationFolder folder() {
    return new MigrationFolder(path)
        .script("001_a.sql", "create table a ();")
        .script("002_b.sql", "create table b ();")
        .script("003_c.sql", "create table c ();")
        .script("003_c_rollback.sql", "select 3;")
        .script("004_d.sql", "create table d ();")
        .script("004_d_rollback.sql", "drop table d;")
        .script("005_e.sql", "create table e ();")
        .script("005_e_rollback.sql", "drop table e;");
  }

  @ParameterizedTest
  @EnumSource
  void whatAnInHouseToolHasKeptIsReadAsItIsAndTakenOverByTheFirstRun(
      Shape shape, TestDatabase database) {
    database.execute(shape.sql + ";" + ROWS);
    String row = "select to_jsonb(m)::text, xmin::text from schema_migrations m order by 1";
    List<List<String>> rows = database.query(row);
    List<List<String>> objects = database.query(EVERYTHING);
    MigrationEngine engine = folder().engine(database);

    assertThat(engine.status().migrations())
        .extracting(s -> s.migration().id() + " " + s.state() + " " + s.rank())
        .containsExactly(
            "001 APPLIED 1", "002 APPLIED 2", "003 APPLIED 3", "004 FAILED 0", "005 PENDING 0");
    assertThat(engine.plan().steps())
        .extracting(s -> s.migration().id())
        .containsExactly("004", "005");
    assertThat(engine.plan().notes())
        .anyMatch(note -> note.contains("was kept by an in-house tool"))
        .anyMatch(note -> note.contains("algorithm 'unknown'"));
    assertThat(engine.validate().isValid()).isTrue();
    assertThat(engine.planRollback(RollbackTarget.steps(1)).steps()).hasSize(1);
    assertThat(database.query(row)).isEqualTo(rows);
    assertThat(database.query(EVERYTHING)).isEqualTo(objects);

    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("004", "005");
    assertOurs(database);
    assertThat(database.query(
            "select version, version_key, status, checksum_algorithm, applied_rank::text from schema_migrations"
                + " order by applied_rank"))
        .containsExactly(
            List.of("001", "1", "completed", "sha256-lf", "1"),
            List.of("002", "2", "completed", "sha256-lf", "2"),
            List.of("003", "3", "completed", "sha256-lf", "3"),
            List.of("004", "4", "completed", "sha256-lf", "4"),
            List.of("005", "5", "completed", "sha256-lf", "5"));
    assertThat(database.query(
            "select version, action, substring(details ->> 'remark' from 'the tool.*') from migration_history"
                + " where details is not null order by sequence"))
        .containsExactly(
            List.of("001", "repair", "the tool's checksum was cafe)"),
            List.of("002", "repair", "the tool's checksum was beef)"),
            List.of("003", "repair", "the tool's checksum was f00d)"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.status().notes()).isEmpty();
    assertThat(engine.rollback(RollbackTarget.downTo("002")).steps()).hasSize(3);
    assertThat(database.value("select count(*) from migration_history where action = 'rollback'"))
        .isEqualTo("3");
    folder().script("001_a.sql", "create table a (edited int);");
    assertThatThrownBy(engine::migrate).hasMessageContaining("was edited after it was applied");
  }

  /** Its tables have every column that a new database gets, NULL where it may be NULL there; more is theirs. */
  private void assertOurs(TestDatabase database) {
    TestDatabase fresh = database.sibling();
    folder().engine(fresh).migrate();
    String columns = """
        select c.relname, a.attname,
               case format_type(a.atttypid, null) when 'integer' then 'bigint' when 'character varying' then 'text'
                    else format_type(a.atttypid, null) end
          from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
         where c.relnamespace = 'public'::regnamespace and c.relname ~ 'migration' and c.relkind in ('r', 'v')
        """;
    assertThat(database.query(columns)).containsAll(fresh.query(columns));
    String optional = columns
        + " and not a.attnotnull and a.atttypmod < 0 and not (a.atthasdef and a.attname = 'applied_at')";
    assertThat(database.query(optional)).containsAll(fresh.query(optional));
    assertThat(database.value("select obj_description('schema_migrations'::regclass, 'pg_class')"))
        .isEqualTo("migrator 1.0");
    assertThat(database.query(
            "select version, name, status, applied_at, execution_time_ms, applied_by,"
                + " error_message, checksum, script from get_migration_status()"))
        .hasSize(5);
    assertThat(database.query("select * from migration_status_view")).hasSize(5);
  }

  @Test
  void whatThatToolLeftRunningStopsARunUntilSomebodyHasLooked(TestDatabase database) {
    database.execute(Shape.WHOLE.sql + ROWS.replace("'failed'", "'running'"));
    MigrationEngine engine = folder().engine(database);
    assertThat(engine.status().migrations())
        .filteredOn(s -> s.state() == MigrationState.PARTIALLY_APPLIED)
        .extracting(s -> s.migration().id())
        .containsExactly("004");
    assertThatThrownBy(engine::migrate).hasMessageContaining("stopped half-way");
    assertThat(database.value("select obj_description('schema_migrations'::regclass, 'pg_class')"))
        .isEqualTo("NULL");
    assertThat(engine.repair().migrations()).extracting(m -> m.id()).containsExactly("004");
    assertThat(database.query("select version, action from migration_history order by sequence"))
        .containsExactly(
            List.of("001", "repair"),
            List.of("002", "repair"),
            List.of("003", "repair"),
            List.of("004", "repair"));
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("004", "005");
  }

  @Test
  void everythingThatWritesTakesItOverFirst(TestDatabase database) {
    database.execute(Shape.WHOLE.sql + ROWS);
    assertThat(folder().engine(database).rollback(RollbackTarget.steps(1)).migrations())
        .extracting(m -> m.id())
        .containsExactly("003");
    assertThat(database.query("select version from schema_migrations where status = 'completed'"))
        .hasSize(2);

    TestDatabase again = database.sibling();
    again.execute("create table a ();" + Shape.ALONE_WITH_LENGTHS.sql + ";" + ROWS);
    folder().script("001_a.sql", "drop table a;");
    assertThat(folder()
            .script("001_a.sql", "drop table a;")
            .engine(again)
            .reapply("1")
            .steps())
        .hasSize(1);
    assertThat(again.value("select count(*) from migration_history where action = 'repair'"))
        .isEqualTo("3");

    TestDatabase empty = database.sibling();
    empty.execute(Shape.ALONE_WITH_LENGTHS.sql);
    folder().engine(empty).baseline("003");
    assertThat(folder().engine(empty).migrate().migrations())
        .extracting(m -> m.id())
        .containsExactly("004", "005");
  }

  @Test
  void aRunThatHasNothingToDoLeavesItAsItIs(TestDatabase database) {
    database.execute(Shape.WHOLE.sql + ROWS);
    MigrationEngine engine = folder()
        .without("004_d.sql")
        .without("005_e.sql")
        .without("004_d_rollback.sql")
        .without("005_e_rollback.sql")
        .engine(database);
    List<List<String>> objects = database.query(EVERYTHING);
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query(EVERYTHING)).isEqualTo(objects);
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void namesThatAreFileNamesAreTheScripts(TestDatabase database) {
    database.execute(Shape.WITHOUT_MUCH.sql + """
        insert into schema_migrations values ('001', '001_a.sql', now(), 'completed'), ('002', '002_b', now(), 'completed'),
          ('2.5', '2.5-gone away.sql', now(), 'completed'), ('003', 'db/003_c.up.sql', now(), 'completed')
        """);
    MigrationEngine engine =
        folder().builder(database.dataSource()).missing(MissingPolicy.TOLERATE).build();
    assertThat(engine.migrate().migrations()).hasSize(2);
    assertThat(database.query(
            "select version, name, script from schema_migrations order by applied_rank limit 4"))
        .containsExactly(
            List.of("001", "a", "001_a.sql"),
            List.of("002", "b", "002_b.sql"),
            List.of("2.5", "2.5-gone away.sql", "2.5-gone away.sql"),
            List.of("003", "c", "003_c.sql"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter table schema_migrations alter applied_at type timestamp | applied_at of \"public\".\"schema_migrations\" is timestamp without time zone | USING \"applied_at\" AT TIME ZONE 'UTC'",
        "alter table migration_history alter executed_at type timestamp | executed_at of \"public\".\"migration_history\" is timestamp without | AT TIME ZONE",
        "alter table schema_migrations add tenant int not null | column tenant of | is NOT NULL and has no default",
        "alter table migration_history add host text not null | column host of | is NOT NULL and has no default",
        "alter table schema_migrations alter status drop default, drop constraint schema_migrations_status_check, add constraint three check (status in ('running', 'completed', 'failed')) | constraint \"three\" | refuses the status 'pending': CHECK",
        "alter table schema_migrations add constraint slow check (execution_time_ms > 0) | constraint \"slow\" | refuses the status 'completed'",
        "alter table migration_history add check (action in ('apply', 'rollback')) | \"migration_history_action_check\" | refuses the action 'baseline' with the status 'success'",
        "alter table migration_history add check (action in ('apply', 'rollback', 'baseline', 'repair', 'backup')) | \"migration_history_action_check\" | refuses the action 'preflight' with the status 'failed': CHECK",
        "alter table migration_history add check (action in ('apply', 'rollback', 'baseline', 'repair', 'preflight')) | \"migration_history_action_check\" | refuses the action 'backup' with the status 'success': CHECK",
        "alter table schema_migrations add transactional text | column transactional of | is text, not boolean",
        "alter table migration_history rename action to what | has no column action | Rename it",
        "alter table migration_history add constraint once unique (version, action) | the constraint once of | ALTER TABLE \"public\".\"migration_history\" DROP CONSTRAINT once",
        "create unique index on migration_history (version) where status = 'success' | the unique index migration_history_version_idx of | DROP INDEX public.migration_history_version_idx",
        "insert into schema_migrations values ('01_users', 'users', now(), '', 0, 'completed') | version '01_users' | has no version that can be read",
        "insert into schema_migrations values ('V1', 'users', now(), '', 0, 'pending') | version 'V1' | has no version that can be read",
        "insert into schema_migrations values ('1', 'users', now(), '', 0, 'completed'), ('01', 'users', now(), '', 0, 'completed') | '1' and '01' | are of one version",
        "alter table schema_migrations drop constraint schema_migrations_status_check; insert into schema_migrations values ('9', 'z', now(), '', 0, 'rolled_back') | version '9' | has the status 'rolled_back'",
      })
  void whatStandsInTheWayIsNamedBeforeAnythingIsAltered(
      String change, String first, String second, TestDatabase database) {
    database.execute("drop view if exists migration_status_view;" + Shape.WHOLE.sql
        + "drop view migration_status_view;" + change);
    List<List<String>> objects = database.query(EVERYTHING);
    MigrationEngine engine = folder().engine(database);
    assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(FailureCode.TRACKING_TABLE_UNUSABLE);
      assertThat(e.getMessage()).contains(first, second, "nothing was changed");
    });
    assertThatThrownBy(engine::plan).hasMessageContaining(first);
    assertThat(database.query(EVERYTHING)).isEqualTo(objects);
  }

  @Test
  void everythingThatStandsInTheWayIsListedAtOnce(TestDatabase database) {
    database.execute(
        "create table schema_migrations (version text, name text, applied_at timestamp, status text,"
            + " checksum bytea, tenant int not null)");
    assertThatThrownBy(() -> folder().engine(database).migrate())
        .hasMessageContaining("column applied_at")
        .hasMessageContaining("column checksum")
        .hasMessageContaining("column tenant");
  }

  @Test
  void aViewThatDependsOnWhatChangesStopsTheTakeoverWhole(TestDatabase database) {
    database.execute(Shape.ALONE_WITH_LENGTHS.sql + ";" + ROWS
        + "; create view report as select name from schema_migrations");
    List<List<String>> objects = database.query(EVERYTHING);
    assertThatThrownBy(() -> folder().engine(database).migrate())
        .hasMessageContaining("could not be taken over")
        .hasMessageContaining("view report")
        .hasMessageContaining("drop what depends on it");
    assertThat(database.query(EVERYTHING)).isEqualTo(objects);
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no action", "cascade", "set null"})
  void aHistoryThatHangsOnTheTrackingTableIsLetGoAndKeepsItsRows(
      String onDelete, TestDatabase database) {
    database.execute(Shape.WHOLE.sql + ROWS + """
        ; alter table migration_history alter version drop not null, add unique (version, executed_at),
            add constraint "Known" foreign key (version) references schema_migrations on delete %s;
        insert into migration_history (version, action, status) values ('003', 'apply', 'success')
        """.formatted(onDelete));
    MigrationEngine engine = folder().engine(database);
    assertThat(engine.plan().notes())
        .anyMatch(note -> note.contains("drops the foreign keys of the history to it (\"Known\")"));
    engine.rollback(RollbackTarget.steps(1));
    assertThat(
            database.query(
                "select action, status from migration_history where version = '003' order by executed_at"))
        .containsExactly(
            List.of("apply", "success"),
            List.of("repair", "success"),
            List.of("rollback", "success"));
    assertThat(database.query("select from schema_migrations where version = '003'"))
        .isEmpty();
  }

  @Test
  void whoMayReadTheStatusMayStillReadIt(TestDatabase database) {
    TestRole reader = database.createRole();
    database.execute(Shape.WHOLE.sql + ROWS
        + "; grant select on schema_migrations to " + reader.name()
        + "; grant select on migration_status_view to " + reader.name() + " with grant option"
        + "; revoke execute on function get_migration_status() from public");
    folder().engine(database).migrate();
    assertThat(database.value("select has_table_privilege('" + reader.name()
            + "', 'migration_status_view', 'select with grant option')"))
        .isEqualTo("t");
    assertThat(database.value("select has_function_privilege('" + reader.name()
            + "', 'get_migration_status()', 'execute')"))
        .isEqualTo("f");
    assertThat(database.value(
            "select has_table_privilege('" + reader.name() + "', 'migration_script', 'select')"))
        .isEqualTo("f");
    database.execute("drop owned by " + reader.name());
  }

  @Test
  void aRoleThatDoesNotOwnTheTablesIsToldSo(TestDatabase database) {
    database.execute(Shape.WHOLE.sql + ROWS);
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name()
        + "; grant all on all tables in schema public to " + role.name());
    assertThatThrownBy(() -> folder().builder(database.dataSource(role)).build().migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.TRACKING_TABLE_UNUSABLE);
          assertThat(e.getMessage()).contains("must be owner of", "run once as the owner");
        });
    database.execute("drop owned by " + role.name());
  }
}
