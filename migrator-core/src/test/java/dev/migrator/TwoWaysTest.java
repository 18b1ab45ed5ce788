package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipelined, stepwise, and through a connection that hides its driver: one executor, one outcome. */
@PostgresTest
class TwoWaysTest {

  enum Way {
    PIPELINED,
    STEPWISE,
    HIDDEN_DRIVER;

    MigrationEngine engine(MigrationFolder folder, TestDatabase database) {
      DataSource dataSource = database.dataSource();
      return folder
          .builder(this == HIDDEN_DRIVER ? hiding(dataSource) : dataSource)
          .stepwise(this == STEPWISE)
          .build();
    }

    static DataSource hiding(DataSource real) {
      return proxy(DataSource.class, real);
    }

    private static <T> T proxy(Class<T> type, T real) {
      return type.cast(Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getName().equals("isWrapperFor")) {
              return false;
            }
            try {
              Object result = method.invoke(real, arguments);
              return result instanceof Connection connection
                  ? proxy(Connection.class, connection)
                  : result;
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          }));
    }
  }

  @TempDir
  Path path;

  @ParameterizedTest
  @EnumSource(Way.class)
  void theOutcomeIsTheSame(Way way, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_t.sql",
            "create table t (id int generated always as identity, v text, at timestamptz default now());\n"
                + "insert into t (v) values ('a;b'), (E'c\\'d'), ($$e$$); select * from t;\n"
                + "create function f() returns int language sql begin atomic select 1; select 2; end;\n"
                + "do $x$ begin raise notice 'hello from %', 'do'; end $x$;")
        .script("01_t_rollback.sql", "drop function f(); drop table t;")
        .script("02_own.sql", "begin;\ninsert into t (v) values ('framed');\ncommit;")
        .script("02_own_rollback.sql", "delete from t where v = 'framed';")
        .script(
            "03_i.sql",
            "create index concurrently t_v on t (v);\ninsert into t (v) values ('after');")
        .script(
            "03_i_rollback.sql", "drop index concurrently t_v; delete from t where v = 'after'");
    MigrationEngine engine = way.engine(folder, database);

    MigrationReport report = engine.migrate();

    assertThat(report.steps())
        .extracting(s -> s.statements() + " " + s.transactional())
        .containsExactly("5 true", "1 true", "2 false");
    assertThat(report.steps().get(0).notices()).containsExactly("NOTICE: hello from do");
    assertThat(database.query("select v from t order by id"))
        .containsExactly(
            List.of("a;b"), List.of("c'd"), List.of("e"), List.of("framed"), List.of("after"));
    assertThat(database.value("select indisvalid from pg_index where indexrelid = 't_v'::regclass"))
        .isEqualTo("t");
    assertThat(
            database.query(
                "select version, name, status, kind, script, transactional, applied_rank, applied_by, action,"
                    + " applied_at between now() - interval '1 minute' and now(), execution_time_ms between 0 and 60000,"
                    + " checksum ~ '^[0-9a-f]{64}$', checksum_algorithm from schema_migrations order by applied_rank"))
        .containsExactly(
            row("01 t completed versioned 01_t.sql t 1 tester apply t t t sha256-lf"),
            row("02 own completed versioned 02_own.sql t 2 tester apply t t t sha256-lf"),
            row("03 i completed versioned 03_i.sql f 3 tester apply t t t sha256-lf"));
    assertThat(database.query(
            "select version, action, status, executed_by, environment, count(*) over (partition by run_id)"
                + " from migration_history order by sequence"))
        .containsExactly(
            row("01 apply success tester test 3"),
            row("02 apply success tester test 3"),
            row("03 apply success tester test 3"));
    assertThat(database.query("select version, script from migration_script order by version"))
        .containsExactly(
            row("01 01_t_rollback.sql"),
            row("02 02_own_rollback.sql"),
            row("03 03_i_rollback.sql"));
    assertThat(
            database.value("select count(*) from migration_journal where finished_at is not null"))
        .isEqualTo("2");

    engine.rollback(RollbackTarget.all());
    assertThat(database.value("select count(*) from pg_class where relname in ('t', 't_v')"))
        .isEqualTo("0");
    assertThat(database.value(
            "select (select count(*) from schema_migrations) + (select count(*) from migration_script)"
                + " + (select count(*) from migration_journal)"))
        .isEqualTo("0");
    assertThat(engine.migrate().steps()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailureIsToldInTheSameWords(Way way, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (id int primary key);")
        .script(
            "02_bad.sql",
            "insert into t values (1);\nselect 1; select 2;\n\ninsert into t values (2),\n  (1);\ninsert into t values (3);");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> way.engine(folder, database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure.getMessage()).isEqualTo("""
        [MIGRATION_FAILED] 02_bad.sql:4:1: 02 bad failed: duplicate key value violates unique constraint "t_pkey"
          insert into t values (2),
          ^
          SQLSTATE: 23505
          DETAIL: Key (id)=(1) already exists.
          Already done: 02 bad left nothing behind. This run completed before it, and that stays: 01 t.
          Next: correct the script and run again.""");
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
    assertThat(
            database.query(
                "select status, transactional, error_message from schema_migrations where status = 'failed'"))
        .containsExactly(
            List.of(
                "failed",
                "t",
                "02_bad.sql:4:1: 02 bad failed: duplicate key value violates unique constraint \"t_pkey\" (SQLSTATE 23505)"));
    assertThat(database.query(
            "select version, action, status from migration_history order by sequence"))
        .containsExactly(row("01 apply success"), row("02 apply failed"));

    folder.script("02_bad.sql", "insert into t values (1);");
    way.engine(folder, database).migrate();
    assertThat(
            database.query(
                "select version, status, coalesce(error_message, '-') from schema_migrations order by version"))
        .containsExactly(row("01 completed -"), row("02 completed -"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"PIPELINED", "STEPWISE"})
  void copyDataGoThroughTheDriver(Way way, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_t.sql",
            "create table t (id int, v text);\ncopy t (id, v) from stdin;\n1\ta;b\n2\t\\N\n\\.\n"
                + "insert into t values (3, 'c');\nCOPY t FROM STDIN WITH (FORMAT csv);\n4,\"x\ny\"\n\\.\n")
        .script("02_bad.sql", "copy t from stdin;\nx\ty\n\\.\n");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> way.engine(folder, database).migrate());
    assertThat(failure.getMessage())
        .contains(
            "02_bad.sql:2:1",
            "invalid input syntax for type integer: \"x\"",
            "COPY t, line 1, column id");
    assertThat(database.query("select id, v from t order by id"))
        .containsExactly(
            List.of("1", "a;b"), List.of("2", "NULL"), List.of("3", "c"), List.of("4", "x\ny"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void anErrorAtCommitIsAFailureToo(Way way, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_t.sql",
            "create table p (id int primary key); create table c (p int references p deferrable initially deferred);"
                + " insert into c values (1);");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> way.engine(folder, database).migrate());
    assertThat(failure.getMessage())
        .contains("01 t failed at COMMIT", "23503", "left nothing behind");
    assertThat(database.value("select to_regclass('p')")).isEqualTo("NULL");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aLargeScriptAndLargeResultsDoNotBlockEachOther(Way way, TestDatabase database) {
    StringBuilder sql = new StringBuilder("create table t (v text);\n");
    for (int i = 0; i < 60; i++) {
      sql.append("insert into t values ('")
          .append(String.valueOf((char) ('a' + i % 26)).repeat(50_000))
          .append("');\n");
      sql.append("select repeat(v, 4) from t;\n");
    }
    new MigrationFolder(path).script("01_t.sql", sql.toString());
    way.engine(new MigrationFolder(path), database).migrate();
    assertThat(database.value("select count(*) from t")).isEqualTo("60");
  }

  private static List<String> row(String text) {
    return List.of(text.split(" "));
  }
}
