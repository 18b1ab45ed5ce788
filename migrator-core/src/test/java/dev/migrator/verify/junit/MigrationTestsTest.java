package dev.migrator.verify.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.migrator.config.RowCheck;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import dev.migrator.verify.MigrationVerifierBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** Classes that users would write, run by JUnit. */
@Tag("any-server")
@PostgresTest
class MigrationTestsTest {

  /** Where the classes below find the server; JUnit makes their objects. */
  private static ThrowAwayServer server = ThrowAwayServer.automatic();

  private static Path folder = Path.of("");

  @BeforeEach
  void prepare(TestDatabase database, @TempDir Path scripts) throws IOException {
    server = ThrowAwayDatabases.beside(database);
    folder = scripts;
    write("0001_people.sql", "CREATE TABLE people (id int PRIMARY KEY);");
    write("0001_people_rollback.sql", "DROP TABLE people;");
    write("0002_note.sql", "ALTER TABLE people ADD COLUMN note text;");
    write("0002_note_rollback.sql", "ALTER TABLE people DROP COLUMN note;");
  }

  @Test
  void eachMigrationIsATest() {
    assertThat(outcomes(Plain.class))
        .startsWith("0001 people: SUCCESSFUL\n0002 note: SUCCESSFUL\n")
        .doesNotContain("FAILED", "ABORTED");
  }

  @Test
  void whatIsWrongWithAMigrationFailsItsTestAlone() throws IOException {
    write("0002_note_rollback.sql", "SELECT 1;");
    assertThat(outcomes(Plain.class))
        .startsWith("0001 people: SUCCESSFUL\n0002 note: FAILED\ndiffers\n")
        .contains("""
            in public.people
              + column note
            """.indent(2));
  }

  @Test
  void whatCannotBeProvedIsNoFailure() throws IOException {
    write(
        "0003_purge.sql",
        "-- migrator: irreversible because the rows are gone\nDELETE FROM people;");
    assertThat(outcomes(Plain.class))
        .contains("0003 purge: ABORTED\nirreversible\nthe rows are gone");
  }

  @Test
  void theAnnotationSaysFromWhichVersionADownScriptIsRequired() throws IOException {
    Files.delete(folder.resolve("0001_people_rollback.sql"));
    assertThat(outcomes(FromTheSecondOn.class))
        .startsWith("0001 people: ABORTED\nlegacy")
        .contains("0002 note: SUCCESSFUL");
    assertThat(outcomes(Plain.class)).startsWith("0001 people: FAILED\nno down");
    assertThat(Files.readString(FromTheSecondOn.PAGE)).contains("0001 people", "legacy");
  }

  @Test
  void aScriptThatFailsFailsItsTestAndTheNextOnesAreNotTried() throws IOException {
    write("0001_people.sql", "CREATE TABEL people ();");
    assertThat(outcomes(Plain.class))
        .startsWith("0001 people: FAILED\nup fails\n")
        .contains("0002 note: ABORTED\nnot testable");
  }

  @Test
  void whatKeepsAVerificationFromBeginningFailsTheClass() throws IOException {
    write("0003_broken.sql", "SELECT 'no end");
    assertThat(outcomes(Plain.class))
        .startsWith("migrations(): FAILED\n")
        .contains("0003_broken.sql");
  }

  /** As a user writes it, but for the server, which the user lets Migrator find. */
  static class Plain implements MigrationTests {
    @Override
    public void configure(MigrationVerifierBuilder verifier) {
      verifier
          .migrations(engine -> engine.locations("filesystem:" + folder))
          .server(server)
          .rows(RowCheck.OFF);
    }
  }

  /** Its settings are the annotation's. */
  @MigrationTest(
      rollbackFrom = "0002",
      rows = RowCheck.OFF,
      page = "target/pages/junit/migrations.html")
  static class FromTheSecondOn implements MigrationTests {

    private static final Path PAGE = Path.of("target/pages/junit/migrations.html");

    @Override
    public void configure(MigrationVerifierBuilder verifier) {
      verifier.migrations(engine -> engine.locations("filesystem:" + folder)).server(server);
    }
  }

  /** A line for each test, in order, and the message where it did not succeed. */
  private static String outcomes(Class<?> type) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    Events events = EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .execute()
        .allEvents();
    events.stream().filter(event -> event.getType() == EventType.FINISHED).forEach(event -> {
      TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
      if (isOfInterest(event, result)) {
        outcomes.put(
            event.getTestDescriptor().getDisplayName(),
            result.getStatus()
                + result.getThrowable().map(e -> "\n" + e.getMessage()).orElse(""));
      }
    });
    StringBuilder text = new StringBuilder();
    outcomes.forEach(
        (name, outcome) -> text.append(name).append(": ").append(outcome).append('\n'));
    return text.toString();
  }

  private static boolean isOfInterest(Event event, TestExecutionResult result) {
    return event.getTestDescriptor().isTest()
        || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
  }

  private static void write(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }
}
