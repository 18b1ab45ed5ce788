package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.FakeProgram;
import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.testing.PgDump;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Backups that are encrypted for a public key, from the machine that has no other to the one that has the private key. */
@PostgresTest
@RequiresPgDump
@Timeout(120)
class PgDumpEncryptionVerbTest {

  @TempDir
  Path folder;

  @TempDir
  Path place;

  private Shell shell;
  private TestDatabase database;

  /**
   * A pair of keys, and another one.
   *
   * @param recipient the public key, as the option names it
   * @param saving options of who has the public key alone
   * @param opening options of who has the private key
   * @param guessing options of who has another private key
   */
  private record Keys(
      String recipient, List<String> saving, List<String> opening, List<String> guessing) {}

  @BeforeEach
  void aShell(TestDatabase fresh) {
    database = fresh;
    shell = new Shell(folder, database).script("01_a.sql", "create table a ();");
    database.execute(
        "create table people as select i, 'p' || i as name from generate_series(1, 500) i");
  }

  @AfterEach
  void drop() throws Exception {
    database.execute("drop database if exists " + database.name() + "_restored");
    for (String home : List.of("public", "private", "other")) {
      if (Files.isDirectory(place.resolve(home))) {
        sh("gpgconf --homedir " + place.resolve(home) + " --kill gpg-agent");
      }
    }
  }

  @Test
  @RequiresProgram({"age", "age-keygen"})
  void whatAgeEncryptedComesBackWithItsKeyAlone() throws Exception {
    comesBackWithItsKeyAlone(age());
  }

  @Test
  @RequiresProgram({"gpg", "gpgconf"})
  void whatGpgEncryptedComesBackWithItsKeyAlone() throws Exception {
    comesBackWithItsKeyAlone(gpg());
  }

  @Test
  @RequiresProgram({"age", "age-keygen"})
  void aFileOfAgesThatSomebodyChangedIsNotBroughtBack() throws Exception {
    isNotBroughtBackOnceChanged(age());
  }

  @Test
  @RequiresProgram({"gpg", "gpgconf"})
  void aFileOfGpgsThatSomebodyChangedIsNotBroughtBack() throws Exception {
    isNotBroughtBackOnceChanged(gpg());
  }

  private void comesBackWithItsKeyAlone(Keys keys) throws Exception {
    Path file = backup(keys);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("PostgreSQL");

    CommandRun guessed = restore(file, keys.guessing());
    assertThat(guessed.exitCode()).as(guessed.all()).isEqualTo(4);
    assertThat(guessed.err()).contains("[RESTORE_FAILED]", "give the private key", "dropped again");
    assertThat(isRestored()).isFalse();

    CommandRun opened = restore(file, keys.opening());
    assertThat(opened.exitCode()).as(opened.all()).isZero();
    assertThat(people(database.name() + "_restored")).isEqualTo(people(database.name()));
  }

  private void isNotBroughtBackOnceChanged(Keys keys) throws Exception {
    Path file = backup(keys);
    byte[] bytes = Files.readAllBytes(file);
    // Within what is encrypted, behind the key.
    bytes[bytes.length * 3 / 4] ^= 1;
    Files.write(file, bytes);
    CommandRun changed = restore(file, keys.opening());
    assertThat(changed.exitCode()).as(changed.all()).isEqualTo(1);
    assertThat(changed.err()).contains("[BACKUP_DAMAGED]", "nothing was changed");
    assertThat(isRestored()).isFalse();

    // Who changes the file can change the checksum beside it.
    List<String> deceived = new ArrayList<>(keys.opening());
    deceived.addAll(List.of("--checksum", sha256(bytes)));
    CommandRun noticed = restore(file, deceived);
    assertThat(noticed.exitCode()).as(noticed.all()).isEqualTo(4);
    assertThat(noticed.err()).contains("[RESTORE_FAILED]", "dropped again");
    assertThat(isRestored()).isFalse();
  }

  private String people(String name) throws SQLException {
    PGSimpleDataSource source = database.dataSource();
    source.setDatabaseName(name);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select count(*) || md5(string_agg(name, ',' order by i)) from people")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Path backup(Keys keys) {
    List<String> arguments = new ArrayList<>(List.of(
        "backup",
        "--backup-directory",
        place.resolve("backups").toString(),
        "--backup-encrypt",
        keys.recipient()));
    arguments.addAll(keys.saving());
    CommandRun run = shell.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.all()).isZero();
    return Path.of(run.out().substring("Backup ".length(), run.out().indexOf(" (plain")));
  }

  private CommandRun restore(Path file, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("restore", file.toString()));
    arguments.addAll(options);
    return shell.run(arguments.toArray(String[]::new));
  }

  private boolean isRestored() {
    return !database
        .query("select 1 from pg_database where datname = ?", database.name() + "_restored")
        .isEmpty();
  }

  private Keys age() throws Exception {
    Path key = place.resolve("key.txt");
    Path other = place.resolve("other.txt");
    sh("age-keygen -o " + key + " && age-keygen -o " + other);
    return new Keys(
        "age:" + sh("age-keygen -y " + key).strip(),
        List.of(),
        List.of("--identity", key.toString()),
        List.of("--identity", other.toString()));
  }

  private Keys gpg() throws Exception {
    keyring("private", "--quick-generate-key ops@example.com default default never");
    keyring("other", "--quick-generate-key somebody@example.com default default never");
    Path exported = place.resolve("ops.asc");
    sh("gpg --homedir " + place.resolve("private") + " --batch --quiet --export ops@example.com > "
        + exported);
    keyring("public", "--import " + exported);
    return new Keys(
        "gpg:ops@example.com", programs("public"), programs("private"), programs("other"));
  }

  private void keyring(String name, String command) throws Exception {
    Path home = Files.createDirectory(place.resolve(name));
    sh("chmod 700 " + home + " && gpg --homedir " + home + " --batch --quiet --passphrase '' "
        + command);
  }

  /** A folder of programs whose gpg has this keyring. */
  private List<String> programs(String home) {
    Path bin = place.resolve("bin-" + home);
    Path real = PgDump.of(database.serverVersion()).program();
    String version = database.serverVersion().major() + ".0";
    for (String name : List.of("pg_dump", "psql")) {
      FakeProgram.in(bin, name, version, "exec " + real.resolveSibling(name) + " \"$@\"");
    }
    FakeProgram.in(bin, "gpg", "2", "exec env GNUPGHOME=" + place.resolve(home) + " gpg \"$@\"");
    return List.of("--backup-programs", bin.toString());
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String sh(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
