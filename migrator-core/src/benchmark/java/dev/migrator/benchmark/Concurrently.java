package dev.migrator.benchmark;

import dev.migrator.benchmark.Table.Goal;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** CREATE INDEX CONCURRENTLY by one of sixteen instances, the others waiting for it, beside the bare statement. */
final class Concurrently {

  private static final int INSTANCES = 16;
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String TABLE = "CREATE TABLE t (v integer, w text);\n"
      + "INSERT INTO t SELECT g, md5(g::text) FROM generate_series(1, 500000) g;\n";
  private static final String INDEX = "CREATE INDEX CONCURRENTLY t_w ON t (w, v);\n";

  private final PostgresServer server;
  private final Scripts table;
  private final Scripts index;

  Concurrently(PostgresServer server, Path folder) throws IOException {
    this.server = server;
    this.table = Scripts.of(folder.resolve("large-table"), TABLE);
    this.index = Scripts.of(folder.resolve("large-index"), TABLE, INDEX);
  }

  void measure(Table results) throws Exception {
    Samples bare = new Samples();
    Samples together = new Samples();
    Samples failed = new Samples();
    Samples over = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      double alone = bare();
      bare.add(alone);
      try (TestDatabase database = server.createDatabase()) {
        double millis = together(database, failed);
        together.add(millis);
        over.add(millis - alone);
      }
    }
    results.add(
        "CREATE INDEX CONCURRENTLY, bare and by " + INSTANCES + " instances, until all have ended, ms",
        Map.of(RawJdbc.NAME, bare.median(), MigratorContender.NAME, together.median()),
        Goal.atMost("H5, ms over the bare statement,", 1000, over.median()));
    results.add(
        "CREATE INDEX CONCURRENTLY, " + INSTANCES + " instances, those that failed or took more than "
            + PATIENCE.toSeconds() + " s, at most",
        Map.of(MigratorContender.NAME, failed.most()),
        Goal.atMost("H5,", 0, failed.most()));
  }

  private double bare() throws Exception {
    try (TestDatabase database = server.createDatabase()) {
      database.execute(TABLE);
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        return Rounds.millis(() -> statement.execute(INDEX));
      }
    }
  }

  private double together(TestDatabase database, Samples failures) throws Exception {
    Contender contender = new MigratorContender();
    contender.apply(database.dataSource(), table);
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    try {
      long began = System.nanoTime();
      List<Future<?>> instances = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        instances.add(threads.submit(() -> {
          contender.apply(database.dataSource(), index);
          return null;
        }));
      }
      int failed = 0;
      for (Future<?> instance : instances) {
        failed += succeeded(instance, began + PATIENCE.toNanos()) ? 0 : 1;
      }
      double millis = (System.nanoTime() - began) / 1e6;
      failures.add(failed);
      requireValid(database);
      return millis;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void requireValid(TestDatabase database) throws SQLException {
    String found = database.value("SELECT string_agg(indisvalid::text, ' ') FROM pg_index"
        + " WHERE indrelid = to_regclass('t')");
    if (!found.equals("true")) {
      throw new SQLException("indexes, valid: " + found);
    }
  }

  private static boolean succeeded(Future<?> instance, long deadline) throws InterruptedException {
    try {
      instance.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
