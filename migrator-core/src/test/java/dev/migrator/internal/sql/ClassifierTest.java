package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COPY t FROM STDIN|COPY_FROM_STDIN",
        "COPY t (a, b) FROM STDOUT (FORMAT csv)|COPY_FROM_STDIN",
        "COPY (SELECT a FROM stdin) TO '/x'|ORDINARY",
        "COPY t FROM 'stdin'|ORDINARY",
        "COPY t TO STDOUT|ORDINARY",
        "BEGIN|BEGIN",
        "START TRANSACTION READ ONLY|BEGIN",
        "START SOMETHING|ORDINARY",
        "END WORK|COMMIT",
        "COMMIT AND CHAIN|TRANSACTION_CONTROL",
        "COMMIT PREPARED 'x'|TRANSACTION_CONTROL",
        "PREPARE TRANSACTION 'x'|TRANSACTION_CONTROL",
        "PREPARE p AS SELECT 1|ORDINARY",
        "ROLLBACK TO a|TRANSACTION_CONTROL",
        "VACUUM|NON_TRANSACTIONAL",
        "CLUSTER t|ORDINARY",
        "CLUSTER|NON_TRANSACTIONAL",
        "REINDEX TABLE t|ORDINARY",
        "REINDEX (CONCURRENTLY) TABLE t|NON_TRANSACTIONAL",
        "REINDEX (CONCURRENTLY off) TABLE t|ORDINARY",
        "DROP SUBSCRIPTION s|NON_TRANSACTIONAL",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (connect = off)|ORDINARY",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY|NON_TRANSACTIONAL",
        "LOCK t|ORDINARY",
        "CALL p()|ORDINARY",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m|ORDINARY"
      })
  void theKindIsWhatTheEngineMustDo(String sql, StatementKind kind) {
    assertThat(Classifier.classify(Tokens.of(sql, true)).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"COPY t TO STDOUT", "COPY (SELECT 1 FROM t) TO STDOUT", "copy t to stdin"})
  void rowsForTheClientAreRefused(String sql) {
    assertThat(Classifier.classify(Tokens.of(sql, true)).refusal())
        .isEqualTo(
            "COPY ... TO STDOUT sends rows to the client, and a migration has nobody to receive them");
  }

  @ParameterizedTest
  @CsvSource({"COPY t TO '/x'", "COPY t TO PROGRAM 'x'", "COPY t FROM STDOUT", "COPY t FROM STDIN"})
  void otherCopiesAreNot(String sql) {
    assertThat(Classifier.classify(Tokens.of(sql, true)).refusal()).isNull();
  }
}
