package dev.migrator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Differences beside the text and the JSON that are expected of them. */
class SchemaDiffTest {

  private static final String BODY = """
      begin
        -- one
        -- two
        -- three
        -- four
        perform total(old.id);
        return new;
      end""";

  private static final SchemaSnapshot BEFORE = snapshot(
      object(SchemaObjectKind.TABLE, "", "public.orders", Map.of("owner", "ada")),
      object(SchemaObjectKind.COLUMN, "public.orders", "note", Map.of("type", "text")),
      object(
          SchemaObjectKind.COLUMN,
          "public.orders",
          "price",
          Map.of("type", "integer", "default", "0", "comment", "in cents")),
      object(SchemaObjectKind.COLUMN, "public.person", "name", Map.of("type", "text")),
      object(SchemaObjectKind.FUNCTION, "", "public.count_it()", Map.of("body", BODY)),
      object(
          SchemaObjectKind.FOREIGN_SERVER,
          "",
          "remote",
          Map.of("options", "host 'a', password 'secret'")),
      object(SchemaObjectKind.VIEW, "", "public.old", Map.of("definition", "SELECT 1\n\nAS one")));

  private static final SchemaSnapshot AFTER = snapshot(
      object(
          SchemaObjectKind.TABLE,
          "",
          "public.orders",
          Map.of("owner", "bob", "comment", "red\u001b[31m\u202e")),
      object(
          SchemaObjectKind.COLUMN,
          "public.orders",
          "\"new\nline\"",
          Map.of("type", "text", "comment", "")),
      object(
          SchemaObjectKind.COLUMN,
          "public.orders",
          "price",
          Map.of("type", "bigint", "default", "nextval('" + "long_".repeat(20) + "'::regclass)")),
      object(SchemaObjectKind.COLUMN, "public.person", "name", Map.of("type", "varchar(40)")),
      object(
          SchemaObjectKind.FUNCTION,
          "",
          "public.count_it()",
          Map.of("body", BODY.replace("old.id", "new.id").replace("return new;", "\nreturn new;"))),
      object(
          SchemaObjectKind.FOREIGN_SERVER,
          "",
          "remote",
          Map.of("options", "host 'a', password 'secret2'")));

  @Test
  void theTextIsAsExpected() {
    Golden.check("diff.txt", SchemaDiffText.of(SnapshotComparison.between(BEFORE, AFTER)));
  }

  @Test
  void theJsonIsAsExpected() {
    Golden.check("diff.json", SchemaDiffJson.of(SnapshotComparison.between(BEFORE, AFTER)));
  }

  @Test
  void noDifferenceIsSaid() {
    SchemaDiff none = SnapshotComparison.between(AFTER, AFTER);
    assertThat(SchemaDiffText.of(none)).isEqualTo("No difference.\n");
    assertThat(SchemaDiffJson.of(none)).contains("\"different\": false", "\"changes\": []");
  }

  @Test
  void theOrderOfColumnsIsCalledSo() {
    SchemaDiff diff = SnapshotComparison.between(
        snapshot(object(SchemaObjectKind.COLUMN, "public.t", "a", Map.of("position", "1"))),
        snapshot(object(SchemaObjectKind.COLUMN, "public.t", "a", Map.of("position", "3"))));
    assertThat(SchemaDiffText.of(diff)).isEqualTo("""
        in public.t
          ~ column a
              ~ position: 1 -> 3
        0 added, 0 removed, 1 changed: only the order of columns.
        """);
  }

  @Test
  void aSecretIsNeverShown() {
    SchemaDiff diff = SnapshotComparison.between(BEFORE, AFTER);
    assertThat(SchemaDiffText.of(diff)).doesNotContain("secret2").doesNotContain("'secret'");
    assertThat(SchemaDiffJson.of(diff)).doesNotContain("secret");
    assertThat(SnapshotText.of(BEFORE)).doesNotContain("secret");
  }

  @Test
  void ofALongTextOnlyTheLinesThatDifferAreShown() {
    String before = lines(5_000);
    String after = before.replace("line 7\n", "").replace("line 4990\n", "line 4990!\n");
    assertThat(LineDiff.between(before, after))
        .as("what is between the two differences counts as replaced")
        .hasSize(1 + 2 + 4_983 * 2 + 1 + 2 + 1);
    assertThat(LineDiff.between(lines(1_500), lines(1_500).replace("line 7\n", "line 8\n")))
        .extracting(LineDiff.Line::mark)
        .containsExactly(
            LineDiff.Mark.LEFT_OUT,
            LineDiff.Mark.SAME,
            LineDiff.Mark.SAME,
            LineDiff.Mark.REMOVED,
            LineDiff.Mark.ADDED,
            LineDiff.Mark.SAME,
            LineDiff.Mark.SAME,
            LineDiff.Mark.LEFT_OUT);
  }

  @Test
  void aSnapshotIsShownWithItsFingerprint() {
    assertThat(SnapshotText.of(BEFORE))
        .startsWith("function public.count_it()\n  body: begin\n      -- one\n")
        .contains("7 objects (PostgreSQL 17, schemas public), fingerprint strict-1-pg17-");
  }

  @Test
  @PostgresTest
  void theServerReadsTheJson(TestDatabase database) {
    assertThat(database.value(
            "select jsonb_array_length(?::jsonb -> 'changes')",
            SchemaDiffJson.of(SnapshotComparison.between(BEFORE, AFTER))))
        .isEqualTo("8");
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, count).forEach(i -> lines.append("line ").append(i).append('\n'));
    return lines.toString();
  }

  private static SchemaObject object(
      SchemaObjectKind kind, String parent, String name, Map<String, String> attributes) {
    return SchemaObject.of(kind, parent, name, attributes);
  }

  private static SchemaSnapshot snapshot(SchemaObject... objects) {
    return new SchemaSnapshot(SchemaFlavour.STRICT, 17, List.of("public"), List.of(objects));
  }
}
