package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.config.Backup;
import dev.migrator.config.Backup.When;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.JsonReport;
import dev.migrator.report.BackupReport;
import dev.migrator.report.BackupReport.Format;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** The backup before a run, with programs that do what a test needs; {@link PgDumpBackupTest} has the real ones. */
@PostgresTest
@RequiresProgram("sh")
@Timeout(120)
class BackupGateTest {

  @TempDir
  Path scripts;

  @TempDir
  Path place;

  private MigrationFolder folder;

  @BeforeEach
  void aFolder() {
    folder = new MigrationFolder(scripts).script("01_a.sql", "create table a ();");
  }

  @Test
  void aRunWithoutOneAsksForNothing(TestDatabase database) {
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.safety().backup()).isNull();
    assertThat(database.value("select count(*) from migration_history")).isEqualTo("1");
  }

  @Test
  void aBackupComesFirstAndIsRecorded(TestDatabase database) throws IOException {
    programs(database, "echo \"select 'saved';\"");
    MigrationReport report = engine(database, b -> b).migrate();
    BackupReport backup = requireNonNull(report.safety().backup());
    assertThat(backup.file()).exists().hasParent(backups());
    assertThat(backup.file().getFileName().toString())
        .matches("backup-\\d{8}T\\d{6}\\.\\d{3}Z-" + database.name() + "\\.sql\\.gz");
    assertThat(backup.size()).isEqualTo(Files.size(backup.file()));
    assertThat(database.query("""
                select action, status, executed_by, details->>'file', details->>'sha256', details->>'format',
                       details->>'lsn' ~ '^[0-9A-F]+/[0-9A-F]+$'
                  from migration_history order by sequence"""))
        .containsExactly(
            List.of(
                "backup",
                "success",
                "tester",
                backup.file().getFileName().toString(),
                backup.checksum(),
                "plain",
                "t"),
            List.of("apply", "success", "tester", "NULL", "NULL", "NULL", "NULL"));
    assertThat(Files.readString(backups().resolve("latest-backup.txt")))
        .contains(
            "file: " + backup.file(),
            "sha256: " + backup.checksum(),
            "database: " + database.name(),
            "restore: migrator restore " + backup.file());
    assertThat(Files.readString(Path.of(backup.file() + ".sha256")))
        .isEqualTo(backup.checksum() + "  " + backup.file().getFileName() + "\n");
    assertThat(folder.engine(database).status().migrations()).hasSize(1);
    assertThat(folder.engine(database).validate().isValid()).isTrue();
  }

  @Test
  void nobodyElseMayReadIt(TestDatabase database) throws IOException {
    programs(database, "echo x");
    engine(database, b -> b).migrate();
    assertThat(permissions(backups())).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(backups())) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  @Test
  void thereIsNoneWhereNothingIsToBeDone(TestDatabase database) {
    folder.engine(database).migrate();
    assertThat(engine(database, b -> b.programs(place.resolve("nowhere")))
            .migrate()
            .isUpToDate())
        .isTrue();
    assertThat(backups()).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Environment.class)
  void inProductionMeansWhereAConfirmationIsAskedFor(
      Environment environment, TestDatabase database) {
    programs(database, "echo x");
    MigrationReport report = folder
        .builder(database.dataSource())
        .environment(environment)
        .confirmProduction(true)
        .connections(connections(database))
        .safeguards(s -> s.backup(
            b -> b.when(When.PRODUCTION).directory(backups()).programs(place.resolve("bin"))))
        .build()
        .migrate();
    assertThat(report.safety().backup() != null).isEqualTo(environment.needsConfirmation());
  }

  @Test
  void aFailureStopsTheRunAndSaysWhatTheProgramSaid(TestDatabase database) {
    programs(
        database, "echo half; echo 'connection to postgresql://u:topsecret@h failed' >&2; exit 3");
    MigrationException failure = failure(engine(database, b -> b));
    assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_FAILED);
    assertThat(failure)
        .hasMessageContaining(
            "pg_dump ended with exit code 3: connection to postgresql://u:****@h failed")
        .hasMessageContaining("nothing was changed");
    assertThat(backups()).isEmptyDirectory();
    assertThat(database.value(
            "select to_regclass('a') is null and to_regclass('schema_migrations') is null"))
        .isEqualTo("t");
  }

  @Test
  void aFailureLeavesTheLatestOneAsItWas(TestDatabase database) throws IOException {
    programs(database, "echo one");
    engine(database, b -> b).migrate();
    String latest = Files.readString(backups().resolve("latest-backup.txt"));
    folder.script("02_b.sql", "create table b ();");
    programs(database, "echo two; kill -9 $$");
    MigrationException failure = failure(engine(database, b -> b));
    assertThat(failure).hasMessageContaining("exit code 137");
    assertThat(Files.readString(backups().resolve("latest-backup.txt"))).isEqualTo(latest);
    try (Stream<Path> files = Files.list(backups())) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void aProgramThatIsTooOldIsFoundBeforeTheLockIsTaken(TestDatabase database) {
    FakeProgram.in(place.resolve("bin"), "pg_dump", "9.6.24", "echo x");
    MigrationException failure = failure(engine(database, b -> b));
    assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(failure)
        .hasMessageContaining("pg_dump is older: 9.6.24")
        .hasMessageContaining("postgresql-client-" + database.serverVersion().major());
    assertThat(database.value("select to_regclass('schema_migrations') is null"))
        .isEqualTo("t");
  }

  @Test
  void aProgramThatIsMissingIsToldWithWhatToInstall(TestDatabase database) {
    assertThat(failure(engine(database, b -> b.programs(place.resolve("nowhere")))))
        .hasMessageContaining("there is no program pg_dump")
        .hasMessageContaining("--backup off");
  }

  @Test
  void aDataSourceAloneIsNotEnough(TestDatabase database) {
    programs(database, "echo x");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .safeguards(s -> s.backup(b -> b.when(When.ALWAYS).programs(place.resolve("bin"))))
        .build();
    MigrationException failure = failure(engine);
    assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(failure).hasMessageContaining("connections(Connections.to(");
  }

  @Test
  void anAddressOfAnotherDatabaseIsRefused(TestDatabase database) {
    programs(database, "echo x");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .connections(connections(database.sibling()))
        .safeguards(s ->
            s.backup(b -> b.when(When.ALWAYS).directory(backups()).programs(place.resolve("bin"))))
        .build();
    assertThat(failure(engine)).hasMessageContaining("lead to different databases");
    assertThat(backups()).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsFoundFirst(TestDatabase database) throws IOException {
    programs(database, "echo x");
    Path file = Files.writeString(place.resolve("file"), "");
    MigrationException failure =
        failure(engine(database, b -> b.directory(file.resolve("backups"))));
    assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(failure).hasMessageContaining("the directory of the backups");
  }

  @Test
  @RequiresProgram({"mount", "umount"})
  void aFullDiskFailsItAndLeavesNothingBehind(TestDatabase database) throws Exception {
    programs(database, "head -c 3000000 /dev/urandom");
    Path small = Files.createDirectory(place.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", small.toString()) == 0,
        "needs the right to mount a file system");
    try {
      MigrationException failure = failure(engine(database, b -> b.directory(small)));
      assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_FAILED);
      assertThat(failure)
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("make room");
      assertThat(small).isEmptyDirectory();
    } finally {
      assertThat(run("umount", small.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void whoCancelsEndsTheProgramToo(TestDatabase database) throws Exception {
    programs(
        database,
        "echo $$ > " + place.resolve("pid") + "; while true; do echo x; sleep 0.05; done");
    MigrationEngine engine = engine(database, b -> b);
    CompletableFuture<MigrationException> run =
        CompletableFuture.supplyAsync(() -> failure(engine));
    long pid = pid();
    assertThat(engine.cancel()).isTrue();
    assertThat(run.get(20, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(backups()).isEmptyDirectory();
  }

  @Test
  void anInterruptEndsTheProgramTooAndIsKept(TestDatabase database) throws Exception {
    programs(database, "echo $$ > " + place.resolve("pid") + "; exec sleep 600");
    MigrationEngine engine = engine(database, b -> b);
    CompletableFuture<MigrationException> failed = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread thread = new Thread(() -> {
      failed.complete(failure(engine));
      flag.complete(Thread.interrupted());
    });
    thread.start();
    long pid = pid();
    thread.interrupt();
    assertThat(failed.get(20, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.INTERRUPTED);
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(backups()).isEmptyDirectory();
  }

  @Test
  void aRunThatTakesTooLongEndsInTheMiddleOfIt(TestDatabase database) {
    programs(database, "exec sleep 600");
    MigrationEngine engine =
        builder(database, b -> b).limits(l -> l.run(Duration.ofSeconds(2))).build();
    assertThat(failure(engine).code()).isEqualTo(FailureCode.OUT_OF_TIME);
  }

  @Test
  void theAddressIsInTheEnvironmentAndNothingOfItInTheProcessList(TestDatabase database)
      throws IOException {
    programs(
        database,
        "echo \"$@\" > " + place.resolve("arguments") + "; env > " + place.resolve("variables"));
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .connections(connections(database).withPassword("p '\"\\$:@/?#%&=\n;x"))
        .safeguards(s ->
            s.backup(b -> b.when(When.ALWAYS).directory(backups()).programs(place.resolve("bin"))))
        .build();
    engine.migrate();
    assertThat(Files.readString(place.resolve("arguments")))
        .contains("--no-password", "--format=plain")
        .doesNotContain(database.name(), database.user());
    assertThat(Files.readString(place.resolve("variables")))
        .contains("PGDATABASE=" + database.name(), "PGPASSWORD=p '\"\\$:@/?#%&=\n;x\n")
        .doesNotContain("DATABASE_URL=");
  }

  @Test
  void aLostConnectionDoesNotMakeItTwice(TestDatabase database) throws IOException {
    database.execute("create sequence cuts");
    programs(database, "echo x");
    folder.script("02_b.sql", """
        create table b ();
        do $$ begin
          if nextval('cuts') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
        end $$;
        """);
    MigrationReport report = engine(database, b -> b).migrate();
    assertThat(report.steps()).hasSize(2);
    assertThat(database.value("select count(*) from migration_history where action = 'backup'"))
        .isEqualTo("1");
    try (Stream<Path> files = Files.list(backups())) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void itIsRecordedWhereEveryCommandTravelsAlone(TestDatabase database) {
    programs(database, "echo x");
    PGSimpleDataSource simple = database.dataSource();
    simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
    builder(database, b -> b).dataSource(simple).build().migrate();
    assertThat(database.value("select count(*) from migration_history where action = 'backup'"))
        .isEqualTo("1");
  }

  @Test
  void aRunThatFailsTellsWhereItsBackupIs(TestDatabase database) throws IOException {
    programs(database, "echo x");
    folder.script("02_bad.sql", "select 1 / 0;");
    MigrationException failure = failure(engine(database, b -> b));
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    Path backup = failure.backup().orElseThrow();
    assertThat(backup).exists().hasParent(backups());
    assertThat(failure).hasMessageContaining("Backup of before the run: " + backup);
    assertThat(JsonReport.of(failure)).contains("\"backup\": \"" + backup + "\"");
    assertThat(failure(folder.engine(database)).backup()).isEmpty();
  }

  @Test
  void onlyTheLastOnesAreKept(TestDatabase database) throws IOException {
    programs(database, "echo x");
    Files.createDirectories(backups());
    Files.writeString(backups().resolve("backup-of-mine.sql.gz"), "mine");
    for (int i = 2; i < 6; i++) {
      folder.script("0" + i + "_x.sql", "select 1;");
      engine(database, b -> b.keepLast(2)).migrate();
    }
    try (Stream<Path> files = Files.list(backups())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(6)
          .contains("backup-of-mine.sql.gz", "latest-backup.txt")
          .filteredOn(name -> name.matches("backup-\\d.*\\.gz"))
          .hasSize(2);
    }
  }

  /** Of two servers, or of one that was set right, the clock of the later one may be behind. */
  @Test
  void theNewOneIsKeptWhateverTheClocksSay(TestDatabase database) throws IOException {
    programs(database, "echo x");
    Files.createDirectories(backups());
    Path ahead = Files.writeString(
        backups().resolve("backup-29990101T000000.000Z-" + database.name() + ".sql.gz"), "x");
    BackupReport backup =
        requireNonNull(engine(database, b -> b.keepLast(1)).migrate().safety().backup());
    assertThat(backup.file()).exists();
    assertThat(ahead).doesNotExist();
  }

  @Test
  void anotherDatabasesBackupIsNotCounted(TestDatabase database) throws IOException {
    programs(database, "echo x");
    TestDatabase other = database.sibling();
    BackupReport others =
        requireNonNull(engine(other, b -> b.keepLast(1)).migrate().safety().backup());
    BackupReport backup =
        requireNonNull(engine(database, b -> b.keepLast(1)).migrate().safety().backup());
    assertThat(others.file()).exists();
    assertThat(backup.file()).exists();
  }

  @Test
  void aRestorePointIsSetAndRecorded(TestDatabase database) {
    programs(database, "echo x");
    BackupReport backup = requireNonNull(
        engine(database, b -> b.restorePoint(true)).migrate().safety().backup());
    assertThat(backup.restorePoint()).startsWith("migrator backup-").hasSizeLessThan(64);
    assertThat(database.value(
            "select details->>'restorePoint' from migration_history where action = 'backup'"))
        .isEqualTo(backup.restorePoint());
  }

  @Test
  void settingsThatContradictEachOtherAreRefusedBeforeAnythingIsDone(TestDatabase database) {
    for (UnaryOperator<Backup> change : List.<UnaryOperator<Backup>>of(
        b -> b.jobs(4),
        b -> b.format(Format.DIRECTORY).encryption(Backup.Encryption.age("age1x")))) {
      MigrationException failure = failure(engine(database, change));
      assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
      assertThat(failure).hasMessageContaining("directory format");
    }
    assertThat(database.value("select to_regclass('schema_migrations') is null"))
        .isEqualTo("t");
    assertThat(Backup.DEFAULT.jobs(4).format(Format.DIRECTORY))
        .isEqualTo(Backup.DEFAULT.format(Format.DIRECTORY).jobs(4));
    assertThatThrownBy(() -> Backup.Encryption.age("AGE-SECRET-KEY-1ABC"))
        .hasMessageContaining("private key");
  }

  private void programs(TestDatabase database, String body) {
    FakeProgram.in(place.resolve("bin"), "pg_dump", database.serverVersion().major() + ".1", body);
  }

  private Path backups() {
    return place.resolve("backups/migrations");
  }

  private long pid() throws Exception {
    Path file = place.resolve("pid");
    while (!Files.exists(file) || Files.size(file) == 0) {
      Thread.sleep(20);
    }
    return Long.parseLong(Files.readString(file).strip());
  }

  private static Connections connections(TestDatabase database) {
    return Connections.to(database.jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password());
  }

  private MigrationEngine engine(TestDatabase database, UnaryOperator<Backup> change) {
    return builder(database, change).build();
  }

  private MigrationEngineBuilder builder(TestDatabase database, UnaryOperator<Backup> change) {
    return folder
        .builder(database.dataSource())
        .connections(connections(database))
        .safeguards(s -> s.backup(b ->
            change.apply(b.when(When.ALWAYS).directory(backups()).programs(place.resolve("bin")))));
  }

  private static MigrationException failure(MigrationEngine engine) {
    return catchThrowableOfType(MigrationException.class, engine::migrate);
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
