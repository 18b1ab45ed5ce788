package dev.migrator.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
class IdentifiersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "Mixed Case",
        "quo\"te",
        "a.b",
        "ünï",
        "select",
        "x; drop table y; --",
        "back\\slash"
      })
  void theServerReadsBackWhatWasQuoted(String name, TestDatabase database) {
    assertThat(database.value("select 1 as " + Identifiers.quote(name) + " from (select 1) x"))
        .isEqualTo("1");
    database.execute("create schema " + Identifiers.quote(name));
    assertThat(database.value("select count(*) from pg_namespace where nspname = ?", name))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConstantIsReadBackWhateverBackslashesMean(boolean standard, TestDatabase database) {
    String text = "it's a \"back\\slash\\', ünï\n$1 ?";
    database.execute("alter database " + database.name() + " set standard_conforming_strings = "
        + (standard ? "on" : "off"));
    assertThat(database.value("show standard_conforming_strings"))
        .isEqualTo(standard ? "on" : "off");
    try (Session session = Session.open(database.dataSource())) {
      String read =
          session.queryOne(Command.of("select " + Identifiers.constant(text)), row -> row.text(1));
      assertThat(read).isEqualTo(text);
    }
    assertThatThrownBy(() -> Identifiers.constant("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatNoIdentifierCanBeIsRefused() {
    assertThatThrownBy(() -> Identifiers.quote("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Identifiers.quote("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
