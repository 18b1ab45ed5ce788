package dev.migrator.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON as RFC 8259 has it, and nothing more lenient. */
class JsonReaderTest {

  @Test
  void readsEveryKindOfValue() {
    JsonNode node = read("""
        \t{"a": [1, -0.5e+10, true, false, null, []], "\\u0062\\n\\"": {"c": "\\uD83D\\uDE00 \\/"}}
        """);
    assertThat(node.member("a").elements())
        .extracting(JsonNode::kind)
        .containsExactly(
            JsonNode.Kind.NUMBER,
            JsonNode.Kind.NUMBER,
            JsonNode.Kind.TRUE_OR_FALSE,
            JsonNode.Kind.TRUE_OR_FALSE,
            JsonNode.Kind.NULL,
            JsonNode.Kind.ARRAY);
    assertThat(node.member("a").elements().get(1).number()).isEqualTo("-0.5e+10");
    assertThat(node.member("b\n\"").member("c").string()).isEqualTo("\uD83D\uDE00 /");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^|1:1|a value",
        "[1,]|1:4|a value",
        "[1 2]|1:4|',' or ']'",
        "{\"a\":1,}|1:8|a name in quotes",
        "{\"a\" 1}|1:6|':'",
        "{a:1}|1:2|a name in quotes",
        "[01]|1:3|',' or ']'",
        "[1.]|1:4|a digit",
        "[+1]|1:2|a value",
        "[nul]|1:2|a value",
        "\"a|1:3|the end of a string",
        "\"\\x\"|1:3|after a backslash",
        "\"\\u00g0\"|1:6|four hexadecimal digits",
        "[] []|1:4|the end of the file",
        "// no|1:1|a value",
        "{\"a\":1,\"a\":2}|1:8|stands twice"
      })
  void whatIsNoJsonIsRefusedWithItsPlace(String json, String place, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("j.json:" + place + ": ")
        .hasMessageContaining(words);
  }

  @Test
  void columnsAreCountedInCharacters() {
    assertThatThrownBy(() -> read("[\n  \"\uD83D\uDE00\", x]"))
        .hasMessageContaining("j.json:2:8: this is no JSON");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedBeforeTheStackEnds() {
    assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("100 levels deep");
  }

  @Test
  void aLongJournalOnOneLineTakesNoLonger() {
    String json = "[" + "{\"idx\":0},".repeat(200_000) + "0]";
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> read(json));
  }

  private static JsonNode read(String json) {
    return JsonReader.read("j.json", json, FailureCode.SCRIPT_UNREADABLE);
  }
}
