package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpansionTest {

  private static List<Statement> read(String text, Map<String, String> values, boolean bodies) {
    return ParsedScript.read("x.sql", text, new ReadingRules(1, false, null, values, bodies))
        .statements();
  }

  private static String sql(String text) {
    return read(text, Map.of("schema", "app", "empty", "", "quote", "it''s"), false)
        .get(0)
        .sql();
  }

  @Test
  void placeholdersAreOffWithoutValues() {
    assertThat(read("select '${schema}'", Map.of(), false).get(0).sql())
        .isEqualTo("select '${schema}'");
  }

  @Test
  void theyAreReplacedInCodeStringsAndQuotedNames() {
    assertThat(sql("create table ${schema}.t (a text default '${quote}')"))
        .isEqualTo("create table app.t (a text default 'it''s')");
    assertThat(sql("select \"${schema}\".f(), x_${schema}_y"))
        .isEqualTo("select \"app\".f(), x_app_y");
    assertThat(sql("select 1${empty}")).isEqualTo("select 1");
  }

  @Test
  void commentsAndBodiesKeepTheirs() {
    assertThat(sql("select 1 -- ${nobody}\n + /* ${knows} */ 2"))
        .isEqualTo("select 1 -- ${nobody}\n + /* ${knows} */ 2");
    assertThat(sql("do $$ begin perform '${schema}'; end $$"))
        .isEqualTo("do $$ begin perform '${schema}'; end $$");
    assertThat(read("do $x$ begin perform '${a}'; end $x$", Map.of("a", "b"), true)
            .get(0)
            .sql())
        .isEqualTo("do $x$ begin perform 'b'; end $x$");
  }

  @Test
  void oneWithoutAValueIsRefusedWithItsPlace() {
    assertThatThrownBy(
            () -> read("select 1;\nselect '😀',\n  ${schemaa}.f()", Map.of("schema", "a"), false))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE))
        .hasMessageContaining("x.sql:3:3")
        .hasMessageContaining("${schemaa}")
        .hasMessageContaining("values are configured for schema");
  }

  @Test
  void aValueCannotMakeAnotherStatement() {
    assertThatThrownBy(() -> read("select ${a}", Map.of("a", "1; drop table t"), false))
        .hasMessageContaining("it makes 2 statements of this one");
    assertThatThrownBy(() -> read("select '${a}'", Map.of("a", "'; drop table t; --"), false))
        .isInstanceOf(MigrationException.class);
    assertThatThrownBy(() -> read("select '${a}'", Map.of("a", "'"), false))
        .hasMessageContaining("does not end any more");
  }

  @Test
  void aValueThatIsACommentCannotHideTheRest() {
    assertThatThrownBy(() -> read("select ${a} 1", Map.of("a", "2 --"), false))
        .hasMessageContaining("a comment hides a part of it");
  }

  @Test
  void placesOfTheServerAreThoseOfTheFile() {
    Statement statement = read(
            "\n  select ${long}, ${x},\n nope", Map.of("long", "1234567890", "x", "2"), false)
        .get(0);
    assertThat(statement.sql()).isEqualTo("select 1234567890, 2,\n nope");
    assertThat(statement.at(1)).hasToString("x.sql:2:3");
    assertThat(statement.at(10)).hasToString("x.sql:2:10");
    assertThat(statement.at(20)).hasToString("x.sql:2:19");
    assertThat(statement.at(24)).hasToString("x.sql:3:2");
    assertThat(statement.excerpt(24)).isEqualTo(" nope\n ^");
  }

  @Test
  void theKindIsThatOfWhatIsSent() {
    assertThat(read("create index ${how} i on t (a)", Map.of("how", "concurrently"), false)
            .get(0)
            .kind())
        .isEqualTo(StatementKind.NON_TRANSACTIONAL);
  }

  @Test
  void whatBeginsAPlaceholderMustBeOne() {
    assertThatThrownBy(() -> read("select '${' || '}'", Map.of("a", "b"), false))
        .hasMessageContaining("x.sql:1:9")
        .hasMessageContaining("'${' begins a placeholder");
  }

  @Test
  void theTableOfACopyIsTheOneThatIsSent() {
    CopyRows rows = read("copy ${schema}.\"T\" from stdin;\n1\n", Map.of("schema", "app"), false)
        .get(0)
        .copyData();
    assertThat(rows).isNotNull();
    assertThat(java.util.Objects.requireNonNull(rows).table()).isEqualTo("T");
  }

  @Test
  @org.junit.jupiter.api.Timeout(20)
  void manyPlaceholdersTakeLinearTime() {
    String sql = "insert into t values " + "('${a}') -- ${b}\n, ".repeat(40_000) + "('${a}')";
    assertThat(read(sql, Map.of("a", "1"), false)).hasSize(1);
    String signs = "select 1 " + "+".repeat(40_000) + "1";
    assertThat(StatementSplitter.split("x.sql", signs)).hasSize(1);
  }
}
