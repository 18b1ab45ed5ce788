package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {

  static Stream<Arguments> scripts() {
    return Stream.of(
        Arguments.of("two statements", "select 1; select 2;", List.of("select 1", "select 2")),
        Arguments.of("no final semicolon", "select 1;\nselect 2", List.of("select 1", "select 2")),
        Arguments.of("nothing", "", List.of()),
        Arguments.of("only comments", "-- a; b\n/* c; */\n;;\n", List.of()),
        Arguments.of("string", "select 'a;b'; select 2", List.of("select 'a;b'", "select 2")),
        Arguments.of(
            "doubled quote", "select 'it''s;'; select 2", List.of("select 'it''s;'", "select 2")),
        Arguments.of(
            "backslash is plain", "select 'a\\'; select 2", List.of("select 'a\\'", "select 2")),
        Arguments.of(
            "escape string", "select E'a\\';b'; select 2", List.of("select E'a\\';b'", "select 2")),
        Arguments.of(
            "continued escape string",
            "select E'a'\n'\\';b'; select 2",
            List.of("select E'a'\n'\\';b'", "select 2")),
        Arguments.of(
            "a word that ends in e before a string",
            "select type'a\\'; select 2",
            List.of("select type'a\\'", "select 2")),
        Arguments.of(
            "unicode string",
            "select U&'\\0041;'; select 2",
            List.of("select U&'\\0041;'", "select 2")),
        Arguments.of(
            "quoted identifier",
            "select \"a;\"\"b\"; select 2",
            List.of("select \"a;\"\"b\"", "select 2")),
        Arguments.of(
            "unicode identifier",
            "select 1 as U&\"a;\\0041\"; select 2",
            List.of("select 1 as U&\"a;\\0041\"", "select 2")),
        Arguments.of(
            "line comment inside",
            "select 1 -- ; '\n, 2; select 3",
            List.of("select 1 -- ; '\n, 2", "select 3")),
        Arguments.of(
            "nested comment",
            "select /* a /* ; */ ' */ 1; select 2",
            List.of("select /* a /* ; */ ' */ 1", "select 2")),
        Arguments.of(
            "dollar quote",
            "do $$ begin; end $$; select 2",
            List.of("do $$ begin; end $$", "select 2")),
        Arguments.of(
            "tagged dollar quote",
            "do $a$ $$ ; $b$ ; $a$; select 2",
            List.of("do $a$ $$ ; $b$ ; $a$", "select 2")),
        Arguments.of(
            "dollar tag beyond ASCII",
            "select $täg$;$täg$; select 2",
            List.of("select $täg$;$täg$", "select 2")),
        Arguments.of(
            "positional parameter",
            "prepare p as select $1; select '$1;'; select $1",
            List.of("prepare p as select $1", "select '$1;'", "select $1")),
        Arguments.of(
            "dollar in an identifier",
            "select a$b$ from t; select 1 as c$b$",
            List.of("select a$b$ from t", "select 1 as c$b$")),
        Arguments.of(
            "operators before comments",
            "select 1 +-- ;\n2; select 3 */* ; */4",
            List.of("select 1 +-- ;\n2", "select 3 */* ; */4")),
        Arguments.of(
            "parentheses",
            "create rule r as on insert to t do (select 1; select 2); select 3",
            List.of("create rule r as on insert to t do (select 1; select 2)", "select 3")),
        Arguments.of(
            "atomic body",
            "create function f() returns int begin atomic select 1; select case when true then 2 end; end; select 3",
            List.of(
                "create function f() returns int begin atomic select 1; select case when true then 2 end; end",
                "select 3")),
        Arguments.of(
            "atomic body of a replaced procedure",
            "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC; END; select 3",
            List.of("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC; END", "select 3")),
        Arguments.of(
            "end in an identifier",
            "create function f() returns int begin atomic select end_date from t; end; select 3",
            List.of(
                "create function f() returns int begin atomic select end_date from t; end",
                "select 3")),
        Arguments.of(
            "begin outside a routine",
            "begin; select 1; end; select 2",
            List.of("begin", "select 1", "end", "select 2")),
        Arguments.of(
            "backslashes after the setting is off",
            "set standard_conforming_strings = off; select 'a\\';b'; set standard_conforming_strings to on; select 'a\\'; select 2",
            List.of(
                "set standard_conforming_strings = off",
                "select 'a\\';b'",
                "set standard_conforming_strings to on",
                "select 'a\\'",
                "select 2")),
        Arguments.of(
            "restrict lines of pg_dump",
            "\\restrict abc\nselect 1;\n\\unrestrict abc\n",
            List.of("select 1")),
        Arguments.of(
            "carriage returns", "select 1;\r\nselect 2;\r\n", List.of("select 1", "select 2")),
        Arguments.of(
            "json operators",
            "select a ? 'b;' from t; select 2",
            List.of("select a ? 'b;' from t", "select 2")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scripts")
  void endsStatementsWherePsqlDoes(String name, String script, List<String> statements) {
    assertThat(StatementSplitter.split("x.sql", script))
        .extracting(Statement::text)
        .isEqualTo(statements);
  }

  @Test
  void keepsTheDataOfACopyApart() {
    List<Statement> statements = StatementSplitter.split(
        "x.sql",
        "copy t (a, b) from stdin;\n1\tx;y\n2\t'\n\\.\nselect 1;\nCOPY u FROM STDIN WITH (FORMAT csv);\n3,\"\n\"\n");
    assertThat(statements)
        .extracting(Statement::kind)
        .containsExactly(
            StatementKind.COPY_FROM_STDIN, StatementKind.ORDINARY, StatementKind.COPY_FROM_STDIN);
    assertThat(CopyRowsTest.text(statements.get(0))).isEqualTo("1\tx;y\n2\t'\n");
    assertThat(statements.get(1).position()).hasToString("x.sql:5:1");
    assertThat(CopyRowsTest.text(statements.get(2))).isEqualTo("3,\"\n\"\n");
  }

  @Test
  void knowsWhereStatementsAndTheirErrorsAre() {
    Statement second = StatementSplitter.split(
            "x.sql", "-- é𝄞\nselect 1; /* 𝄞 */ select\n\t'𝄞', b;")
        .get(1);
    assertThat(second.position()).hasToString("x.sql:2:19");
    assertThat(second.at(1)).hasToString("x.sql:2:19");
    assertThat(second.at(14)).hasToString("x.sql:3:7");
    assertThat(second.excerpt(14)).isEqualTo("\t'𝄞', b\n\t     ^");
    assertThat(second.at(0)).isEqualTo(second.position());
    assertThat(second.at(4_000)).hasToString("x.sql:3:8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VACUUM t",
        "create index concurrently on t (a)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
        "drop index concurrently i",
        "reindex table concurrently t",
        "reindex (verbose, concurrently) index i",
        "reindex schema s",
        "reindex database d",
        "alter table t detach partition p concurrently",
        "alter system set work_mem = '1MB'",
        "create database d",
        "drop database d",
        "create tablespace t location '/x'",
        "alter database d set tablespace t",
        "create subscription s connection 'x' publication p",
        "drop subscription s",
        "cluster",
        "cluster verbose"
      })
  void knowsWhatCannotRunInATransaction(String sql) {
    assertThat(StatementSplitter.split("x.sql", sql))
        .extracting(Statement::kind)
        .containsExactly(StatementKind.NON_TRANSACTIONAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create index on t (a)",
        "create index \"concurrently\" on t (a)",
        "comment on table t is 'create index concurrently'",
        "refresh materialized view concurrently m",
        "alter table t detach partition p",
        "alter type e add value 'x'",
        "cluster t using i",
        "reindex table t",
        "reindex (concurrently off) table t",
        "create subscription s connection 'x' publication p with (create_slot = false)",
        "analyze t",
        "alter database d set work_mem = '1MB'"
      })
  void knowsWhatCan(String sql) {
    assertThat(StatementSplitter.split("x.sql", sql))
        .extracting(Statement::kind)
        .containsExactly(StatementKind.ORDINARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select 1;\\n  select 'abc|x.sql:2:10|the string does not end",
        "select \"abc|x.sql:1:8|the quoted identifier does not end",
        "select 1 /* a /* b */|x.sql:1:10|the comment does not end",
        "do $x$ $$|x.sql:1:4|the dollar quote $x$ does not end",
        "\\\\connect db|x.sql:1:1|'\\\\connect' is a command of psql",
        "select 1 \\\\gset|x.sql:1:10|'\\\\gset' is a command of psql",
        "select 1;\\n\\\\i other.sql|x.sql:2:1|'\\\\i' is a command of psql"
      })
  void tellsWhereAScriptIsNotSql(String script, String place, String words) {
    String text = script.replace("\\n", "\n").replace("\\\\", "\\");
    assertThatThrownBy(() -> StatementSplitter.split("x.sql", text))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
          assertThat(e.position().orElseThrow()).hasToString(place);
          assertThat(e).hasMessageContaining(words.replace("\\\\", "\\"));
        });
  }

  /** Positions in comments are asked for in the order of the script; going back would take minutes here. */
  @Test
  @Timeout(20)
  void manyCommentsTakeLinearTime() {
    String comments = "-- another note, and a migration\n".repeat(100_000);
    assertThat(StatementSplitter.split("x.sql", comments + "select 1\n" + comments + ", 2;"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\restrict a \\\\ select 1;",
        "\\restrictfoo",
        "\\restrict a b",
        "\\unrestrict a \\! rm",
        "\\restrict `date`"
      })
  void nothingHidesBehindALineThatIsSkipped(String line) {
    assertThatThrownBy(() -> StatementSplitter.split("x.sql", "select 1;\n" + line + "\n"))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("x.sql:2:1");
  }
}
