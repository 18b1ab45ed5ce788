package dev.migrator.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://app:topsecret@db.example/app",
        "jdbc:postgresql://app:topsecret@db.example/app",
        "postgresql://app:top@topsecret@db.example/app",
        "jdbc:postgresql://db/app?user=app&password=topsecret&ssl=true",
        "password=topsecret",
        "host=h user=u PASSWORD = topsecret dbname=d",
        "create role app password 'topsecret' login",
        "ALTER USER app WITH ENCRYPTED PASSWORD E'top\\'topsecret'",
        "create role app password 'top''topsecret'",
        "create role app password $$topsecret$$ login",
        "create role app password $x$top $$ topsecret$x$ login",
        "create role app password 'top topsecret",
        "create role app password $$top topsecret",
        "select dblink_connect('password=topsecret host=h')",
        "call create_user(name => 'app', password => 'top topsecret')",
        "update settings set password = 'top topsecret'"
      })
  void passwordsAreTakenOut(String text) {
    assertThat(Redaction.redact(text)).doesNotContain("topsecret").contains("****");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relation \"password\" does not exist",
        "postgresql://db.example:5432/app",
        "column password_hash of relation users",
        "the time is 12:30 @ noon"
      })
  void otherTextStays(String text) {
    assertThat(Redaction.redact(text)).isEqualTo(text);
  }
}
