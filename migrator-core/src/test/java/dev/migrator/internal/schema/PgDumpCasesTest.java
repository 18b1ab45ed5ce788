package dev.migrator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Changes that were once missed, or might be: what pg_dump and the strict fingerprint say about each is in {@code cases.sql}. */
@RequiresPgDump
class PgDumpCasesTest {

  private static final Path FILE = Path.of("src/test/resources/dump/cases.sql");

  private static final Pattern NEEDS = Pattern.compile("(?m)^-- needs PostgreSQL (\\d+)$");

  /** A case as the file has it. */
  private record Case(String name, String verdict, String before, String change) {

    static Case of(String block) {
      String[] halves = block.split("(?m)^--->\n", 2);
      String[] lines = halves[0].split("\n", 3);
      return new Case(lines[0], lines[1], lines.length > 2 ? lines[2] : "", halves[1]);
    }
  }

  @TestFactory
  Stream<DynamicTest> pg_dump_and_the_fingerprint_say_about_a_change() throws IOException {
    List<Case> cases = Arrays.stream(Files.readString(FILE).split("(?m)^==== "))
        .skip(1)
        .map(Case::of)
        .toList();
    PostgresServer server = PostgresServer.shared();
    SchemaState empty;
    try (TestDatabase database = server.createDatabase()) {
      empty = SchemaState.of(database);
    }
    // Side by side, because each mostly waits for pg_dump.
    Map<Case, Executable> checks = cases.parallelStream()
        .collect(Collectors.toMap(Function.identity(), one -> checked(server, one, empty)));
    return cases.stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), checks.getOrDefault(one, () -> {})));
  }

  /** Runs a case; what comes of it is told later. */
  private static Executable checked(PostgresServer server, Case one, SchemaState empty) {
    try {
      check(server, one, empty);
      return () -> {};
    } catch (RuntimeException | AssertionError e) {
      return () -> {
        throw e;
      };
    }
  }

  private static void check(PostgresServer server, Case one, SchemaState empty) {
    Matcher needs = NEEDS.matcher(one.before() + one.change());
    int needed = needs.find() ? Integer.parseInt(needs.group(1)) : 0;
    assumeTrue(server.version().major() >= needed, "needs PostgreSQL " + needed + " or later");
    try (TestDatabase database = server.createDatabase()) {
      run(database, one.before());
      SchemaState before = one.before().isBlank() ? empty : SchemaState.of(database);
      run(database, one.change());
      SchemaState after = SchemaState.of(database);
      if (one.change().contains("SUBSCRIPTION")) {
        run(database, "DROP SUBSCRIPTION %{database}");
      }

      assertThat(verdict(before, after))
          .as("%s%n%s", before.dumpDifference("", after), before.difference("", after))
          .isEqualTo(one.verdict());
    }
  }

  /** Subscriptions belong to the whole server, so they need a name that no other has. */
  private static void run(TestDatabase database, String sql) {
    if (!sql.isBlank()) {
      database.execute(sql.replace("%{database}", database.name()));
    }
  }

  private static String verdict(SchemaState before, SchemaState after) {
    boolean sameDump = before.dumps().equals(after.dumps());
    if (before.fingerprint("").equals(after.fingerprint(""))) {
      return sameDump ? "both equal" : "only pg_dump differs";
    }
    return sameDump ? "only the fingerprint differs" : "both differ";
  }
}
