package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The golden folder, checked against psql: what an expectation claims is what psql sends to a server. */
@PostgresTest
@RequiresProgram("psql")
class GoldenDifferentialTest {

  @Test
  void psql_sends_the_statements_that_the_splitter_finds(TestDatabase database) {
    assumeThat(Psql.majorVersion())
        .as("psql before version 15 leaves comments out of what it sends")
        .isGreaterThanOrEqualTo(15);
    // Without a table, the server asks for no data, and psql reads them as SQL.
    database.execute("CREATE TABLE t (a text, b text); CREATE TABLE u (a text)");
    Psql psql = new Psql(database);
    List<String> differences = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      if (!golden.isRefused()) {
        compare(golden, psql.run(golden.script()), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(GoldenCase golden, List<Sent> sent, List<String> differences) {
    String difference;
    try {
      difference = Differential.firstDifference(
          StatementSplitter.split("x.sql", ScriptText.read(golden.script())), sent);
    } catch (RuntimeException e) {
      difference = e.getMessage();
    }
    if (golden.otherwise() == null && difference != null) {
      differences.add(golden.name() + ": " + difference);
    } else if (golden.otherwise() != null && difference == null) {
      differences.add(golden.name() + ": psql agrees now; remove the note: " + golden.otherwise());
    }
  }
}
