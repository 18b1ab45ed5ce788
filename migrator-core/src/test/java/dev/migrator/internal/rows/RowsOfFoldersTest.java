package dev.migrator.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.RowTrial.Bench;
import dev.migrator.internal.rows.RowTrial.Outcome;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.PlannedStep;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every migration of the demo application, and of folders of other tests, with rows in the tables. */
@Tag("any-server")
@PostgresTest
@Timeout(240)
class RowsOfFoldersTest {

  private static final Set<TableName> OWN = Set.of(
      new TableName("public", "schema_migrations"),
      new TableName("public", "migration_history"),
      new TableName("public", "migration_script"),
      new TableName("public", "migration_journal"));

  @Test
  void theDemosRowsAreKeptAndEveryTableIsFilled(TestDatabase database) {
    Map<String, Outcome> outcomes =
        outcomes(database, "filesystem:../demo-app/src/main/resources/db/migration");
    assertThat(outcomes).hasSize(11);
    outcomes.forEach((migration, outcome) -> {
      assertThat(outcome.findings())
          .as(migration)
          .allMatch(text -> text.startsWith("what it had added goes again"));
      assertThat(outcome.verdict())
          .as(migration)
          .isIn(DataVerdict.KEPT, DataVerdict.ADDED_ONLY, DataVerdict.NOT_CHECKED);
    });
    assertThat(outcomes.values())
        .extracting(Outcome::verdict)
        .filteredOn(DataVerdict.NOT_CHECKED::equals)
        .isEmpty();
  }

  @Test
  void foldersOfOtherTestsAreFilled(TestDatabase database) {
    for (String location : List.of("classpath:db/readme", "classpath:faults/transactional")) {
      TestDatabase other = database.sibling();
      engine(other, location).migrate();
      try (Session session = Session.open(other.dataSource())) {
        FillReport report = RowGenerator.fill(session, Filling.edges().except(OWN));
        assertThat(report.unfilled()).as(location).isEmpty();
        assertThat(report.tables()).as(location).isPositive();
      }
    }
  }

  private static Map<String, Outcome> outcomes(TestDatabase database, String location) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    List<PlannedStep> steps = engine(database, location).plan().steps();
    for (int i = 0; i < steps.size(); i++) {
      int before = i;
      Outcome outcome = new RowTrial(true, OWN).run(() -> {
        TestDatabase copy = database.sibling();
        MigrationEngine engine = engine(copy, location);
        if (before > 0) {
          engine.migrate(MigrationTarget.steps(before));
        }
        return new EngineBench(engine, Session.open(copy.dataSource()));
      });
      outcomes.put(steps.get(i).migration().id(), outcome);
    }
    return outcomes;
  }

  private static MigrationEngine engine(TestDatabase database, String location) {
    return MigrationEngine.builder()
        .dataSource(database.dataSource())
        .locations(location)
        .environment(Environment.TEST)
        .build();
  }

  private record EngineBench(MigrationEngine engine, Session session) implements Bench {

    @Override
    public void up() {
      engine.migrate(MigrationTarget.steps(1));
    }

    @Override
    public void down() {
      engine.rollback(RollbackTarget.steps(1));
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
