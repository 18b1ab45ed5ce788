package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Environment;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was there before the run is known again under every name that the run gives it. */
@PostgresTest
class LintGateNamesTest {

  private static final String USERS = "create schema shop; create table shop.items (id int);"
      + " create table users (id bigint primary key, name text); insert into users values (1, 'Ada');";

  @TempDir
  Path path;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table users rename to users_old; drop table users_old;",
        "alter table users rename to a; alter table a rename to b; drop table public.b;",
        "alter table users rename to users_old; create table users (id int); drop table users_old;",
        "alter table users rename column name to old_name; alter table users drop column old_name;",
        "alter table users rename to people; alter table people drop column name;",
        "alter table users rename column name to n; alter table users rename to people; alter table people drop column n;",
        "alter table users add column x int; alter table users rename column x to y;"
            + " alter table users rename column name to x; alter table users drop column x;",
        "alter table users set schema shop; drop table shop.users;",
        "alter table users set schema shop; delete from shop.users;",
        "alter schema shop rename to store; drop table store.items;",
        "alter table shop.items rename to old; alter schema shop rename to store; drop table store.old;",
        "alter schema shop rename to store; drop schema store cascade;",
        "create table if not exists users (id int); drop table users;",
        "create table if not exists users (id int); alter table users rename to u; drop table u;",
        "create table if not exists users (id int); truncate users;",
        "create table if not exists users (id int); alter table users drop column name;",
        "alter table users add column if not exists name text; alter table users drop column name;",
        "alter table users add column if not exists name text; update users set name = 'x';",
        "create schema if not exists shop; drop schema shop cascade;"
      })
  void whatHasAnotherNameByThenIsNotDestroyedInProduction(String sql, TestDatabase database) {
    database.execute(USERS);
    MigrationFolder folder = new MigrationFolder(path).script("01_less.sql", sql);
    assertBlocked(production(folder, database));
  }

  @ParameterizedTest
  @CsvSource({"app", "'\"$user\", app, public'"})
  void aTableOfTheSessionsSchemaIsNotTheOneOfAnother(String searchPath, TestDatabase database) {
    database.execute(USERS + "create schema app;");
    database.execute("alter database " + database.value("select current_database()")
        + " set search_path to " + searchPath);
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_less.sql",
            "create table users as select * from public.users; drop table public.users;");
    assertBlocked(production(folder, database));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table fresh (id int); alter table fresh rename to f; drop table f;",
        "create table fresh (id int); alter table fresh set schema shop; drop table shop.fresh;",
        "create table if not exists fresh (id int); drop table fresh;",
        "alter table users add column if not exists x int; update users set x = 1; alter table users drop column x;",
        "alter table users add column x int; alter table users rename to people; alter table people drop column x;",
        "alter table users add column x int; alter table users rename column x to y; alter table users drop column y;",
        "create schema if not exists other; drop schema other;",
        "alter table users rename to kept; create table users (id int); drop table users;",
        "drop extension if exists hstore;"
      })
  void whatTheRunItselfHasMadeMayGo(String sql, TestDatabase database) {
    database.execute(USERS);
    MigrationFolder folder = new MigrationFolder(path).script("01_less.sql", sql);
    assertThat(production(folder, database).migrate().steps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "create table if not exists users (id int),drop table users",
    "alter table users add column if not exists name text,alter table users drop column name",
    "alter table users rename to people,alter table people drop column name"
  })
  void aRollbackDoesNotTakeAwayWhatItsScriptMayHaveFound(
      String up, String down, TestDatabase database) {
    database.execute(USERS);
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_users.sql", up + ";")
        .script("01_users_rollback.sql", down + ";");
    MigrationEngine engine = production(folder, database);
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.steps(1)))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED));
  }

  private static void assertBlocked(MigrationEngine engine) {
    assertThatThrownBy(engine::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED));
  }

  private static MigrationEngine production(MigrationFolder folder, TestDatabase database) {
    return folder
        .builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .confirmProduction(true)
        .build();
  }
}
