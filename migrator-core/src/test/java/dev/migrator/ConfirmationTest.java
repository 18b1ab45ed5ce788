package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings and the variable confirm, and what is said of those that confirm nothing. */
@Tag("any-server")
class ConfirmationTest {

  @ParameterizedTest
  @CsvSource({
    "true, true, ''",
    "TRUE, true, ''",
    "false, false, ''",
    "'', false, ''",
    "yes, false, neither true",
    "1, false, neither true",
    "MIGRATE-PRODUCTION, true, ''",
    "migrate-production, false, neither true"
  })
  void theVariableConfirmsByTrueOrThePhraseAndIsNamedWhereItDoesNot(
      String variable, boolean covers, String remark) {
    Confirmation confirmation = Confirmation.of(null, null, null, variable);
    assertThat(confirmation.covers(true, false)).isEqualTo(covers);
    assertThat(confirmation.remarks(false)).contains(remark);
    assertThat(confirmation.remarks(false).isEmpty()).isEqualTo(remark.isEmpty());
  }
}
