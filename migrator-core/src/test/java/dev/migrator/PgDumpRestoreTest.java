package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Backup;
import dev.migrator.config.Backup.Encryption;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.config.Restore;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport;
import dev.migrator.report.BackupReport.Format;
import dev.migrator.report.RestoreReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What is backed up is brought back, into a database that is new, and nothing that was there is lost. */
@PostgresTest
@RequiresPgDump
@Timeout(180)
class PgDumpRestoreTest {

  private static final String CONTENT = """
      create table people (id int primary key generated always as identity, name text not null, photo bytea);
      insert into people (name, photo) select 'p' || i, decode(md5(i::text), 'hex') from generate_series(1, 200) i;
      create view names as select name from people;
      select lo_from_bytea(99, decode('00ff', 'hex'));
      """;

  @TempDir
  Path place;

  @AfterEach
  void dropWhatWasMade(TestDatabase database) {
    for (List<String> made : database.query(
        "select datname from pg_database where datname like ? and datname <> ?",
        database.name().replace("_", "\\_") + "\\_%",
        database.name())) {
      database.execute("drop database \"" + made.get(0) + "\" with (force)");
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aBackupIsBroughtBackIntoANewDatabase(Format format, TestDatabase database)
      throws IOException {
    database.execute(CONTENT);
    BackupReport backup = backup(
        database, b -> format == Format.DIRECTORY ? b.format(format).jobs(2) : b.format(format));
    RestoreReport report = engine(database)
        .restore(Restore.of(backup.file()).into(database.name() + "_new").jobs(2));
    assertThat(report.database()).isEqualTo(database.name() + "_new");
    assertThat(report.checksum()).isEqualTo(backup.checksum());
    assertThat(report.replaced()).isNull();
    assertSame(database, report.database());
  }

  @Test
  @RequiresProgram({"age", "age-keygen"})
  void anEncryptedOneNeedsTheKey(TestDatabase database) throws Exception {
    Path key = place.resolve("key.txt");
    assertThat(new ProcessBuilder("age-keygen", "-o", key.toString()).start().waitFor())
        .isZero();
    String recipient = Files.readAllLines(key).stream()
        .filter(line -> line.startsWith("# public key: "))
        .findFirst()
        .orElseThrow()
        .substring("# public key: ".length());
    database.execute(CONTENT);
    for (Format format : List.of(Format.PLAIN, Format.CUSTOM)) {
      BackupReport backup =
          backup(database, b -> b.format(format).encryption(Encryption.age(recipient)));
      Restore request = Restore.of(backup.file())
          .into(database.name() + "_" + format.name().toLowerCase(Locale.ROOT));
      MigrationException failure = failure(database, request);
      assertThat(failure.code()).isEqualTo(FailureCode.RESTORE_FAILED);
      assertThat(failure)
          .hasMessageContaining("--identity")
          .hasMessageContaining("was dropped again");
      assertSame(database, engine(database).restore(request.identity(key)).database());
    }
  }

  @Test
  void aTruncatedOneIsRefusedBeforeAnythingIsDone(TestDatabase database) throws IOException {
    database.execute(CONTENT);
    BackupReport backup = backup(database, b -> b);
    byte[] bytes = Files.readAllBytes(backup.file());
    Files.write(backup.file(), Arrays.copyOf(bytes, bytes.length - 10));
    MigrationException failure = failure(database, Restore.of(backup.file()));
    assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_DAMAGED);
    assertThat(failure).hasMessageContaining(backup.checksum());
    assertThat(databases(database)).isEmpty();
  }

  @Test
  void aCheckThatComesTooLateLeavesNothingBehindEither(TestDatabase database) throws IOException {
    database.execute(CONTENT);
    BackupReport backup = backup(database, b -> b);
    byte[] bytes = Files.readAllBytes(backup.file());
    Path cut = Files.write(place.resolve("cut.sql.gz"), Arrays.copyOf(bytes, bytes.length - 10));
    String checksum = HexFormat.of().formatHex(sha256(Files.readAllBytes(cut)));
    MigrationException failure = failure(database, Restore.of(cut).checksum(checksum));
    assertThat(failure.code()).isEqualTo(FailureCode.RESTORE_FAILED);
    assertThat(failure).hasMessageContaining(database.name() + "_restored was dropped again");
    assertThat(databases(database)).isEmpty();
  }

  @Test
  void theChecksumIsFoundInTheHistoryToo(TestDatabase database) throws IOException {
    new MigrationFolder(Files.createDirectories(place.resolve("scripts")))
        .script("01_a.sql", "create table a ();")
        .engine(database)
        .migrate();
    BackupReport backup = backup(database, b -> b);
    Path elsewhere = Files.createDirectories(place.resolve("elsewhere"));
    Path moved = Files.move(backup.file(), elsewhere.resolve(backup.file().getFileName()));
    assertThat(engine(database).restore(Restore.of(moved)).checksum()).isEqualTo(backup.checksum());
    Path renamed = Files.move(moved, elsewhere.resolve("other.sql.gz"));
    assertThat(failure(database, Restore.of(renamed).into(database.name() + "_x")))
        .hasMessageContaining("--checksum <sha256>");
  }

  @Test
  void theFileBesideItAndTheHistoryHaveToAgree(TestDatabase database) throws IOException {
    new MigrationFolder(Files.createDirectories(place.resolve("scripts")))
        .script("01_a.sql", "create table a ();")
        .engine(database)
        .migrate();
    BackupReport backup = backup(database, b -> b);
    Files.writeString(Path.of(backup.file() + ".sha256"), "0".repeat(64) + "  x\n");
    MigrationException failure = failure(database, Restore.of(backup.file()));
    assertThat(failure.code()).isEqualTo(FailureCode.BACKUP_DAMAGED);
    assertThat(failure)
        .hasMessageContaining("do not agree")
        .hasMessageContaining(backup.checksum());
    assertThat(engine(database)
            .restore(Restore.of(backup.file()).checksum(backup.checksum()))
            .checksum())
        .isEqualTo(backup.checksum());
  }

  @Test
  void aDatabaseThatExistsIsNeverTouched(TestDatabase database) {
    database.execute(CONTENT);
    BackupReport backup = backup(database, b -> b);
    TestDatabase other = database.sibling();
    other.execute("create table mine ()");
    MigrationException failure = failure(database, Restore.of(backup.file()).into(other.name()));
    assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(failure).hasMessageContaining("exists already");
    assertThat(other.value("select to_regclass('mine') is not null")).isEqualTo("t");
    assertThat(failure(database, Restore.of(backup.file()).into(database.name())))
        .hasMessageContaining("exists already");
  }

  @Test
  void inThePlaceOfAnotherOnlyWithThePhraseAndThatOneIsKept(TestDatabase database) {
    database.execute(CONTENT);
    TestRole role = database.createRole();
    database.execute(
        "alter database " + database.name() + " set search_path to 'public', 'Odd One';"
            + "revoke connect on database " + database.name() + " from public;"
            + "grant connect, create on database " + database.name() + " to " + role.name());
    String rights = rights(database);
    BackupReport backup = backup(database, b -> b);
    database.execute("drop view names; delete from people");
    assertThat(failure(database, Restore.of(backup.file()).inPlace("RESTORE it")))
        .hasMessageContaining("--overwrite-phrase \"RESTORE " + database.name() + "\"");
    RestoreReport report =
        engine(database).restore(Restore.of(backup.file()).inPlace("RESTORE " + database.name()));
    assertThat(report.database()).isEqualTo(database.name());
    assertThat(report.replaced()).startsWith(database.name() + "_before_");
    assertThat(database.value("select count(*) from names")).isEqualTo("200");
    assertThat(rights(database)).isEqualTo(rights);
    assertThat(databases(database)).containsExactly(requireNonNull(report.replaced()));
  }

  @Test
  void itTakesNoOnesPlaceWhoHasSessionsThere(TestDatabase database) throws Exception {
    database.execute(CONTENT);
    BackupReport backup = backup(database, b -> b);
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
      MigrationException failure =
          failure(database, Restore.of(backup.file()).inPlace("RESTORE " + database.name()));
      assertThat(failure).hasMessageContaining("somebody is connected to " + database.name());
    }
    assertThat(databases(database)).isEmpty();
  }

  /** An application that comes back in the last second costs nobody the hours of reading. */
  @Test
  void whatCannotTakeThePlaceStaysAndIsNamed(TestDatabase database) throws Exception {
    database.execute(CONTENT);
    database.execute(
        "create function slow() returns boolean language sql as $$ select true $$;"
            + "create table waits (n int check (slow())); insert into waits values (1);"
            + "create or replace function slow() returns boolean language sql as $$ select pg_sleep(3) is not null $$");
    BackupReport backup = backup(database, b -> b);
    MigrationEngine engine = engine(database);
    CompletableFuture<MigrationException> run =
        CompletableFuture.supplyAsync(() -> catchThrowableOfType(
            MigrationException.class,
            () -> engine.restore(Restore.of(backup.file()).inPlace("RESTORE " + database.name()))));
    PGSimpleDataSource outside = database.dataSource();
    outside.setDatabaseName("postgres");
    MigrationException failure;
    try (Connection beside = outside.getConnection();
        Statement statement = beside.createStatement()) {
      String sleeping =
          "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and datname like '"
              + database.name() + "_restoring_%'";
      while (number(statement, sleeping) == 0 && !run.isDone()) {
        Thread.sleep(20);
      }
      try (Connection back = database.dataSource().getConnection()) {
        assertThat(back.isValid(1)).isTrue();
        failure = run.get(60, TimeUnit.SECONDS);
      }
    }
    List<String> left = databases(database);
    assertThat(left).hasSize(1);
    assertThat(failure.code()).isEqualTo(FailureCode.RESTORE_FAILED);
    assertThat(failure)
        .hasMessageContaining("into the database " + left.get(0) + ", which stays")
        .hasMessageContaining(
            "ALTER DATABASE \"" + left.get(0) + "\" RENAME TO \"" + database.name() + "\"");
    assertThat(value(left.get(0), database, "select count(*) from names")).isEqualTo("200");
    assertThat(database.value("select count(*) from names")).isEqualTo("200");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void whoMayNotReplaceADatabaseHearsOfItAtOnce(TestDatabase database) {
    database.execute("create table t ()");
    BackupReport backup = backup(database, b -> b);
    TestRole role = database.createRole("CREATEDB");
    MigrationEngine engine = MigrationEngine.builder()
        .connections(
            Connections.to(database.jdbcUrl()).withUser(role.name()).withPassword(role.password()))
        .locations("filesystem:" + place)
        .environment(Environment.TEST)
        .build();
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> engine.restore(Restore.of(backup.file()).inPlace("RESTORE " + database.name())));
    assertThat(failure.code()).isEqualTo(FailureCode.RESTORE_FAILED);
    assertThat(failure)
        .hasMessageContaining("does not own it")
        .hasMessageContaining("nothing was changed.");
  }

  /** A copy of production is for nobody who may not see production. */
  @Test
  void whoMayNotConnectToTheDatabaseMayNotConnectToItsCopy(TestDatabase database) {
    database.execute("revoke connect on database " + database.name() + " from public");
    RestoreReport report =
        engine(database).restore(Restore.of(backup(database, b -> b).file()));
    assertThat(database.value(
            "select count(*) from pg_database, aclexplode(datacl) a where datname = ? and a.grantee = 0",
            report.database()))
        .isEqualTo("0");
  }

  @Test
  void inProductionItAlsoHasToBeConfirmed(TestDatabase database) {
    BackupReport backup = backup(database, b -> b);
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> builder(database, b -> b)
            .environment(Environment.PRODUCTION)
            .build()
            .restore(Restore.of(backup.file()).inPlace("RESTORE " + database.name())));
    assertThat(failure.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
  }

  @Test
  void itIsBroughtBackAlsoWhereTheDatabaseIsGone(TestDatabase database) {
    TestDatabase lost = database.sibling();
    lost.execute(CONTENT);
    BackupReport backup = backup(lost, b -> b);
    database.execute("drop database " + lost.name() + " with (force)");
    RestoreReport report = engine(lost).restore(Restore.of(backup.file()).into(lost.name()));
    assertThat(report.database()).isEqualTo(lost.name());
    assertThat(lost.value("select count(*) from names")).isEqualTo("200");
  }

  @Test
  void whatCannotBeBroughtBackDropsTheNewDatabaseAndNoOther(TestDatabase database)
      throws IOException {
    TestRole role = database.createRole("CREATEDB");
    database.execute("create table t (); alter table t owner to " + role.name());
    BackupReport backup = backup(database, b -> b);
    database.execute("alter table t owner to " + database.user() + "; alter role " + role.name()
        + " rename to " + role.name() + "_away");
    try {
      MigrationException failure = failure(database, Restore.of(backup.file()));
      assertThat(failure.code()).isEqualTo(FailureCode.RESTORE_FAILED);
      assertThat(failure)
          .hasMessageContaining("role \"" + role.name() + "\" does not exist")
          .hasMessageContaining("pg_dumpall --roles-only");
      assertThat(databases(database)).isEmpty();
    } finally {
      database.execute("alter role " + role.name() + "_away rename to " + role.name());
    }
  }

  @Test
  void whoCancelsGetsRidOfTheNewDatabase(TestDatabase database) throws Exception {
    database.execute(CONTENT
        + "; create function slow() returns boolean language sql as $$ select pg_sleep(60) is not null $$;"
        + " create table waits (n int check (slow()))");
    database.execute(
        "create or replace function slow() returns boolean language sql as $$ select true $$");
    database.execute("insert into waits values (1)");
    database.execute(
        "create or replace function slow() returns boolean language sql as $$ select pg_sleep(60) is not null $$");
    BackupReport backup = backup(database, b -> b);
    MigrationEngine engine = engine(database);
    CompletableFuture<MigrationException> run =
        CompletableFuture.supplyAsync(() -> catchThrowableOfType(
            MigrationException.class, () -> engine.restore(Restore.of(backup.file()))));
    while (database
        .value(
            "select count(*) from pg_stat_activity where datname = ? and state = 'active'",
            database.name() + "_restored")
        .equals("0")) {
      Thread.sleep(20);
    }
    Thread.sleep(300);
    assertThat(engine.cancel()).isTrue();
    MigrationException failure = run.get(30, TimeUnit.SECONDS);
    assertThat(failure.code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(failure).hasMessageContaining("was dropped again");
    assertThat(databases(database)).isEmpty();
  }

  @Test
  void aFileThatIsNoBackupIsRefused(TestDatabase database) throws IOException {
    Path file = Files.writeString(place.resolve("x.txt"), "hello", StandardOpenOption.CREATE_NEW);
    assertThat(failure(database, Restore.of(file))).hasMessageContaining("is no backup");
    assertThat(failure(database, Restore.of(place.resolve("nothing"))))
        .hasMessageContaining("there is no");
    assertThat(failure(database, Restore.of(place)))
        .hasMessageContaining("none that pg_dump wrote");
  }

  @Test
  void aPlainOneIsSqlThatEndsAsADumpDoes(TestDatabase database) throws IOException {
    database.execute(CONTENT);
    BackupReport backup = backup(database, b -> b);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(backup.file()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("COPY public.people")
          .contains("-- PostgreSQL database dump complete");
    }
  }

  private void assertSame(TestDatabase database, String other) {
    assertThat(fingerprint(database.name(), database)).isEqualTo(fingerprint(other, database));
    for (String query : List.of(
        "select md5(string_agg(p::text, '|' order by id)) from people p",
        "select encode(lo_get(99), 'hex')")) {
      assertThat(value(other, database, query)).isEqualTo(database.value(query));
    }
  }

  private static String value(String name, TestDatabase database, String query) {
    PGSimpleDataSource dataSource = database.dataSource();
    dataSource.setDatabaseName(name);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String fingerprint(String name, TestDatabase database) {
    PGSimpleDataSource dataSource = database.dataSource();
    dataSource.setDatabaseName(name);
    return MigrationEngine.builder()
        .dataSource(dataSource)
        .locations("filesystem:nowhere")
        .build()
        .snapshot()
        .fingerprint()
        .toString();
  }

  /** Those that were made beside it. */
  private static List<String> databases(TestDatabase database) {
    return database
        .query(
            "select datname from pg_database where datname like ?",
            database.name().replace("_", "\\_") + "\\_%")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static String rights(TestDatabase database) {
    return database.value("""
        select concat_ws(' ', pg_get_userbyid(datdba), (select array_agg(a::text order by a::text) from unnest(datacl) a),
                         (select setconfig from pg_db_role_setting where setdatabase = d.oid))
          from pg_database d where datname = current_database()""");
  }

  private BackupReport backup(TestDatabase database, UnaryOperator<Backup> change) {
    return builder(database, change).build().backup();
  }

  private MigrationEngine engine(TestDatabase database) {
    return builder(database, b -> b).build();
  }

  private MigrationEngineBuilder builder(TestDatabase database, UnaryOperator<Backup> change) {
    return MigrationEngine.builder()
        .connections(Connections.to(database.jdbcUrl())
            .withUser(database.user())
            .withPassword(database.password()))
        .locations("filesystem:" + place)
        .environment(Environment.TEST)
        .safeguards(s -> s.backup(b -> change.apply(b.directory(place.resolve("backups")))));
  }

  private MigrationException failure(TestDatabase database, Restore request) {
    return catchThrowableOfType(MigrationException.class, () -> engine(database).restore(request));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
