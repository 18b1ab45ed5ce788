package dev.migrator.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.RowTrial.Bench;
import dev.migrator.internal.rows.RowTrial.Outcome;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DataVerdict;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of rows when a script and its down script run, on real servers. */
@PostgresTest
@Timeout(120)
class RowTrialTest {

  private static final String BEFORE = """
      create type mood as enum ('sad', 'glad');
      create table p (id int primary key, name varchar(100) not null, amount numeric(12, 4) not null, big bigint not null,
        at timestamptz not null, mood mood not null, note text, doc json not null);
      create table c (id int primary key, p int not null references p on delete cascade)""";

  @ParameterizedTest(name = "{1} / {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KEPT | create index i on p (name) | drop index i | ",
        "KEPT | alter table p rename to q | alter table q rename to p | ",
        "KEPT | alter table p rename name to title | alter table p rename title to name | ",
        "KEPT | alter table p alter name type text | alter table p alter name type varchar(100) | ",
        "KEPT | alter table p alter mood type text | alter table p alter mood type mood using mood::mood | ",
        "KEPT | alter type mood rename value 'sad' to 'blue' | alter type mood rename value 'blue' to 'sad' | ",
        "LOST | alter table p alter name type varchar(10) using left(name, 10) | alter table p alter name type varchar(100) | column public.p.name has other values than before in 1 of 4 rows",
        "LOST | alter table p alter amount type numeric(12, 2) | alter table p alter amount type numeric(12, 4) | column public.p.amount has other values than before in 2 of 4 rows",
        "LOST | alter table p alter at type date | alter table p alter at type timestamptz | column public.p.at has other values than before in",
        "LOST | alter table p alter big type int using (big % 1000)::int | alter table p alter big type bigint | column public.p.big has other values than before in",
        "LOST | alter table p alter doc type jsonb | alter table p alter doc type json | column public.p.doc has other values than before in",
        "LOST | alter table p drop note | alter table p add note text | column public.p.note is back without 3 of its 3 values",
        "LOST | alter table p drop name | alter table p add name varchar(100) not null default '' | column public.p.name has other values than before in",
        "LOST | alter table p drop note | select 1 | column public.p.note is not back, with its 3 values",
        "LOST | update p set note = 'none' where note is null | select 1 | column public.p.note has values in 1 of 4 rows that had none",
        "LOST | drop table c | create table c (id int primary key, p int not null references p on delete cascade) | table public.c lost 4 of 4 rows",
        "LOST | drop table c | select 1 | table public.c is not back, with its 4 rows",
        "LOST | delete from p where id = (select min(id) from p) | select 1 | table public.p lost 1 of 4 rows",
        "LOST | update c set p = (select min(p) from c) | select 1 | column public.c.p has other values than before in 3 of 4 rows",
        "LOST | update c set p = (select min(p) + max(p) - c.p from c b) | select 1 | table public.c has",
        "ADDED_ONLY | alter table p add extra int not null default 5 | alter table p drop extra | column public.p.extra with its values",
        "ADDED_ONLY | create table n (id int primary key, p int references p) | drop table n | table public.n with 4 rows",
        "ADDED_ONLY | insert into p select 77, 'x', 1, 1, now(), 'sad', null, '1' | delete from p where id = 77 | 1 row in table public.p",
        "KEPT | insert into p select 77, 'x', 1, 1, now(), 'sad', null, '1' | select 1 | the down script leaves 1 row in table public.p",
        "KEPT | create table n (id int) | do $$ begin if exists (select from n) then raise 'n has rows'; end if; drop table n; end $$ | n has rows",
        "DOWN_FAILS | alter table c add b int | alter table c drop b, add e int not null | contains null values",
        "KEPT | alter table p alter big type int | alter table p alter big type bigint | the script does not run on generated rows with long texts and large numbers",
        "NOT_CHECKED | do $$ begin if exists (select from p) then raise 'not on rows'; end if; end $$ | drop table p, c | not on rows"
      })
  void theVerdictSaysWhatBecameOfTheRows(
      DataVerdict verdict, String up, String down, String finding, TestDatabase database) {
    Outcome outcome = new RowTrial(true, Set.of()).run(benches(database, BEFORE, up, down));
    assertThat(outcome.verdict()).as(outcome.findings().toString()).isEqualTo(verdict);
    if (finding == null) {
      assertThat(outcome.findings()).isEmpty();
    } else {
      assertThat(outcome.findings()).anyMatch(text -> text.contains(finding.strip()));
    }
  }

  @Test
  void rowsThatAreThereAreEnoughWhenNoneAreToBeMadeUp(TestDatabase database) {
    String table = "create table t (a text); create table e (a text);";
    RowTrial trial = new RowTrial(false, Set.of());
    String up = "alter table t rename a to b";
    String down = "alter table t rename b to a";
    assertThat(
            trial.run(benches(database, table + "insert into t values ('one'), ('two')", up, down)))
        .isEqualTo(new Outcome(DataVerdict.KEPT, List.of()));
    assertThat(trial.run(benches(database, table, up, down)))
        .isEqualTo(new Outcome(DataVerdict.NOT_CHECKED, List.of()));
  }

  @Test
  void tablesThatAreLeftAloneAreNotRead(TestDatabase database) {
    RowTrial trial = new RowTrial(true, Set.of(new TableName("public", "own")));
    assertThat(trial.run(benches(
            database,
            "create table own (a int); create table t (a int)",
            "insert into own values (1)",
            "select 1")))
        .isEqualTo(new Outcome(DataVerdict.KEPT, List.of()));
  }

  @Test
  void manyRowsAreComparedBySums(TestDatabase database) {
    String before =
        "create table t (id int, a text); insert into t select n, n from generate_series(1, 5000) n";
    RowTrial trial = new RowTrial(false, Set.of());
    assertThat(
            trial.run(benches(database, before, "update t set a = 'x' where id = 7", "select 1")))
        .isEqualTo(new Outcome(
            DataVerdict.LOST,
            List.of("column public.t.a has other values than before in some of 5000 rows")));
    String turned =
        "create table u as select * from t order by id desc; truncate t; insert into t select * from u";
    assertThat(trial.run(benches(database, before, turned, "drop table u")).verdict())
        .isEqualTo(DataVerdict.ADDED_ONLY);
  }

  @Test
  void manyRowsWithAnotherOneAreNotSaidToBeKept(TestDatabase database) {
    String before =
        "create table t (id int, a text); insert into t select n, n from generate_series(1, 5000) n";
    RowTrial trial = new RowTrial(false, Set.of());
    String up = "insert into t values (5001, 'x'); update t set a = 'x' where id = 7";
    assertThat(trial.run(benches(database, before, up, "select 1")))
        .isEqualTo(new Outcome(
            DataVerdict.NOT_CHECKED,
            List.of(
                "table public.t has 5001 rows now and had 5000 rows: whether these are as they were cannot be told of so many",
                "the down script leaves 1 row in table public.t")));
  }

  @Test
  void operatorsOfTheDatabaseDoNotCount(TestDatabase database) {
    String before = """
        create table t (a text);
        insert into t values ('one');
        create function never(name, name) returns boolean language sql as 'select false';
        create operator <> (leftarg = name, rightarg = name, function = never);
        create function never(name, text) returns boolean language sql as 'select false';
        create operator <> (leftarg = name, rightarg = text, function = never);
        alter database "%s" set search_path = public, pg_catalog""";
    assertThat(new RowTrial(false, Set.of())
            .run(benches(database, before, "update t set a = 'two'", "select 1"))
            .verdict())
        .isEqualTo(DataVerdict.LOST);
    assertThat(new RowTrial(true, Set.of())
            .run(benches(
                database,
                before.replace("insert into t values ('one');", ""),
                "update t set a = 'two'",
                "select 1"))
            .verdict())
        .isEqualTo(DataVerdict.LOST);
  }

  @Test
  void whatATriggerSetsToTheTimeIsNoLoss(TestDatabase database) {
    String before = """
        create table t (id int, a text, updated_at timestamptz, changes int);
        create function touch() returns trigger language plpgsql as
          'begin new.updated_at := clock_timestamp(); new.changes := 7; return new; end';
        create trigger touch before update on t for each row execute function touch();
        insert into t values (1, 'one', '2026-01-01 00:00Z', 7), (2, 'two', '2026-01-02 00:00Z', 7);
        """;
    String up = "alter table t add b int; update t set b = id";
    String down = "alter table t drop b";
    RowTrial trial = new RowTrial(false, Set.of());
    assertThat(trial.run(benches(database, before, up, down)))
        .isEqualTo(new Outcome(
            DataVerdict.ADDED_ONLY,
            List.of(
                "column public.t.updated_at has other values than before in 2 of 2 rows: a trigger sets it to something else at every update",
                "what it had added goes again: column public.t.b with its values")));
    assertThat(trial.run(benches(database, before, up + "; update t set a = 'y'", down)))
        .isEqualTo(new Outcome(
            DataVerdict.LOST,
            List.of(
                "column public.t.updated_at has other values than before in 2 of 2 rows: a trigger sets it to something else at every update",
                "column public.t.a has other values than before in 2 of 2 rows")));
    assertThat(trial
            .run(benches(database, before.replace(":= 7", ":= 8"), up, down))
            .verdict())
        .isEqualTo(DataVerdict.LOST);
  }

  @Test
  void seedsAreReadAsTheEngineReadsScripts(TestDatabase database) {
    database.execute("create table t (a int, b text)");
    try (Session session = Session.open(database.dataSource())) {
      SeedScript.read(
              "seed/1.sql",
              "-- a few\ncopy t from stdin;\n1\tone\n2\t\\N\n\\.\ninsert into t values (3, ';');")
          .run(session);
      assertThat(database.query("select a, b from t order by 1"))
          .containsExactly(List.of("1", "one"), List.of("2", "NULL"), List.of("3", ";"));
      assertThatThrownBy(() -> SeedScript.read(
                  "seed/2.sql", "insert into t values (4);\n\ninsert into\n  nothing values (1);")
              .run(session))
          .isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
            assertThat(e.getMessage()).contains("seed/2.sql:4:3", "\"nothing\" does not exist");
          });
      assertThat(database.value("select count(*) from t")).isEqualTo("3");
    }
  }

  private static Supplier<Bench> benches(
      TestDatabase database, String before, String up, String down) {
    return () -> {
      TestDatabase copy = database.sibling();
      copy.execute(before.replace("%s", copy.name()));
      Session session = Session.open(copy.dataSource());
      return new Bench() {
        @Override
        public Session session() {
          return session;
        }

        @Override
        public void up() {
          run(up);
        }

        @Override
        public void down() {
          run(down);
        }

        private void run(String sql) {
          try {
            copy.execute(sql);
          } catch (IllegalStateException e) {
            throw MigrationException.because(
                    FailureCode.MIGRATION_FAILED, String.valueOf(e.getMessage()))
                .build();
          }
        }

        @Override
        public void close() {
          session.close();
        }
      };
    };
  }
}
