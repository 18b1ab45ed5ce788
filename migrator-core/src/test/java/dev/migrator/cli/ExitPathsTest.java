package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which the program ends, as {@code docs/exit-codes.md} lists them, and the exit code of each that can be provoked here. */
@PostgresTest
class ExitPathsTest {

  private static final Path DOCUMENT = Path.of("../docs/exit-codes.md");

  private static final Pattern ROW =
      Pattern.compile("^\\| ([0-9]+) \\| (?:`([A-Z_]+)`)? ?\\| ([^|]+) \\|$", Pattern.MULTILINE);

  private static final String LOCK =
      "select pg_advisory_lock(('x' || left(encode(sha256('migrator:1:public.schema_migrations'), 'hex'), 16))::bit(64)::bigint)";

  /** Why a row of the document is not provoked here, and where it is. */
  private static final Set<String> ELSEWHERE = Set.of(
      "SIGTERM, Ctrl-C", // SignalTest
      "CONNECTION_UNUSABLE", // PoolerTest: only behind a pooler
      "SERVER_TOO_OLD", // RefusalsTest: no such server is tested on
      "SCHEMA_UNREADABLE", // DriftTest
      "THROW_AWAY_DATABASE_UNAVAILABLE", // VerifierSurroundingsTest
      "ROLLBACK_UNPROVED", // VerifyVerbTest
      "SCHEMA_NOT_RESTORED", // SchemaRecordTest
      "INTERRUPTED", // FailuresTest: of a thread, not of a command line
      "CANCELLED", // SignalTest
      "MIGRATIONS_PENDING", // the boot of an application
      "DRY_RUN_FAILED", // needs a server of throw-away databases
      "BACKUP_FAILED", // needs pg_dump
      "BACKUP_DAMAGED", // needs pg_dump
      "RESTORE_FAILED"); // needs pg_dump

  private static final String NO_SUCH_RULE =
      "-- migrator: allow drop-everything because it is old\ncreate table towns (id int);";

  @TempDir
  Path folder;

  /** A way to end. */
  private record Ending(
      String outcome, int exitCode, @Nullable FailureCode code, Provocation how) {

    static Ending well(String outcome, Provocation how) {
      return new Ending(outcome, 0, null, how);
    }

    static Ending badly(FailureCode code, Provocation how) {
      return new Ending(code.name(), code.exitCode(), code, how);
    }

    /** The verb did what it was asked for, and its answer is no. */
    static Ending no(String outcome, FailureCode code, Provocation how) {
      return new Ending(outcome, code.exitCode(), null, how);
    }

    @Override
    public String toString() {
      return outcome;
    }
  }

  /** Brings the program to that end. */
  @FunctionalInterface
  private interface Provocation {

    CommandRun run(Place place) throws Exception;
  }

  /** Where it is run: a folder with one script, and an empty database. */
  private record Place(Shell shell, TestDatabase database, Path folder) {

    CommandRun run(String... arguments) {
      return shell.run(arguments);
    }

    Place script(String name, String sql) {
      shell.script(name, sql);
      return this;
    }

    Place sql(String sql) {
      database.execute(sql);
      return this;
    }

    /** While another session has done something in a transaction. */
    CommandRun beside(String sql, String... arguments) throws SQLException {
      try (Connection other = database.dataSource().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute(sql);
        try {
          return shell.run(arguments);
        } finally {
          other.rollback();
          other.setAutoCommit(true);
          statement.execute("select pg_advisory_unlock_all()");
        }
      }
    }
  }

  static Stream<Ending> endings() {
    return Stream.of(
        Ending.well("something was done", place -> place.run("migrate")),
        Ending.well("nothing was to be done", place -> {
          place.run("migrate");
          return place.run("migrate");
        }),
        Ending.well("a question was answered", place -> place.run("status")),
        Ending.well(
            "help or the version was asked for",
            place -> place.shell().runExactly(List.of("--help"))),
        Ending.no(
            "`validate`: scripts and database disagree", FailureCode.VALIDATION_FAILED, place -> {
              place.run("migrate");
              return place
                  .script("01_people.sql", "create table people (id bigint);")
                  .run("validate");
            }),
        Ending.no(
            "`drift`, `diff`, `snapshot --check`: the schemas differ",
            FailureCode.SCHEMA_DRIFTED,
            place -> {
              place.run("migrate");
              return place.sql("create table by_hand ()").run("drift");
            }),
        Ending.no(
            "`lint`: there are errors",
            FailureCode.LINT_FAILED,
            place -> place
                .script("02_towns.sql", NO_SUCH_RULE)
                .shell()
                .runExactly(List.of("lint", "--location", place.folder().toString()))),
        Ending.no(
            "`preflight`: a check failed",
            FailureCode.PREFLIGHT_FAILED,
            place -> place.beside(LOCK, "preflight")),
        Ending.no(
            "`postflight`: a check failed",
            FailureCode.POSTFLIGHT_FAILED,
            place -> place.run("postflight", "--expect", "nowhere")),
        Ending.badly(
            FailureCode.POSTFLIGHT_FAILED, place -> place.run("migrate", "--expect", "nowhere")),
        Ending.no(
            "`statements`: the script would be refused", FailureCode.SCRIPT_REFUSED, place -> {
              place.script("02_commit.sql", "create table a (); commit; create table b ();");
              return place
                  .shell()
                  .runExactly(List.of(
                      "statements", place.folder().resolve("02_commit.sql").toString()));
            }),
        Ending.badly(
            FailureCode.CONFIGURATION_INVALID, place -> place.run("migrate", "--no-such-option")),
        Ending.badly(
            FailureCode.LOCATION_NOT_FOUND,
            place ->
                place.run("migrate", "--location", place.folder().resolve("x").toString())),
        Ending.badly(FailureCode.LOCATION_EMPTY, place -> {
          Path empty = Files.createDirectory(place.folder().resolve("empty"));
          return place.run("migrate", "--location", empty.toString());
        }),
        Ending.badly(
            FailureCode.SCRIPT_NAME_INVALID,
            place -> place.script("notes.sql", "select 1;").run("migrate")),
        Ending.badly(
            FailureCode.DUPLICATE_VERSION,
            place -> place.script("1_towns.sql", "select 1;").run("migrate")),
        Ending.badly(
            FailureCode.SCRIPT_UNREADABLE,
            place -> place.script("02_open.sql", "select 'open").run("migrate")),
        Ending.badly(
            FailureCode.SCRIPT_REFUSED,
            place -> place
                .script("02_c.sql", "create table a (); commit; create table b ();")
                .run("migrate")),
        Ending.badly(FailureCode.SNAPSHOT_UNREADABLE, place -> {
          Path file = Files.writeString(place.folder().resolve("s.json"), "{}");
          return place.run("snapshot", "--check", file.toString());
        }),
        Ending.badly(
            FailureCode.DATABASE_UNREACHABLE,
            place -> place.run("migrate", "--url", "postgresql://localhost:1/nowhere")),
        Ending.badly(
            FailureCode.PRODUCTION_UNCONFIRMED,
            place -> place.run("migrate", "--environment", "production")),
        Ending.badly(
            FailureCode.DESTRUCTION_BLOCKED,
            place -> place
                .sql("create table old (id int)")
                .script("02_drop.sql", "drop table old;")
                .run("migrate", "--destructive", "block")),
        Ending.badly(
            FailureCode.LINT_FAILED,
            place -> place.script("02_towns.sql", NO_SUCH_RULE).run("migrate", "--lint", "refuse")),
        Ending.badly(
            FailureCode.LOCK_TIMEOUT,
            place -> place.beside(LOCK, "migrate", "--lock-wait", "50ms")),
        Ending.badly(FailureCode.VALIDATION_FAILED, place -> {
          place.run("migrate");
          return place
              .script("01_people.sql", "create table people (id bigint);")
              .run("migrate");
        }),
        Ending.badly(FailureCode.FOREIGN_HISTORY, place -> {
          place.run("migrate");
          Files.delete(place.folder().resolve("01_people.sql"));
          return place.script("05_other.sql", "select 1;").run("migrate");
        }),
        Ending.badly(
            FailureCode.FOREIGN_TABLE,
            place -> place.sql("create table schema_migrations (id int)").run("migrate")),
        Ending.badly(
            FailureCode.TRACKING_TABLE_UNUSABLE,
            place -> place.run("migrate", "--schema", "nowhere")),
        Ending.badly(
            FailureCode.NOT_WRITABLE,
            place -> place
                .sql("alter database " + place.database().name()
                    + " set default_transaction_read_only = on")
                .run("migrate")),
        Ending.badly(FailureCode.SCHEMA_DRIFTED, place -> {
          place.run("migrate");
          place.sql("create table by_hand ()");
          return place
              .script("02_b.sql", "create table b ();")
              .run("migrate", "--on-drift", "refuse");
        }),
        Ending.badly(FailureCode.PRIVILEGES_MISSING, place -> {
          var role = place.database().createRole();
          place.sql("revoke create on schema public from public");
          place.shell().variable("PGUSER", role.name()).variable("PGPASSWORD", role.password());
          return place.run("migrate");
        }),
        Ending.badly(
            FailureCode.PREFLIGHT_FAILED,
            place -> place
                .sql("create table old (id int)")
                .script("02_old.sql", "comment on table old is 'x';")
                .beside("select * from old", "migrate", "--long-transaction", "0s")),
        Ending.badly(
            FailureCode.MIGRATION_FAILED,
            place -> place.script("02_bad.sql", "select 1 / 0;").run("migrate")),
        Ending.badly(
            FailureCode.LOCK_LOST,
            place -> place
                .script("02_unlock.sql", "select pg_advisory_unlock_all();")
                .script("03_unlock.sql", "select pg_advisory_unlock_all();")
                .script("04_towns.sql", "create table towns (id int);")
                .run("migrate")),
        Ending.badly(
            FailureCode.CONNECTION_LOST,
            place -> place
                .script("02_end.sql", "select pg_terminate_backend(pg_backend_pid());")
                .run("migrate")),
        Ending.badly(
            FailureCode.OUT_OF_TIME,
            place -> place
                .script("02_long.sql", "select pg_sleep(60);")
                .run("migrate", "--run-timeout", "1s")),
        Ending.badly(FailureCode.ROLLBACK_FAILED, place -> {
          place.script("01_people_rollback.sql", "drop table persons;").run("migrate");
          return place.run("rollback");
        }),
        Ending.badly(FailureCode.ROLLBACK_IMPOSSIBLE, place -> {
          place.run("migrate");
          return place.run("rollback");
        }));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void endsWithTheExitCodeOfTheTable(Ending ending, TestDatabase database) throws Exception {
    Shell shell =
        new Shell(folder, database).script("01_people.sql", "create table people (id int);");
    CommandRun run = ending.how().run(new Place(shell, database, folder));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(ending.exitCode());
    if (ending.code() != null) {
      assertThat(run.err()).contains("[" + ending.code() + "] ");
    }
  }

  @Test
  void theDocumentListsEveryEndingAndEveryCode() throws IOException {
    String document = Files.readString(DOCUMENT);
    List<String> shown = new ArrayList<>();
    Set<String> outcomes = new HashSet<>();
    ROW.matcher(document).results().forEach(row -> {
      boolean coded = row.group(2) != null;
      String outcome = coded ? row.group(2) : row.group(3);
      outcomes.add(outcome);
      if (coded) {
        shown.add(row.group(2) + " " + row.group(1));
      }
    });
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(Stream.of(FailureCode.values())
            .map(code -> code + " " + code.exitCode())
            .toList());
    Set<String> known = new HashSet<>(ELSEWHERE);
    endings().forEach(ending -> {
      known.add(ending.outcome());
      assertThat(document).contains("| " + ending.exitCode() + " |");
    });
    known.add("a failure that nobody foresaw: `UNEXPECTED`"); // FailuresTest
    known.add(
        "standard output took no more, and the result was all that was asked for"); // OperatorWordsTest
    assertThat(outcomes).isEqualTo(known);
  }
}
