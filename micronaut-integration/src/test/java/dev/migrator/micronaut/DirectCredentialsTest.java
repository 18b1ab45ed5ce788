package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Connections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectCredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "postgresql://h/d, app, of the app",
    "postgresql://:own@h/d, app, own",
    "postgresql://me:own@h/d, me, own",
    "postgresql://me@h/d, me, ",
    "jdbc:postgresql://h/d?password=own, app, own",
  })
  void what_the_address_names_is_kept_and_the_rest_is_the_data_sources(
      String url, String user, String password) {
    DataSourceSettings settings = new DataSourceSettings(
        "default", true, null, null, false, false, null, false, null, false, null, null, null, null,
        null, null, null, url, null, null, null, null, null, null, null, null, false, null, null,
        null, null);
    Connections direct = settings.directly("app", "of the app").orElseThrow();
    assertThat(direct.user()).contains(user);
    assertThat(direct.password().orElse(null)).isEqualTo(password);
  }
}
