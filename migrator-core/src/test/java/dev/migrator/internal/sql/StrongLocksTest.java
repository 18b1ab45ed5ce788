package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.sql.structure.RelationLock;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The strong locks of a script on what was there before it. */
class StrongLocksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alter table t add a int|t ACCESS EXCLUSIVE",
        "/* why */ alter table t add a int|t ACCESS EXCLUSIVE",
        "create index on t (a); alter table t add a int|t SHARE; t ACCESS EXCLUSIVE",
        "create table if not exists t (); alter table t add a int|t ACCESS EXCLUSIVE",
        "create or replace view v as select 1; drop view v|v ACCESS EXCLUSIVE; v ACCESS EXCLUSIVE",
        "create table n (); alter table n rename to m; drop table n|n ACCESS EXCLUSIVE",
        "create table n (); drop table n; drop table n|n ACCESS EXCLUSIVE",
        "create table a.n (); alter table b.n add a int|b.n ACCESS EXCLUSIVE",
        "create table n (); set search_path = b; alter table n add a int|n ACCESS EXCLUSIVE",
        "drop table t; create table t (); alter table t add a int|t ACCESS EXCLUSIVE",
        "create table n (a int references t, b int references n)|t SHARE ROW EXCLUSIVE"
      })
  void countsWhatWasThereBefore(String script, String locks) {
    assertThat(locks(script)).isEqualTo(locks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table n (a int); create index i on n (a); drop index i; alter table n add b int",
        "create table n (a int); alter table n rename to m; alter table m add b int; drop table m",
        "create table n (a int); alter table n set schema s; alter table s.n add b int",
        "create table n (a int); create table m (b int references n); truncate n, m",
        "create temporary table n (a int); lock n",
        "create view v as select 1; create materialized view m as select 1; refresh materialized view m; drop view v",
        "create sequence s; alter sequence s increment 5",
        "create index concurrently i on t (a)",
        "insert into t values (1); update t set a = 2; select * from t for update; vacuum t",
        "do 'begin truncate t; end'"
      })
  void countsNothingThatTheMigrationMadeAndNoWeakLock(String script) {
    assertThat(locks(script)).isEmpty();
  }

  private static String locks(String script) {
    StrongLocks strong = new StrongLocks();
    return ParsedScript.read("x.sql", script).statements().stream()
        .map(statement -> {
          List<RelationLock> locks = strong.next(statement);
          assertThat(locks.isEmpty() || StrongLocks.mayTake(statement))
              .as(script)
              .isTrue();
          return locks;
        })
        .flatMap(List::stream)
        .map(RelationLock::toString)
        .collect(Collectors.joining("; "));
  }
}
