package dev.migrator.benchmark;

import dev.migrator.benchmark.Table.Goal;
import dev.migrator.config.RowCheck;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures Migrator, raw JDBC, Flyway and Liquibase side by side, and writes one table.
 *
 * <p>System properties: {@code benchmark.parts} (look, read, fresh, cost, apply, instances, concurrently, jar; snapshot, beside
 * pg_dump; verify; start, of the command line; and reliability; the last two print tables of their own), {@code benchmark.look} and
 * {@code benchmark.apply} and {@code benchmark.verify} (numbers of migrations), {@code benchmark.contenders}, {@code benchmark.report} (the file),
 * {@code benchmark.jar} (the packaged core), and those of the test fixture, which choose the server.
 */
public final class Benchmark {

  private static final int INSTANCES = 16;
  private static final int INSTANCE_MIGRATIONS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long KILOBYTE = 1024;

  private final Table table = new Table();
  private final List<Contender> contenders;
  private final PostgresServer server = PostgresServer.shared();
  private final Path folder;
  private final Map<Integer, Scripts> written = new TreeMap<>();

  private Benchmark(Path folder) {
    this.folder = folder;
    this.contenders = names(
            "benchmark.contenders",
            String.join(
                ",",
                RawJdbc.NAME,
                MigratorContender.NAME,
                FlywayContender.NAME,
                LiquibaseContender.NAME))
        .stream()
        .map(Contender::named)
        .toList();
  }

  /** Runs what is asked for. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("migrator-benchmark-");
    Benchmark benchmark = new Benchmark(folder);
    List<String> parts = names("benchmark.parts", "look,read,fresh,cost,apply,instances,concurrently,jar");
    String outcomes = "";
    for (String part : parts) {
      System.err.println("Part " + part);
      switch (part) {
        case "look" -> benchmark.look();
        case "read" -> benchmark.read();
        case "fresh" -> benchmark.fresh();
        case "cost" -> benchmark.cost();
        case "apply" -> benchmark.apply();
        case "instances" -> benchmark.instances();
        case "concurrently" ->
          new Concurrently(benchmark.server, folder).measure(benchmark.table);
        case "snapshot" -> Snapshots.measure(benchmark.table, benchmark.server);
        case "verify" -> benchmark.verify();
        case "start" -> outcomes = benchmark.start();
        case "reliability" -> outcomes = new Reliability(benchmark.server, folder).play();
        case "jar" -> benchmark.jar();
        default -> throw new IllegalArgumentException(part);
      }
    }
    String report = benchmark.surroundings() + "\n" + benchmark.table.markdown()
        + (outcomes.isEmpty() ? "" : "\n" + outcomes);
    System.out.println(report);
    Files.writeString(
        Path.of(System.getProperty("benchmark.report", "target/benchmark.md")), report);
    delete(folder);
  }

  private String surroundings() {
    return String.format(
        Locale.ROOT,
        "Medians of interleaved rounds, %s: PostgreSQL %s, %s; %d processors, Java %s, each library with its defaults.%n",
        LocalDate.now(java.time.ZoneOffset.UTC),
        server.version(),
        Boolean.getBoolean("migrator.test.durable")
            ? "durable commits, data on disk, over loopback"
            : "commits not durable",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
  }

  private String start() throws Exception {
    Scripts scripts = scripts(100);
    try (TestDatabase database = server.createDatabase()) {
      return ProgramStart.measure(database, scripts.folder());
    }
  }

  // Nothing pending

  private void look() throws Exception {
    for (int count : numbers("benchmark.look", "100,1000,5000")) {
      Scripts scripts = scripts(count);
      Map<Contender, TestDatabase> databases = migrated(scripts);
      for (Contender contender : contenders) {
        warmUp(contender, of(databases, contender).dataSource(), scripts);
      }
      Map<Contender, Samples> samples = new Rounds<>(contenders)
          .measure(
              count <= 1000 ? 15 : 9,
              count <= 100 ? 151 : 61,
              contender -> Rounds.millis(() ->
                  contender.look(of(databases, contender).dataSource(), scripts)));
      Map<String, Double> medians = medians(samples);
      table.add(
          "nothing pending, " + count + " migrations in a folder, ms",
          medians,
          goalsOfLook(count, 1.3, medians));
      List<Contender> packaged = packaged();
      for (Contender contender : packaged) {
        warmUp(() ->
            contender.lookPackaged(of(databases, contender).dataSource(), scripts));
      }
      Map<String, Double> ofJar = medians(new Rounds<>(packaged)
          .measure(
              count <= 1000 ? 15 : 9,
              count <= 100 ? 151 : 61,
              contender -> Rounds.millis(() ->
                  contender.lookPackaged(of(databases, contender).dataSource(), scripts))));
      table.add(
          "nothing pending, " + count + " migrations in a jar with an index, ms",
          ofJar,
          goalsOfLook(count, count > 1000 ? 1.7 : 1.5, ofJar));
      databases.values().forEach(TestDatabase::close);
    }
  }

  private static Goal[] goalsOfLook(int count, double most, Map<String, Double> medians) {
    List<Goal> goals = new ArrayList<>();
    goals.add(Goal.atMost(
        "H1, times raw,", most, ratio(medians, MigratorContender.NAME, RawJdbc.NAME)));
    if (count >= 1000) {
      goals.add(Goal.atLeast(
          String.format(
              Locale.ROOT,
              "H1, faster than Flyway (raw JDBC is by %.1f),",
              ratio(medians, FlywayContender.NAME, RawJdbc.NAME)),
          count >= 5000 ? 20 : 10,
          ratio(medians, FlywayContender.NAME, MigratorContender.NAME)));
    }
    return goals.toArray(Goal[]::new);
  }

  /** Those that can look into a jar here. */
  private List<Contender> packaged() {
    return contenders.stream()
        .filter(contender -> !contender.name().equals(LiquibaseContender.NAME))
        .toList();
  }

  private static void warmUp(Contender contender, PGSimpleDataSource database, Scripts scripts)
      throws Exception {
    warmUp(() -> contender.look(database, scripts));
  }

  private static void warmUp(Rounds.Work work) throws Exception {
    long started = System.nanoTime();
    int times = 0;
    while (times < 400 && System.nanoTime() - started < TimeUnit.SECONDS.toNanos(3)) {
      work.run();
      times++;
    }
  }

  // Reading alone

  /** Beside Flyway's whole way to "nothing is pending", which has to do as much reading, but no splitting. */
  private void read() throws Exception {
    Scripts scripts = scripts(5000);
    ClassLoader jar = scripts.loader(scripts.jar());
    ClassLoader fatJar = scripts.loader(scripts.fatJar());
    String packaged = "classpath:" + Scripts.PACKAGED;
    Contender flyway = new FlywayContender();
    try (TestDatabase database = server.createDatabase()) {
      flyway.apply(database.dataSource(), scripts);
      PGSimpleDataSource known = database.dataSource();
      row("folder", () -> Reading.everything("filesystem:" + scripts.folder(), jar), () ->
          flyway.look(known, scripts));
      row("jar", () -> Reading.everything(packaged, jar), () -> FlywayContender.look(known, jar));
      row("jar among 20,000 classes", () -> Reading.everything(packaged, fatJar), () ->
          FlywayContender.look(known, fatJar));
    }
    byte[] script = Reading.script(10_000_000);
    table.add(
        "split a script of 10 MB, ms",
        Map.of(MigratorContender.NAME, median(() -> Reading.split(script))));
    Path copy = Reading.writeCopy(folder, 50_000_000);
    table.add(
        "split a script with 50 MB of COPY data, ms",
        Map.of(MigratorContender.NAME, median(() -> Reading.split(copy))));
  }

  private void row(String place, Rounds.Work reading, Rounds.Work flyway) throws Exception {
    warmUp(reading);
    warmUp(flyway);
    Map<String, Double> medians = new LinkedHashMap<>();
    Map<Rounds.Work, Samples> samples =
        new Rounds<>(List.of(reading, flyway)).measure(9, 31, Rounds::millis);
    medians.put(MigratorContender.NAME, of(samples, reading).median());
    medians.put(FlywayContender.NAME, of(samples, flyway).median());
    table.add(
        "find, read, checksum and split 5000 scripts, " + place
            + ", beside Flyway's whole \"nothing pending\", ms",
        medians);
  }

  private static double median(Rounds.Work work) throws Exception {
    warmUp(work);
    Samples samples = new Samples();
    for (int i = 0; i < 9; i++) {
      samples.add(Rounds.millis(work));
    }
    return samples.median();
  }

  private void fresh() throws Exception {
    for (int count : numbers("benchmark.fresh", "100,1000")) {
      Scripts scripts = scripts(count);
      Map<Contender, TestDatabase> databases = migrated(scripts, packaged());
      Map<String, Double> medians = medians(new Rounds<>(packaged())
          .measure(
              count <= 100 ? 9 : 5,
              9,
              contender -> Rounds.millis(() -> FreshJvm.run(
                  contender, of(databases, contender).dataSource(), scripts))));
      double over =
          value(medians, MigratorContender.NAME) - value(medians, RawJdbc.NAME);
      table.add(
          "nothing pending, " + count + " migrations in a jar with an index, fresh JVM, ms",
          medians,
          count == 100
              ? new Goal[] {Goal.atMost("H2, ms over raw,", 25, over)}
              : new Goal[0]);
      databases.values().forEach(TestDatabase::close);
    }
  }

  // What it costs, times apart

  private void cost() throws Exception {
    Scripts scripts = scripts(100);
    Map<Contender, TestDatabase> databases = migrated(scripts);
    Map<String, Double> connections = new LinkedHashMap<>();
    Map<String, Double> waits = new LinkedHashMap<>();
    Map<String, Double> allocated = new LinkedHashMap<>();
    Map<String, Double> appliedWaits = new LinkedHashMap<>();
    Map<String, Double> appliedAllocated = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      PGSimpleDataSource plain = of(databases, contender).dataSource();
      warmUp(contender, plain, scripts);
      Samples bytes = new Samples();
      for (int i = 0; i < 15; i++) {
        long before = Allocation.bytes();
        contender.look(plain, scripts);
        bytes.add((double) (Allocation.bytes() - before) / KILOBYTE);
      }
      allocated.put(contender.name(), bytes.median());
      CountingSockets.Count before = CountingSockets.now();
      contender.look(counting(of(databases, contender)), scripts);
      CountingSockets.Count count = CountingSockets.now().minus(before);
      connections.put(contender.name(), (double) count.connections());
      waits.put(contender.name(), (double) count.waits());

      // What each further migration costs: all of them, less the first half of them.
      Cost half = applied(contender, scripts(50));
      Cost all = applied(contender, scripts);
      appliedWaits.put(contender.name(), (double) (all.waits() - half.waits()) / 50);
      appliedAllocated.put(
          contender.name(), (double) (all.bytes() - half.bytes()) / 50 / KILOBYTE);
    }
    table.add("nothing pending, 100 migrations, connections", connections);
    table.add("nothing pending, 100 migrations, waits for the server, start-up included", waits);
    table.add(
        "nothing pending, 100 migrations, allocated, KB",
        allocated,
        Goal.atMost("H2, KB,", 512, value(allocated, MigratorContender.NAME)));
    table.add(
        "waits for each applied migration",
        appliedWaits,
        Goal.atMost("H3,", 2, value(appliedWaits, MigratorContender.NAME)));
    table.add("allocated for each applied migration, KB", appliedAllocated);
    databases.values().forEach(TestDatabase::close);
  }

  private record Cost(long waits, long bytes) {}

  private Cost applied(Contender contender, Scripts scripts) throws Exception {
    try (TestDatabase database = server.createDatabase()) {
      CountingSockets.Count before = CountingSockets.now();
      long bytes = Allocation.bytes();
      contender.apply(counting(database), scripts);
      return new Cost(
          CountingSockets.now().minus(before).waits(), Allocation.bytes() - bytes);
    }
  }

  private static PGSimpleDataSource counting(TestDatabase database) {
    PGSimpleDataSource dataSource = database.dataSource();
    dataSource.setSocketFactory(CountingSockets.class.getName());
    return dataSource;
  }

  // Applying

  private void apply() throws Exception {
    List<Contender> all = new ArrayList<>(contenders);
    Contender alone = RawJdbc.scriptsAlone();
    all.add(alone);
    double each = Double.NaN;
    for (int count : numbers("benchmark.apply", "100,1000")) {
      Scripts scripts = scripts(count);
      if (count <= 100) {
        new Rounds<>(all).measure(4, 4, contender -> timeToApply(contender, scripts));
      }
      Map<Contender, Samples> samples = new Rounds<>(all)
          .measure(
              count <= 100 ? 11 : count <= 1000 ? 5 : 3,
              count <= 100 ? 25 : 5,
              contender -> timeToApply(contender, scripts));
      Map<String, Double> bare = Map.of(RawJdbc.NAME, of(samples, alone).median());
      samples.remove(alone);
      Map<String, Double> medians = medians(samples);
      List<Goal> goals = new ArrayList<>();
      goals.add(Goal.atMost(
          "H3, times raw,", 1.15, ratio(medians, MigratorContender.NAME, RawJdbc.NAME)));
      goals.add(Goal.atLeast(
          String.format(
              Locale.ROOT,
              "H3, faster than Flyway (raw JDBC is by %.2f),",
              ratio(medians, FlywayContender.NAME, RawJdbc.NAME)),
          3,
          ratio(medians, FlywayContender.NAME, MigratorContender.NAME)));
      double eachNow = value(medians, MigratorContender.NAME) / count;
      if (count > 1000) {
        goals.add(Goal.atMost("H3, time for each, times that of fewer,", 1.15, eachNow / each));
      }
      each = eachNow;
      table.add("apply " + count + ", ms", medians, goals.toArray(Goal[]::new));
      table.add("apply " + count + ", the scripts alone, nothing recorded, ms", bare);
    }
  }

  private double timeToApply(Contender contender, Scripts scripts) throws Exception {
    try (TestDatabase database = server.createDatabase()) {
      PGSimpleDataSource dataSource = database.dataSource();
      double millis = Rounds.millis(() -> contender.apply(dataSource, scripts));
      requireEachOnce(contender, database, scripts);
      return millis;
    }
  }

  private static void requireEachOnce(
      Contender contender, TestDatabase database, Scripts scripts) {
    List<String> found = database
        .query("SELECT count(*), count(DISTINCT migration) FROM applied_once")
        .get(0);
    String wanted = Integer.toString(scripts.count());
    if (!found.equals(List.of(wanted, wanted))) {
      throw new IllegalStateException(contender.name() + " applied " + found);
    }
  }

  // Many at once

  private void instances() throws Exception {
    Scripts scripts = scripts(INSTANCE_MIGRATIONS);
    Map<String, Double> one = new LinkedHashMap<>();
    Map<String, Double> many = new LinkedHashMap<>();
    Map<String, Double> failed = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      if (contender.name().equals(RawJdbc.NAME)) {
        continue;
      }
      // Peers' instances wait for each other by the second, so one round of them says it all.
      int rounds = contender.name().equals(MigratorContender.NAME) ? 9 : 1;
      Samples single = new Samples();
      Samples together = new Samples();
      Samples failures = new Samples();
      for (int round = 0; round < rounds; round++) {
        single.add(timeToApply(contender, scripts));
        together.add(timeOfAll(contender, scripts, failures));
      }
      one.put(contender.name(), single.median());
      many.put(contender.name(), together.median());
      failed.put(contender.name(), failures.median());
    }
    table.add("1 instance, empty database, 100 migrations, ms", one);
    table.add(
        "16 instances at once, empty database, 100 migrations, ms",
        many,
        Goal.atMost(
            "H4, times one instance,",
            1.5,
            value(many, MigratorContender.NAME) / value(one, MigratorContender.NAME)));
    table.add(
        "16 instances at once, those that failed or took more than " + PATIENCE.toSeconds() + " s",
        failed,
        Goal.atMost("H4,", 0, value(failed, MigratorContender.NAME)));
  }

  private double timeOfAll(Contender contender, Scripts scripts, Samples failures)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    TestDatabase database = server.createDatabase();
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> instances = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        PGSimpleDataSource dataSource = database.dataSource();
        instances.add(threads.submit(() -> {
          start.await();
          contender.apply(dataSource, scripts);
          return null;
        }));
      }
      long started = System.nanoTime();
      start.countDown();
      int failed = 0;
      for (Future<?> instance : instances) {
        failed += succeeded(instance, started + PATIENCE.toNanos()) ? 0 : 1;
      }
      double millis = (System.nanoTime() - started) / 1e6;
      failures.add(failed);
      requireEachOnce(contender, database, scripts);
      return millis;
    } finally {
      threads.shutdownNow();
      drop(database);
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

  /** Drops a database that instances may still be using: the fixture notices, and here that is no surprise. */
  private static void drop(TestDatabase database) {
    try {
      database.close();
    } catch (AssertionError stillInUse) {
      System.err.println(stillInUse.getMessage());
    }
  }

  // Verifying

  private void verify() throws Exception {
    for (int count : numbers("benchmark.verify", "300")) {
      Path scripts = VerifiedFolder.write(folder.resolve("verified-" + count), count);
      for (RowCheck rows : List.of(RowCheck.OFF, RowCheck.GENERATED)) {
        double seconds = Rounds.millis(() -> VerifiedFolder.verify(scripts, rows)) / 1000;
        table.add(
            "verify " + count + " migrations on a server of its own, rows "
                + rows.name().toLowerCase(Locale.ROOT) + ", s",
            Map.of(MigratorContender.NAME, seconds));
      }
    }
  }

  // The jar

  private void jar() throws IOException {
    Path jar = Path.of(System.getProperty("benchmark.jar", ""));
    if (!Files.isRegularFile(jar)) {
      return;
    }
    double size = Files.size(jar);
    try (JarFile file = new JarFile(jar.toFile())) {
      size -= file.stream()
          .filter(entry -> entry.getName().startsWith("dev/migrator/cli/"))
          .mapToLong(JarEntry::getCompressedSize)
          .sum();
    }
    table.add(
        "core jar without the command line, KB",
        Map.of(MigratorContender.NAME, size / KILOBYTE),
        Goal.atMost("H6,", 400, size / KILOBYTE));
  }

  private Map<Contender, TestDatabase> migrated(Scripts scripts) throws Exception {
    return migrated(scripts, contenders);
  }

  private Map<Contender, TestDatabase> migrated(Scripts scripts, List<Contender> by)
      throws Exception {
    Map<Contender, TestDatabase> databases = new LinkedHashMap<>();
    for (Contender contender : by) {
      TestDatabase database = server.createDatabase();
      databases.put(contender, database);
      contender.apply(database.dataSource(), scripts);
      database.execute("VACUUM ANALYZE");
    }
    return databases;
  }

  private Scripts scripts(int count) throws IOException {
    Scripts known = written.get(count);
    if (known == null) {
      known = Scripts.write(folder, count);
      written.put(count, known);
    }
    return known;
  }

  /** What a map holds for every contender. */
  private static <K, V> V of(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }

  private static Map<String, Double> medians(Map<Contender, Samples> samples) {
    Map<String, Double> medians = new LinkedHashMap<>();
    samples.forEach((contender, values) -> medians.put(contender.name(), values.median()));
    return medians;
  }

  private static double ratio(Map<String, Double> medians, String above, String below) {
    return value(medians, above) / value(medians, below);
  }

  private static double value(Map<String, Double> medians, String name) {
    return medians.getOrDefault(name, Double.NaN);
  }

  private static List<String> names(String property, String otherwise) {
    return Arrays.asList(System.getProperty(property, otherwise).split(","));
  }

  private static List<Integer> numbers(String property, String otherwise) {
    return names(property, otherwise).stream().map(Integer::valueOf).toList();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
