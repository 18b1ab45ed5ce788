package dev.migrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an address is frozen: it stands in users' configuration. */
class ConnectionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "postgresql://u:p@h:5433/db|jdbc:postgresql://h:5433/db|u|p",
        "postgres://u@h/db|jdbc:postgresql://h/db|u|-",
        "postgresql://h/db|jdbc:postgresql://h/db|-|-",
        "postgresql:///db|jdbc:postgresql://localhost/db|-|-",
        "postgresql://u:p%40%3A%2F%25+x@h/db|jdbc:postgresql://h/db|u|p@:/%+x",
        "postgresql://u:p@a:b@h/db|jdbc:postgresql://h/db|u|p@a:b",
        "postgresql://u:p@h1:5432,h2:5433/db?sslmode=require|jdbc:postgresql://h1:5432,h2:5433/db?sslmode=require|u|p",
        "postgresql://[::1]:5432/db|jdbc:postgresql://[::1]:5432/db|-|-",
        "postgresql://h/db?user=u&password=p&connect_timeout=5|jdbc:postgresql://h/db?connectTimeout=5|u|p",
        "postgresql://u:p@h?application_name=x|jdbc:postgresql://h/?ApplicationName=x|u|p",
        "jdbc:postgresql://h:5433/db?user=u&password=p%26q&ssl=true|jdbc:postgresql://h:5433/db?ssl=true|u|p&q",
        "jdbc:postgresql:db|jdbc:postgresql:db|-|-",
        "jdbc:postgresql:db?user=u&password=p|jdbc:postgresql:db|u|p",
        "jdbc:postgresql://u:p@h:5433/db?ssl|jdbc:postgresql://h:5433/db?ssl=|u|p",
        "postgresql://h?options=-c%20x=/y|jdbc:postgresql://h/?options=-c%20x=/y|-|-",
        "postgresql://h/db?sslmode=require&channel_binding=require|jdbc:postgresql://h/db?sslmode=require&channelBinding=require|-|-",
        "postgresql://h1,h2/db?target_session_attrs=read-write|jdbc:postgresql://h1,h2/db?targetServerType=primary|-|-"
      })
  void bothFormsAreUnderstoodAndCredentialsTakenOut(
      String url, String jdbcUrl, String user, String password) {
    Connections connections = Connections.to(url);
    assertThat(connections.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(connections.user().orElse(null)).isEqualTo(user);
    assertThat(connections.password().orElse(null)).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "postgresql://h:5433/db, db",
        "postgresql://u:p@h/a%2Fb%20c?sslmode=require, a/b c",
        "postgresql://h, -",
        "postgresql:///db, db",
        "jdbc:postgresql:db, db",
        "jdbc:postgresql:, -"
      })
  void theDatabaseIsTheOneThatTheDriverConnectsTo(String url, String database) {
    assertThat(Connections.to(url).database().orElse(null)).isEqualTo(database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:topsecret@h/db",
        "u:topsecret@h",
        "jdbc:mysql://h?password=topsecret",
        "postgresql://u:topsecret/x@h/db",
        "postgresql://u:12/topsecret@h/db",
        "postgresql://u:topsecret?x@h/db",
        "postgresql://u:12?topsecret@h/db",
        "postgresql://u:topsecret%zz@h/db",
        "postgresql://u:%topsecret@h/db",
        "postgresql://h/db?password=x&topsecret",
        "jdbc:postgresql://u:topsecret/x@h/db",
        "postgresql://u:topsecret",
        "postgresql:///db?host=/run/topsecret"
      })
  void anyOtherAddressIsRefusedWithoutBeingRepeated(String url) {
    assertThatThrownBy(() -> Connections.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void theTextNeverShowsThePassword() {
    assertThat(Connections.to("postgresql://u:topsecret@h/db"))
        .hasToString("jdbc:postgresql://h/db as u");
    assertThat(Connections.to("postgresql://h/db")
            .withUser("u")
            .withPassword("topsecret")
            .toString())
        .doesNotContain("topsecret");
  }
}
