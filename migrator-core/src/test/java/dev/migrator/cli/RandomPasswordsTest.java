package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.FakeProgram;
import dev.migrator.MigrationEngine;
import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.internal.text.Credentials;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Random passwords, wherever one may stand, are in nothing that is shown, logged, thrown or recorded. */
@PostgresTest
@Timeout(600)
class RandomPasswordsTest {

  @TempDir
  Path folder;

  @TempDir
  Path place;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<Seen> seen = new ArrayList<>();

  /**
   * Something that was shown.
   *
   * @param what by what
   */
  private record Seen(String what, String text) {}

  @BeforeEach
  void listen() {
    logged.start();
    root().addAppender(logged);
  }

  @AfterEach
  void silence() {
    root().detachAppender(logged);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatAScriptHolds(long seed, TestDatabase database) {
    String secret = Credentials.random(new Random(seed));
    TestRole role = database.createRole();
    database.execute("create extension dblink");
    statements(secret, role).forEach((name, statement) -> {
      Shell shell = new Shell(folder, database)
          .script(
              "01_notice.sql",
              "do $n$ begin raise notice '%', " + literal("PGPASSWORD=" + secret) + "; end $n$;")
          .script("02_fails.sql", statement + ";");
      for (String[] arguments : new String[][] {
        {"migrate", "--verbose"},
        {"migrate", "--json"},
        {"migrate", "--stepwise"},
        {"status"},
        {"status", "--json"},
        {"history"},
        {"history", "--json"},
        {"plan", "--json"}
      }) {
        show(name, shell.run(arguments).all());
      }
      // In the script's own text nobody can tell that a word behind the password belongs to it.
      if (!name.equals("dblink, unreadable")) {
        show(
            name,
            shell
                .runExactly(
                    List.of("statements", folder.resolve("02_fails.sql").toString(), "--verbose"))
                .all());
      }
      Throwable failure = catchThrowable(() -> MigrationEngine.builder()
          .dataSource(database.dataSource())
          .locations("filesystem:" + folder)
          .environment(Environment.TEST)
          .build()
          .migrate());
      assertThat(failure).as(name).isNotNull();
      show(name, trace(failure));
      show(
          name,
          database.query("select error_message, details from schema_migrations").toString());
      show(
          name,
          database.query("select error_message, details from migration_history").toString());
      database.execute(
          "drop table if exists migration_history, schema_migrations, migration_script cascade");
      database.execute(
          "do $$ declare t text; begin for t in select tablename from pg_tables where schemaname = 'public'"
              + " loop execute format('drop table %I cascade', t); end loop; end $$;"
              + "drop function if exists get_migration_status cascade");
    });
    assertNothingLeaks(secret);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void whatAnAddressHolds(long seed, TestDatabase database) {
    String secret = Credentials.random(new Random(seed));
    TestRole role = database.createRole("SUPERUSER");
    String host = database.jdbcUrl().replaceFirst("^jdbc:postgresql://([^/]*)/.*", "$1");
    String encoded = Credentials.encoded(secret);
    Shell shell = new Shell(folder, database).script("01_a.sql", "select 1;");
    for (String url : List.of(
        "postgresql://" + role.name() + ":" + encoded + "@" + host + "/" + database.name(),
        "postgresql://" + role.name() + ":" + encoded + "@localhost:1/x",
        "postgresql://" + role.name() + ":" + encoded + "@nowhere.invalid/x",
        "postgresql://" + role.name() + ":" + secret + "@localhost:1/x",
        "jdbc:postgresql://localhost:1/x?user=a&password=" + encoded,
        "jdbc:postgresql://localhost:1/x?user=a&password=" + secret,
        "jdbc:postgresql://localhost:" + secret + "/x",
        "postgres:" + secret,
        secret)) {
      for (String verb : List.of("status", "migrate", "backup")) {
        show(url, shell.variable("DATABASE_URL", url).run(verb, "--verbose").all());
        show(url, shell.run(verb, "--json").all());
      }
      show(url, shell.run("status", "--url", url, "--verbose").all());
      show(url, shell.run("status", "--url", url, "--show-config").all());
      show(url, shell.run("verify", "--server", url, "--verbose").all());
      show(url, shell.run("diff", "--with", url, "--verbose").all());
      Throwable failure = catchThrowable(() -> MigrationEngine.builder()
          .connections(Connections.to(url))
          .locations("filesystem:" + folder)
          .environment(Environment.TEST)
          .build()
          .migrate());
      assertThat(failure).as(url).isNotNull();
      show(url, trace(failure));
    }
    assertNothingLeaks(secret);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void whatAProgramComplainsAbout(long seed, TestDatabase database) {
    String secret = Credentials.random(new Random(seed));
    Path bin = FakeProgram.in(
        place.resolve("bin"),
        "pg_dump",
        database.serverVersion().major() + ".1",
        "env >&2; exit 1");
    TestRole role = database.createRole("SUPERUSER");
    database.execute("alter role " + role.name() + " password " + literal(secret));
    Shell shell = new Shell(folder, database)
        .script("01_a.sql", "select 1;")
        .variable("PGUSER", role.name())
        .variable("PGPASSWORD", secret);
    CommandRun run = shell.run(
        "backup",
        "--verbose",
        "--backup-programs",
        bin.toString(),
        "--backup-directory",
        place.resolve("b").toString());
    assertThat(run.err()).contains("[BACKUP_FAILED]", "PGUSER=" + role.name(), "PGPASSWORD=****");
    show("pg_dump", run.all());
    assertNothingLeaks(secret);
  }

  /** Statements that fail and hold a password, by what is special about them. */
  private static Map<String, String> statements(String secret, TestRole role) {
    String literal = literal(secret);
    String conninfo = "host=127.0.0.1 port=1 user=a password='"
        + secret.replace("\\", "\\\\").replace("'", "\\'") + "'";
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("role", "create role " + role.name() + " password " + literal);
    statements.put("lines", "create role x\n password\n " + literal + "\n nonsense");
    statements.put(
        "repeated",
        "alter role " + role.name() + " password " + literal + " valid until " + literal);
    statements.put(
        "in code",
        "do "
            + literal("begin execute "
                + literal("create role " + role.name() + " password " + literal) + "; end"));
    statements.put(
        "detail",
        "do "
            + literal("begin raise exception 'refused' using detail = "
                + literal("postgresql://app:" + Credentials.encoded(secret) + "@db.example/x")
                + ", hint = "
                + literal("PGPASSWORD=" + secret) + "; end"));
    statements.put(
        "mapping",
        "create user mapping for current_user server nowhere options (password " + literal + ")");
    statements.put("dblink", "select dblink_connect(" + literal(conninfo) + ")");
    statements.put(
        "dblink, unreadable",
        "select dblink_connect("
            + literal("password=a " + secret.replace("=", "_").replace(' ', '_')) + ")");
    statements.put(
        "subscription", "create subscription s connection " + literal(conninfo) + " publication p");
    return statements;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private void show(String what, String text) {
    seen.add(new Seen(what, text));
  }

  private void assertNothingLeaks(String secret) {
    logged.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.DEBUG))
        .forEach(event -> show(
            "log",
            event.getFormattedMessage()
                + (event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy()))));
    assertThat(seen).isNotEmpty();
    assertThat(
            seen.stream().filter(one -> Credentials.leaks(one.text(), secret)).toList())
        .as(secret)
        .isEmpty();
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
