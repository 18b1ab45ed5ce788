package dev.migrator.benchmark;

import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** What becomes of a database when something dies, blocks or races, with each contender's defaults, in words. */
final class Reliability {

  /** After that something that others do at once counts as hanging. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration BLOCK = Duration.ofSeconds(8);
  private static final int INSTANCES = 16;
  private static final int MIGRATIONS = 20;
  private static final Duration BOOT = Duration.ofMinutes(2);

  private static final String TABLE = "CREATE TABLE t (v integer);\n"
      + "INSERT INTO t SELECT g FROM generate_series(1, 10000) g;\n";
  private static final String INDEX = "CREATE INDEX CONCURRENTLY t_v ON t (v);\n";

  private final PostgresServer server;
  private final Path folder;
  private final List<Contender> contenders =
      List.of(
          new MigratorContender(),
          new FlywayContender(),
          FlywayContender.withSessionLock(),
          new LiquibaseContender());
  private final Outcomes outcomes = new Outcomes(contenders);
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  });

  Reliability(PostgresServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  private interface Scenario {
    String outcome(Contender contender, TestDatabase database) throws Exception;
  }

  /** Plays all of it. */
  String play() throws Exception {
    Scripts table = write("table", TABLE);
    Scripts index = write("index", TABLE, INDEX);
    add("CREATE INDEX CONCURRENTLY, one instance", (contender, database) ->
        index(contender, database, table, index, 1));
    String large = TABLE.replace("10000)", "500000)");
    Scripts largeTable = write("large-table", large);
    Scripts largeIndex = write("large-index", large, INDEX);
    add("CREATE INDEX CONCURRENTLY, three other instances waiting", (contender, database) ->
        index(contender, database, largeTable, largeIndex, 4));
    add("process and session killed in CREATE INDEX CONCURRENTLY; the next run", (contender, database) ->
        killed(contender, database, table, index));
    Scripts lost = write(
        "lost",
        TABLE,
        "CREATE TABLE once (); INSERT INTO t VALUES (-1); SELECT '" + LosingSockets.MARK + "';\n",
        "INSERT INTO t VALUES (-2);\n");
    add("connection lost at COMMIT, which was done", (contender, database) ->
        lost(contender, database, lost));
    Scripts alter = write("alter", TABLE, "ALTER TABLE t ADD w integer;\n");
    add("ALTER TABLE behind a transaction that is idle for " + BLOCK.toSeconds() + " s: longest wait of a reader", (contender, database) ->
        blocked(contender, database, table, alter));
    Scripts many = Scripts.write(folder.resolve("many"), MIGRATIONS);
    add(INSTANCES + " processes at once, empty database, " + MIGRATIONS + " migrations", (contender, database) ->
        boot(contender, database, database.dataSource(), many));
    add("the same through PgBouncer in transaction pooling, 4 connections to the server", (contender, database) -> {
      try (PgBouncer pooler = PgBouncer.pooling(database, 4)) {
        return boot(contender, database, pooler.dataSource(), many);
      }
    });
    threads.shutdownNow();
    return outcomes.markdown();
  }

  private void add(String name, Scenario scenario) throws Exception {
    List<String> row = new ArrayList<>();
    for (Contender contender : contenders) {
      TestDatabase database = server.createDatabase();
      try {
        row.add(scenario.outcome(contender, database));
      } finally {
        end(database);
      }
    }
    outcomes.add(name, row);
  }

  private String index(
      Contender contender, TestDatabase database, Scripts table, Scripts index, int instances)
      throws Exception {
    contender.apply(database.dataSource(), table);
    long began = System.nanoTime();
    List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      runs.add(start(contender, database, index));
    }
    List<String> ends = new ArrayList<>();
    for (Future<?> run : runs) {
      ends.add(outcome(run, began + PATIENCE.toNanos()));
    }
    return ends.stream()
            .distinct()
            .map(end -> instances == 1 ? end : Collections.frequency(ends, end) + " of them: " + end)
            .collect(Collectors.joining("; "))
         + "; index " + indexOf(database);
  }

  private String killed(
      Contender contender, TestDatabase database, Scripts table, Scripts index) throws Exception {
    contender.apply(database.dataSource(), table);
    try (Connection other = database.dataSource().getConnection();
        Statement writing = other.createStatement()) {
      other.setAutoCommit(false);
      writing.execute("INSERT INTO t VALUES (0)");
      Instance instance = Instance.start(contender, database.dataSource(), index);
      while (instance.isAlive() && indexOf(database).equals("absent")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      instance.kill();
      database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%CONCURRENTLY t_v%'"
          + " AND pid <> pg_backend_pid()");
      other.commit();
    }
    String left = indexOf(database);
    Future<?> next = start(contender, database, index);
    String end = outcome(next, System.nanoTime() + PATIENCE.toNanos());
    return end + "; index " + left + " before, " + indexOf(database) + " after"
        + lockRow(database);
  }

  private static String lockRow(TestDatabase database) {
    if (database.query("SELECT 1 FROM pg_class WHERE relname = 'databasechangeloglock'").isEmpty()) {
      return "";
    }
    return database.value("SELECT bool_or(locked) FROM databasechangeloglock").equals("t")
        ? "; its lock row is still locked"
        : "";
  }

  private String lost(Contender contender, TestDatabase database, Scripts scripts)
      throws Exception {
    PGSimpleDataSource losing = database.dataSource();
    losing.setSocketFactory(LosingSockets.class.getName());
    // Else COMMIT has a name of the driver's after a while, and cannot be seen.
    losing.setPrepareThreshold(0);
    LosingSockets.arm();
    String first = outcome(
        threads.submit(() -> {
          contender.apply(losing, scripts);
          return null;
        }),
        System.nanoTime() + PATIENCE.toNanos());
    if (!LosingSockets.lost()) {
      throw new IllegalStateException(contender.name() + ": no answer was lost, " + first);
    }
    String next = outcome(start(contender, database, scripts), System.nanoTime() + PATIENCE.toNanos());
    String times = database.value("SELECT count(*) FILTER (WHERE v = -1) || ' and ' || count(*) FILTER (WHERE v = -2) FROM t");
    return "that run " + first + "; the next " + next + "; done so many times: " + times + lockRow(database);
  }

  private String blocked(
      Contender contender, TestDatabase database, Scripts table, Scripts alter) throws Exception {
    contender.apply(database.dataSource(), table);
    AtomicBoolean over = new AtomicBoolean();
    Future<Long> longest;
    Future<?> run;
    try (Connection idle = database.dataSource().getConnection();
        Statement reading = idle.createStatement()) {
      idle.setAutoCommit(false);
      reading.execute("SELECT count(*) FROM t");
      run = start(contender, database, alter);
      longest = threads.submit(() -> longestRead(database, over));
      TimeUnit.NANOSECONDS.sleep(BLOCK.toNanos());
      idle.rollback();
    }
    String end = outcome(run, System.nanoTime() + PATIENCE.toNanos());
    over.set(true);
    return String.format(Locale.ROOT, "%.1f s; the run %s", longest.get() / 1e9, end);
  }

  private static long longestRead(TestDatabase database, AtomicBoolean over)
      throws SQLException, InterruptedException {
    long longest = 0;
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        long began = System.nanoTime();
        statement.execute("SELECT 1 FROM t LIMIT 1");
        longest = Math.max(longest, System.nanoTime() - began);
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    return longest;
  }

  private String boot(
      Contender contender,
      TestDatabase database,
      PGSimpleDataSource dataSource,
      Scripts scripts)
      throws Exception {
    List<Instance> instances = new ArrayList<>();
    long deadline = System.nanoTime() + BOOT.toNanos();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(Instance.start(contender, dataSource, scripts));
    }
    int succeeded = 0;
    for (Instance instance : instances) {
      succeeded += instance.succeeds(deadline) ? 1 : 0;
    }
    String done = database.query("SELECT 1 FROM pg_class WHERE relname = 'applied_once'").isEmpty()
        ? "0, 0"
        : database.value("SELECT count(*) || ', ' || count(DISTINCT migration) FROM applied_once");
    return succeeded + " of " + INSTANCES + " succeed; migrations applied, different ones: " + done;
  }

  private Future<?> start(Contender contender, TestDatabase database, Scripts scripts) {
    return threads.submit(() -> {
      contender.apply(database.dataSource(), scripts);
      return null;
    });
  }

  private static String outcome(Future<?> run, long deadline) throws InterruptedException {
    try {
      run.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return "completes";
    } catch (TimeoutException e) {
      return "hangs (" + PATIENCE.toSeconds() + " s)";
    } catch (ExecutionException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      return "fails: `" + said.replace('|', '/') + "`";
    }
  }

  private static String indexOf(TestDatabase database) {
    List<List<String>> found =
        database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('t_v')");
    return found.isEmpty() ? "absent" : found.get(0).get(0).equals("t") ? "valid" : "INVALID";
  }

  /** Drops a database that a hanging instance may still be using: the fixture notices, and here that is no surprise. */
  private static void end(TestDatabase database) {
    database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        + " AND pid <> pg_backend_pid()");
    try {
      database.close();
    } catch (AssertionError stillInUse) {
      System.err.println(stillInUse.getMessage());
    }
  }

  private Scripts write(String name, String... scripts) throws IOException {
    return Scripts.of(folder.resolve(name), scripts);
  }
}
