package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.internal.sql.structure.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recogniser against {@code structures.txt}: statements, and what they are. After a change, what it says now lies in
 * {@code target/structures.txt}, to be read before it becomes the expectation.
 */
class RecogniserTest {

  private record Case(String sql, List<String> expected) {}

  @TestFactory
  Stream<DynamicTest> everyStatementHasTheStructureThatTheGoldenFileSays() throws IOException {
    StringBuilder now = new StringBuilder();
    List<Case> cases = cases();
    for (Case test : cases) {
      List<String> lines = Shown.lines(structure(test.sql()));
      now.append(test.sql()).append('\n').append(String.join("\n", lines)).append("\n\n");
    }
    Files.writeString(Path.of("target", "structures.txt"), now);
    return cases.stream()
        .map(test -> dynamicTest(
            test.sql(),
            () -> assertThat(Shown.lines(structure(test.sql()))).isEqualTo(test.expected())));
  }

  @Test
  void namesStandWhereTheirOffsetSays() throws IOException {
    for (Case test : cases()) {
      checkOffsets(structure(test.sql()).detail(), test.sql());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DROP TABLE Ab|ab",
        "DROP TABLE \"Ab\"|Ab",
        "DROP TABLE \"a\"\"b\"|a\"b",
        "DROP TABLE ÄB|Äb",
        "DROP TABLE U&\"d\\0061t\\+000061\"|data",
        "DROP TABLE u&\"d!0061t!+000061\" UESCAPE '!'|data",
        "DROP TABLE U&\"a\\\\b\"|a\\b",
        "DROP TABLE U&\"\\D83D\\DE00\"|😀",
        "DROP TABLE U&\"\\zz\"|\\zz",
        "DROP TABLE a /* b */ . /* c */ b|a.b",
        "DROP TABLE db.a.b|a.b",
        "DROP TABLE a$1|a$1"
      })
  void identifiersAreReadAsPostgresReadsThem(String sql, String name) {
    assertThat(structure(sql).relations()).extracting(ObjectName::toString).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE a (b int REFERENCES c, d int, FOREIGN KEY (d) REFERENCES s.e)|a c s.e",
        "CREATE TABLE a PARTITION OF b DEFAULT|a b",
        "CREATE TABLE a (LIKE b) INHERITS (c)|a b c",
        "CREATE INDEX i ON t (a)|t",
        "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b, ADD y int REFERENCES a|a b",
        "ALTER TABLE a ATTACH PARTITION b DEFAULT|a b",
        "ALTER TABLE a OF t|a",
        "DROP TRIGGER x ON s.t|s.t",
        "COMMENT ON COLUMN s.t.c IS 'x'|s.t",
        "TRUNCATE a, ONLY b|a b",
        "WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x|a b",
        "EXPLAIN ANALYZE DELETE FROM a|a",
        "LOCK a, b|a b",
        "COPY a FROM STDIN|a",
        "VACUUM a, b|a b",
        "REINDEX SCHEMA s|",
        "GRANT SELECT ON a, b TO c|a b",
        "SELECT * FROM a|"
      })
  void relationsAreThoseThatItNames(String sql, @Nullable String relations) {
    assertThat(structure(sql).relations())
        .extracting(ObjectName::toString)
        .containsExactlyElementsOf(
            relations == null ? List.of() : Arrays.asList(relations.split(" ", -1)));
  }

  @Test
  void aStatementThatIsNotSeenToItsEndSaysSo() {
    String sql = "UPDATE t SET a = 1 WHERE b = 2 /* /* */";
    List<Token> tokens = Tokens.of("UPDATE t SET a = 1 WHERE b = 2", true);
    assertThat(Recogniser.recognise(sql.replace("/* /* */", "/* /**/ */ -- x"), tokens)
            .complete())
        .isTrue();
    Structure cut = Recogniser.recognise(sql, tokens.subList(0, 6));
    assertThat(cut.complete()).isFalse();
    assertThat(cut.detail())
        .isInstanceOfSatisfying(
            Detail.Rows.class,
            rows -> assertThat(rows.changes().get(0).where()).isEqualTo(RowChange.Where.NOT_SEEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE t ADD a int, FROB b|false",
        "ALTER TABLE t ADD a int|true",
        "CREATE TABLE t (a int FROB)|false",
        "EXPLAIN FROB|false",
        "EXPLAIN SELECT 1|true",
        "FROB|false"
      })
  void whatIsNotRecognisedIsNotSaidToBe(String sql, boolean recognised) {
    assertThat(structure(sql).isRecognised()).isEqualTo(recognised);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int4|integer",
        "VARCHAR(20)[]|character varying",
        "timestamptz|timestamp with time zone",
        "timestamp(3) without time zone|timestamp without time zone",
        "pg_catalog.int8|bigint",
        "\"char\"|char",
        "s.int4|int4",
        "national char varying(3)|character varying",
        "decimal(10,2)|numeric",
        "double precision|double precision",
        "citext|citext"
      })
  void aliasesOfATypeHaveOneCanonicalName(String written, String canonical) {
    String sql = "CREATE TABLE t (a " + written + ")";
    Create.Table table = (Create.Table) structure(sql).detail();
    assertThat(Objects.requireNonNull(table.columns().get(0).type()).canonicalName())
        .isEqualTo(canonical);
  }

  @Test
  void noSoupOfTokensMakesItThrow() throws IOException {
    List<List<Token>> statements = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Case test : cases()) {
      texts.add(test.sql());
      statements.add(Tokens.of(test.sql(), true));
    }
    long seed = Long.getLong("migrator.test.seed", 20_261_121L);
    Random random = new Random(seed);
    for (int i = 0; i < 40_000; i++) {
      List<String> words = new ArrayList<>();
      int pick = random.nextInt(statements.size());
      for (Token token : statements.get(pick)) {
        words.add(texts.get(pick).substring(token.start(), token.end()));
      }
      mutate(words, random, texts, statements);
      String sql = String.join(" ", words);
      try {
        Structure structure = structure(sql);
        assertThat(structure.relations()).isNotNull();
        checkOffsets(structure.detail(), sql);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + sql, e);
      }
    }
  }

  @Test
  void itsTimeIsLinear() {
    for (String part :
        List.of("(", "CASE ", "a, ", "WITH a AS (", "ADD b int, ", "DEFAULT NULL ", "EXPLAIN ")) {
      for (String head : List.of("", "ALTER TABLE t ", "SELECT ", "CREATE TABLE t (")) {
        String sql = head + part.repeat(4_000 / Tokens.of(part, true).size());
        long start = System.nanoTime();
        structure(sql);
        assertThat(System.nanoTime() - start).as(sql.substring(0, 40)).isLessThan(2_000_000_000L);
      }
    }
  }

  private static void mutate(
      List<String> words, Random random, List<String> texts, List<List<Token>> statements) {
    int mutations = random.nextInt(4);
    for (int m = 0; m < mutations && !words.isEmpty(); m++) {
      int at = random.nextInt(words.size());
      int other = random.nextInt(statements.size());
      Token donor =
          statements.get(other).get(random.nextInt(statements.get(other).size()));
      String word = texts.get(other).substring(donor.start(), donor.end());
      switch (random.nextInt(5)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, word);
        case 2 -> words.set(at, word);
        case 3 -> words.subList(at, words.size()).clear();
        default -> words.subList(0, at).clear();
      }
    }
  }

  private static void checkOffsets(Object value, String sql) {
    if (value instanceof Collection<?> collection) {
      collection.forEach(entry -> checkOffsets(entry, sql));
    } else if (value instanceof Name name) {
      standsAt(name.offset(), name.text(), sql);
    } else if (value instanceof Fragment fragment && !fragment.text().equals("(...)")) {
      assertThat(sql.startsWith(fragment.text(), fragment.offset())).isTrue();
    } else if (value instanceof ObjectName name) {
      String schema = name.schema();
      boolean database = schema != null && sql.contains("db.");
      if (!database) {
        standsAt(name.offset(), schema == null ? name.name() : schema, sql);
      }
    } else if (value.getClass().isRecord()) {
      Shown.forEachPart(value, (name, part) -> {
        boolean inner = part instanceof Structure;
        if (part != null && !inner) {
          checkOffsets(part, sql);
        }
      });
    }
  }

  private static void standsAt(int offset, String name, String sql) {
    String there = sql.substring(offset).toLowerCase(Locale.ROOT);
    String plain = name.toLowerCase(Locale.ROOT);
    assertThat(there.startsWith(plain)
            || there.startsWith("\"")
            || there.startsWith("'")
            || there.startsWith("u&")
            || there.startsWith("$"))
        .as("%s at %d in %s", name, offset, sql)
        .isTrue();
  }

  private static Structure structure(String sql) {
    return Recogniser.recognise(sql, Tokens.of(sql, true));
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RecogniserTest.class.getResourceAsStream("structures.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n"))
          .map(block -> block.strip().lines().toList())
          .filter(lines -> !lines.get(0).isEmpty() && !lines.get(0).startsWith("#"))
          .map(RecogniserTest::of)
          .toList();
    }
  }

  private static Case of(List<String> lines) {
    int answer = 0;
    while (answer < lines.size() && !lines.get(answer).startsWith("= ")) {
      answer++;
    }
    return new Case(
        lines.subList(0, answer).stream().collect(Collectors.joining("\n")),
        lines.subList(answer, lines.size()));
  }
}
