package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.TransactionMode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class TransactionDirectiveTest {

  @TempDir
  private Path path;

  @Test
  void codeThatCommitsRunsByItselfWhereTheAuthorAsksForNoTransaction(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table t (a int);\n"
                + "create procedure batch() language plpgsql as $$\n"
                + "begin for i in 1..3 loop insert into t values (i); commit; end loop; end $$;")
        .script(
            "02_b.sql", "-- migrator: transaction=off\ncall batch();\ndo $$ begin commit; end $$;")
        .engine(database)
        .migrate();
    assertThat(database.value("select count(*) from t")).isEqualTo("3");
  }

  @Test
  void aPartitionedTableIsReindexedWithoutATransaction(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table p (a int primary key) partition by range (a); create table p1 partition of p for values from (0) to (9);")
        .script("02_b.sql", "-- migrator: transaction=off\nreindex table p;")
        .engine(database)
        .migrate();
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("2");
  }

  @Test
  void theTimeoutsOfAScriptAreItsOwnWhereAllShareOneTransaction(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "-- migrator: lock-timeout=5s statement-timeout=7s\n"
                + "create table a as select current_setting('lock_timeout') l, current_setting('statement_timeout') s;")
        .script(
            "02_b.sql",
            "create table b as select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') v;")
        .builder(database.dataSource())
        .transactionMode(TransactionMode.SINGLE)
        .build()
        .migrate();
    assertThat(database.value("select l || ' ' || s from a")).isEqualTo("5s 7s");
    assertThat(database.value("select v from b")).isEqualTo("3s 0");
  }

  @Test
  void anErrorInOneOfTwoFunctionsOfOneNameIsNotShownInTheOther(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create function pay(a int) returns void language plpgsql as $$\nbegin\n  raise exception 'no';\nend $$;\n"
                + "create function pay(a text) returns void language plpgsql as $$\nbegin\n  perform 2;\nend $$;\n"
                + "select pay(1);");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> new MigrationFolder(path).engine(database).migrate());
    assertThat(failure.position())
        .hasValueSatisfying(p -> assertThat(p).hasToString("01_a.sql:9:1"));
  }

  @Test
  void aScriptMayTakeARoleThatMayNotWriteItsRecords(TestDatabase database) {
    String role = database.createRole().name();
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table t (a int); alter table t owner to " + role
                + "; grant create, usage on schema public to " + role)
        .script(
            "02_b.sql",
            "set role " + role
                + ";\ncreate index concurrently i on t (a);\ncreate view v as select 1;")
        .engine(database)
        .migrate();
    assertThat(database.value("select viewowner from pg_views where viewname = 'v'"))
        .isEqualTo(role);
    assertThat(database.value("select status from schema_migrations where version = '02'"))
        .isEqualTo("completed");
  }

  @Test
  void whatWorksUntilTheEndOfItsTransactionIsRefusedWhereThereIsNone(TestDatabase database) {
    new MigrationFolder(path)
        .script("01_a.sql", "-- migrator: transaction=off\nselect 1;\nlock table t;\nselect 2;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> new MigrationFolder(path).engine(database).migrate());
    assertThat(failure.getMessage()).contains("01_a.sql:3:1", "within its transaction only");
  }

  @Test
  void anErrorOfAnEarlierTriggerIsShownInTheDataThatItRefused(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table u (a int); create function no() returns trigger language plpgsql as $$ begin if new.a > 1 then raise 'no'; end if; return new; end $$;"
                + " create trigger no before insert on u for each row execute function no();")
        .script("02_b.sql", "copy u from stdin;\n1\n2\n\\.\n");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> new MigrationFolder(path).engine(database).migrate());
    assertThat(failure.position())
        .hasValueSatisfying(p -> assertThat(p).hasToString("02_b.sql:3:1"));
  }
}
