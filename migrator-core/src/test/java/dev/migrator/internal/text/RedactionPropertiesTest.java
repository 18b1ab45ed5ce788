package dev.migrator.internal.text;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No form of writing down a password, and no password, gets past the redaction. */
class RedactionPropertiesTest {

  @Test
  void no_password_gets_through_in_any_form() {
    List<String> leaks = new ArrayList<>();
    for (long seed = 0; seed < 1_000; seed++) {
      String secret = Credentials.random(new Random(seed));
      for (Map.Entry<String, String> text : Credentials.texts(secret).entrySet()) {
        String shown = Redaction.redact(text.getValue());
        if (Credentials.leaks(shown, secret)) {
          leaks.add(
              text.getKey() + " (" + seed + "): " + text.getValue() + "\n  shown as " + shown);
        }
      }
    }
    assertThat(leaks).as("the first of " + leaks.size()).isEmpty();
  }

  @Test
  void what_is_around_it_stays() {
    String secret = Credentials.random(new Random(7)).replaceAll("[^a-zA-Z]", "x");
    Map<String, String> texts = Credentials.texts(secret);
    assertThat(Redaction.redact(requireNonNull(texts.get("URL, raw"))))
        .isEqualTo("cannot reach postgresql://app:****@db.example:5432/shop today");
    assertThat(Redaction.redact(requireNonNull(texts.get("JDBC, raw"))))
        .isEqualTo("jdbc:postgresql://db.example/shop?password=****&ssl=true");
    assertThat(Redaction.redact(requireNonNull(texts.get("conninfo, quoted"))))
        .isEqualTo("host=db.example password=**** dbname=shop");
    assertThat(Redaction.redact(requireNonNull(texts.get("CREATE ROLE"))))
        .isEqualTo("create role app login password '****' valid until 'infinity'");
    assertThat(Redaction.redact(requireNonNull(texts.get("user mapping"))))
        .isEqualTo("create user mapping for app server s options (user 'app', password '****')");
    assertThat(Redaction.redact(requireNonNull(texts.get("properties"))))
        .isEqualTo("{user=app, password=****, ssl=true}");
    assertThat(Redaction.redact(requireNonNull(texts.get("JSON"))))
        .isEqualTo("{\"user\": \"app\", \"password\": ****}");
  }

  @Test
  void a_text_that_was_redacted_is_redacted_already() {
    for (long seed = 0; seed < 300; seed++) {
      for (String text : Credentials.texts(Credentials.random(new Random(seed))).values()) {
        String once = Redaction.redact(text);
        assertThat(Redaction.redact(once)).as(text).isEqualTo(once);
      }
    }
  }

  @Test
  void what_a_statement_hides_is_known_elsewhere_too() {
    for (long seed = 0; seed < 300; seed++) {
      String secret = Credentials.random(new Random(seed));
      String statement = requireNonNull(Credentials.texts(secret).get("CREATE ROLE"));
      assertThat(Redaction.redact("Key (x)=(" + secret + ") exists", Redaction.secrets(statement)))
          .as(statement)
          .isEqualTo("Key (x)=(****) exists");
    }
  }

  @Test
  @Timeout(20)
  void long_texts_cost_no_more_than_their_length() {
    for (String piece : List.of(
        "postgresql://a:b@c ",
        "a://b:",
        "password=x ",
        "{password=x, ",
        "password '",
        "password ''x",
        "password \"",
        "password /* ",
        "://",
        "https://host:80/a@",
        "password: ",
        "$$ password ")) {
      String text = piece.repeat(300_000 / piece.length());
      assertThat(Redaction.redact(text)).isNotNull();
    }
  }
}
