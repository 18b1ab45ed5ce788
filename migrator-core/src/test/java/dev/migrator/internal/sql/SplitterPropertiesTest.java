package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Scripts made at random, of statements that are known: what the splitter finds must be what was put in. {@code
 * -Dmigrator.seed=} repeats the one script that a failure names, {@code -Dmigrator.scripts=} makes more of them.
 */
class SplitterPropertiesTest {

  private static final int SCRIPTS = Integer.getInteger("migrator.scripts", 2_000);

  private static Stream<RandomScript> scripts() {
    Long seed = Long.getLong("migrator.seed");
    return seed != null
        ? Stream.of(RandomScript.of(seed))
        : new Random().longs(SCRIPTS).mapToObj(RandomScript::of);
  }

  @Test
  void splitting_finds_the_statements_that_were_put_in_and_their_places() {
    scripts().forEach(script -> {
      List<Statement> found = split(script, script.text());
      assertThat(found)
          .extracting(Statement::text)
          .as(script.toString())
          .isEqualTo(script.statements());
      assertThat(found)
          .extracting(Statement::position)
          .as(script.toString())
          .isEqualTo(script.positions());
      assertThat(found)
          .extracting(ScriptText::copyData)
          .as(script.toString())
          .isEqualTo(script.copyData());
    });
  }

  /** Between two statements there is nothing but what separates them, so that nothing of a script is lost. */
  @Test
  void statements_and_what_stands_between_them_join_to_the_script() {
    scripts().forEach(script -> {
      StringBuilder joined = new StringBuilder();
      List<Statement> found = split(script, script.text());
      for (int i = 0; i < found.size(); i++) {
        String data = ScriptText.copyData(found.get(i));
        joined
            .append(script.separators().get(i))
            .append(found.get(i).text())
            .append(script.ends().get(i))
            .append(data == null ? "" : data + "\\.\n");
      }
      joined.append(script.separators().get(found.size()));
      assertThat(joined).as(script.toString()).hasToString(script.text());
    });
  }

  @Test
  void a_statement_alone_is_itself() {
    scripts().forEach(script -> {
      for (String statement : script.statements()) {
        assertThat(split(script, statement))
            .as("%s%nstatement:%n%s", script, statement)
            .extracting(Statement::text)
            .containsExactly(statement);
      }
    });
  }

  @Test
  void a_comment_before_everything_moves_only_the_lines() {
    scripts().forEach(script -> {
      List<Statement> before = split(script, script.text());
      List<Statement> after = split(script, "/* one ' $$\n-- two; */\n" + script.text());
      SoftAssertions.assertSoftly(softly -> {
        softly
            .assertThat(after)
            .extracting(Statement::text)
            .isEqualTo(before.stream().map(Statement::text).toList());
        softly
            .assertThat(after)
            .extracting(Statement::position)
            .as(script.toString())
            .isEqualTo(before.stream().map(s -> moved(s.position(), 2)).toList());
      });
    });
  }

  @Test
  void a_seed_makes_the_same_script_every_time() {
    assertThat(LongStream.range(0, 50).mapToObj(RandomScript::of).map(RandomScript::text))
        .isEqualTo(new ArrayList<>(LongStream.range(0, 50)
            .mapToObj(RandomScript::of)
            .map(RandomScript::text)
            .toList()));
  }

  private static SourcePosition moved(SourcePosition position, int lines) {
    return new SourcePosition(position.script(), position.line() + lines, position.column());
  }

  private static List<Statement> split(RandomScript script, String text) {
    try {
      return StatementSplitter.split("x.sql", text);
    } catch (RuntimeException e) {
      throw new AssertionError(script + "\n" + text, e);
    }
  }
}
