package dev.migrator.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a\"b`|`\"a\\\"b\"`",
        "`a\\b`|`\"a\\\\b\"`",
        "`a\nb\tc\rd`|`\"a\\nb\\tc\\rd\"`",
        "`a/b`|`\"a/b\"`",
        "`\u0001\u001f\u007f`|`\"\\u0001\\u001f\\u007f\"`",
        "`\u2028\u2029`|`\"\\u2028\\u2029\"`",
        "`näme 你好 😀`|`\"näme 你好 😀\"`",
      })
  void aStringIsEscaped(String text, String json) {
    assertThat(JsonText.object(o -> o.put("k", text))).isEqualTo("{\n  \"k\": " + json + "\n}\n");
  }

  @Test
  void halfASurrogatePairIsEscapedSinceNoEncodingHoldsIt() {
    assertThat(JsonText.object(o -> o.put("k", "a\ud83d").put("l", "\ude00b")))
        .isEqualTo("{\n  \"k\": \"a\\ud83d\",\n  \"l\": \"\\ude00b\"\n}\n");
  }

  @Test
  void valuesOfEveryKindAreNested() {
    String json = JsonText.object(o -> o.put("text", "t")
        .put("none", (String) null)
        .put("number", Long.MAX_VALUE)
        .put("small", -1)
        .put("noNumber", (Long) null)
        .put("yes", true)
        .strings("empty", List.of())
        .strings("strings", List.of("a", "b"))
        .objects(
            "objects",
            List.of(1, 2),
            (p, i) -> p.put("i", i).objects("inner", List.of(), (q, x) -> {}))
        .objects("emptyObject", List.of(1), (p, i) -> {}));
    assertThat(json).isEqualTo("""
        {
          "text": "t",
          "none": null,
          "number": 9223372036854775807,
          "small": -1,
          "noNumber": null,
          "yes": true,
          "empty": [],
          "strings": [
            "a",
            "b"
          ],
          "objects": [
            {
              "i": 1,
              "inner": []
            },
            {
              "i": 2,
              "inner": []
            }
          ],
          "emptyObject": [
            {}
          ]
        }
        """);
  }

  @Test
  @PostgresTest
  void whateverTheTextAParserGivesItBack(TestDatabase database) {
    StringBuilder all = new StringBuilder();
    for (int c = 1; c < 0x3000; c++) {
      all.append((char) c);
    }
    all.appendCodePoint(0x1f600);
    String json = JsonText.object(o -> o.put("k", all.toString()));
    assertThat(database.value("select ?::jsonb ->> 'k'", json)).isEqualTo(all.toString());
  }
}
