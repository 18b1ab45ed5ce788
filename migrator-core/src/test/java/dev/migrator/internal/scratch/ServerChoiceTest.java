package dev.migrator.internal.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerChoiceTest {

  @ParameterizedTest(name = "{0}, Testcontainers {1}, Docker {2}, embedded {3}: {4}")
  @CsvSource({
    "automatic, true, true, true, container:postgres:17",
    "automatic:15, true, true, true, container:postgres:15",
    "automatic, true, false, true, embedded",
    "automatic:15, true, false, true, embedded:15",
    "automatic, false, true, true, embedded",
    "container:postgres:14-alpine, true, false, false, container:postgres:14-alpine",
    "embedded:18, true, true, true, embedded:18",
    "postgresql://u@h/d, true, true, true, postgresql://u@h/d"
  })
  void containersComeBeforeTheEmbeddedServerAndAnExplicitChoiceBeforeBoth(
      String choice, boolean containers, boolean docker, boolean embedded, String decided) {
    ThrowAwayServer result = ServerChoice.decide(
        ThrowAwayServer.of(choice), classPath(containers, embedded), () -> docker);
    // Addresses are equal when they are the same object only.
    assertThat(result).hasToString(ThrowAwayServer.of(decided).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "automatic | true | Docker does not answer, and neither is the embedded PostgreSQL",
        "automatic | false | Testcontainers is not on the class path, and neither is the embedded PostgreSQL",
        "container | false | a container needs Testcontainers, which is not on the class path",
        "embedded | true | the embedded PostgreSQL is not on the class path"
      })
  void whereThereIsNoServerItIsSaidWhy(String choice, boolean containers, String why) {
    assertThatThrownBy(() -> ServerChoice.decide(
            ThrowAwayServer.of(choice), classPath(containers, false), () -> false))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE))
        .hasMessageContaining(why)
        .hasMessageContaining("Next: add ");
  }

  @Test
  void dockerIsNotAskedWhereTestcontainersIsNotThere() {
    assertThat(ServerChoice.decide(ThrowAwayServer.automatic(), classPath(false, true), () -> {
          throw new AssertionError("asked");
        }))
        .isEqualTo(ThrowAwayServer.embedded());
  }

  private static Predicate<String> classPath(boolean containers, boolean embedded) {
    return name -> name.equals(ServerChoice.CONTAINERS) ? containers : embedded;
  }
}
