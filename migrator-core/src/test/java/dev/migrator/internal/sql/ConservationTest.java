package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check must be able to fail: a splitter that lost something would be found out. */
class ConservationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " \t\r\n\f;",
        "-- a comment; with 'anything'\n;",
        "/* a /* nested; */ one */",
        "\\restrict abc\n\\unrestrict abc\r\n",
        "-- to the end"
      })
  void whatIsNoStatementMayBeLeftOut(String text) {
    ScriptBytes bytes = ScriptBytes.of(text);
    Conservation conservation = new Conservation(bytes);
    assertThatCode(() -> {
          conservation.leftOut(0, text.length());
          conservation.complete(text.length());
        })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "; x",
        "/* a */ b",
        "/* open /* */",
        "-- a\nb",
        "\\echo a",
        "'",
        "$$",
        "\u00a0"
      })
  void anythingElseMayNot(String text) {
    ScriptBytes bytes = ScriptBytes.of(text);
    Conservation conservation = new Conservation(bytes);
    int length = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    assertThatThrownBy(() -> {
          conservation.leftOut(0, length);
          conservation.complete(length);
        })
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE))
        .hasMessageContaining("was not read whole");
  }

  @Test
  void aGapAnOverlapAndAMissingEndAreFound() {
    ScriptBytes bytes = ScriptBytes.of("select 1;select 2");
    Conservation gap = new Conservation(bytes);
    gap.used(0, 7);
    assertThatThrownBy(() -> gap.used(8, 10)).isInstanceOf(MigrationException.class);
    Conservation overlap = new Conservation(bytes);
    overlap.used(0, 7);
    assertThatThrownBy(() -> overlap.used(6, 10)).isInstanceOf(MigrationException.class);
    Conservation end = new Conservation(bytes);
    end.used(0, 8);
    assertThatThrownBy(() -> end.complete(8)).hasMessageContaining("byte offset 8");
  }
}
