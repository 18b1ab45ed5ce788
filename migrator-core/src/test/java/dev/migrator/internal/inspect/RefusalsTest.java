package dev.migrator.internal.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.inspect.Needs.Absent;
import dev.migrator.internal.inspect.Refusals.Problem;
import dev.migrator.internal.inspect.ServerFacts.Relation;
import dev.migrator.internal.inspect.ServerFacts.SchemaAccess;
import dev.migrator.migration.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

  private static final SchemaAccess ALL = new SchemaAccess(true, true, null);
  private static final Relation PRESENT = new Relation("t", "SELECT", true, true, null);
  private static final Relation ABSENT = new Relation("t", "SELECT", false, false, null);

  @ParameterizedTest
  @CsvSource({"90624, true", "130021, true", "140000, false", "180006, false", "190001, false"})
  void aServerOlderThanFourteenIsRefusedByItsVersion(long version, boolean refused) {
    List<Problem> problems =
        Refusals.problems(facts(version, false, "default", ALL, PRESENT), Absent.CREATED);
    assertThat(problems)
        .extracting(Problem::code)
        .isEqualTo(refused ? List.of(FailureCode.SERVER_TOO_OLD) : List.of());
    assertThat(problems).allMatch(p -> p.words().contains("PostgreSQL v" + version));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user | ALTER ROLE \"lo\"\"gin\" RESET default_transaction_read_only;",
        "database | ALTER DATABASE \"d\" RESET default_transaction_read_only;",
        "database user | ALTER ROLE \"lo\"\"gin\" IN DATABASE \"d\" RESET default_transaction_read_only;",
        "global | ALTER ROLE ALL RESET default_transaction_read_only;",
        "client | the connection's options",
        "session | what the pool sets",
        "configuration file | the server's configuration"
      })
  void whereReadOnlyWasSetDecidesWhatUndoesIt(String source, String remedy) {
    assertThat(Refusals.problems(facts(170000, true, source, ALL, PRESENT), Absent.CREATED))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.code()).isEqualTo(FailureCode.NOT_WRITABLE);
          assertThat(problem.remedy()).contains(remedy);
        });
  }

  @Test
  void whatIsNotCreatedNeedsNoPrivilegeToCreateIt() {
    ServerFacts facts =
        facts(170000, false, "default", new SchemaAccess(true, false, null), ABSENT);
    assertThat(Refusals.problems(facts, Absent.LEFT)).isEmpty();
    assertThat(Refusals.problems(facts, Absent.CREATED))
        .extracting(Problem::remedy)
        .containsExactly("GRANT CREATE ON SCHEMA \"s\" TO \"role\";");
  }

  @Test
  void tablesThatHaveJustBeenCreatedByAnotherInstanceAreNoObstacle() {
    Relation history = new Relation("t_history", "INSERT", true, true, null);
    ServerFacts facts =
        facts(170000, false, "default", new SchemaAccess(true, false, null), PRESENT, history);
    assertThat(Refusals.problems(facts, Absent.CREATED)).isEmpty();
  }

  private static ServerFacts facts(
      long version,
      boolean readOnly,
      String source,
      @Nullable SchemaAccess access,
      Relation... relations) {
    return new ServerFacts(
        version,
        "v" + version,
        false,
        readOnly,
        source,
        "role",
        "lo\"gin",
        "d",
        false,
        "s",
        access,
        List.of(relations));
  }
}
