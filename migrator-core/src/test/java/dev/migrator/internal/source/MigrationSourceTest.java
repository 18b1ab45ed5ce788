package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationSourceTest {

  @TempDir
  Path folder;

  @Test
  void readsNumberedScriptsWithTheirRollbacks() throws IOException {
    files(
        "0010_ten.sql",
        "0002_two.sql",
        "0002_two_rollback.sql",
        "00_first.sql",
        "20241108160105_dated.sql");
    List<ResolvedMigration> resolved = resolve();
    assertThat(resolved)
        .extracting(r -> r.migration().id())
        .containsExactly("00", "0002", "0010", "20241108160105");
    assertThat(resolved)
        .extracting(r -> r.migration().name())
        .containsExactly("first", "two", "ten", "dated");
    assertThat(resolved)
        .extracting(r -> r.down() == null ? "" : r.down().path())
        .containsExactly("", "0002_two_rollback.sql", "", "");
  }

  @Test
  void readsUpAndDownScripts() throws IOException {
    files("027_name.up.sql", "027_name.down.sql", "1.2_other-name.up.sql");
    List<ResolvedMigration> resolved = resolve();
    assertThat(resolved)
        .extracting(r -> r.migration().label())
        .containsExactly("1.2 other-name", "027 name");
    assertThat(resolved).extracting(r -> r.down() != null).containsExactly(false, true);
  }

  @Test
  void readsFlywaysNames() throws IOException {
    files("V1_2__first.sql", "U1_2__first.sql", "V1_10__second.sql", "V1.3__between.sql");
    List<ResolvedMigration> resolved = resolve();
    assertThat(resolved).extracting(r -> r.migration().id()).containsExactly("1_2", "1.3", "1_10");
    assertThat(resolved.get(0).down()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0001_a.sql,seed.sql|seed.sql",
        "001_a.up.sql,002_b.sql|NUMBERED",
        "V1__a.sql,0002_b.sql|FLYWAY",
        "V1__a.sql,0002_b.sql|Read as NUMBERED (0006_name.sql and 0006_name_rollback.sql) 0002_b.sql would run",
        "V1__a.sql,0002_b.sql|V1__a.sql would run, but 0002_b.sql does not fit",
        "0001_a.sql,2020_b/up.sql|0001_a.sql would run, but 2020_b/up.sql does not fit",
        "0001_a.sql,2020_b/up.sql|2020_b/up.sql would run, but 0001_a.sql does not fit",
        "2020_b/migration.sql,later/migration.sql|but later/migration.sql does not fit",
        "readme.sql|no file is named like a migration"
      })
  void aFolderThatNoConventionFitsIsRefusedWithTheFiles(String names, String words)
      throws IOException {
    files(names.split(","));
    assertRefused(FailureCode.SCRIPT_NAME_INVALID, words);
  }

  @Test
  void anExplicitConventionIsHeldAgainstEveryFile() throws IOException {
    files("0001_a.sql", "0002_b.up.sql");
    assertThatThrownBy(() -> source(settings(NamingConvention.NUMBERED, false)).resolve())
        .hasMessageContaining("0002_b.up.sql");
  }

  @Test
  void aDownScriptWithoutItsMigrationIsRefused() throws IOException {
    files("0001_a.sql", "0002_b_rollback.sql", "0003_c_rollback.sql");
    assertRefused(FailureCode.SCRIPT_NAME_INVALID, "0002_b_rollback.sql");
    assertRefused(FailureCode.SCRIPT_NAME_INVALID, "0003_c_rollback.sql");
  }

  @Test
  void aVersionThatExistsTwiceIsRefusedNamingBothFiles() throws IOException {
    files("0003_a.sql", "3_b.sql");
    assertRefused(FailureCode.DUPLICATE_VERSION, "0003_a.sql");
    assertRefused(FailureCode.DUPLICATE_VERSION, "3_b.sql");
  }

  @Test
  void permittedDuplicatesAreOrderedByNameAndCarryIt() throws IOException {
    files("0003_b.sql", "0003_a.sql", "0003_a_rollback.sql", "0004_c.sql");
    List<ResolvedMigration> resolved = source(new MigrationSource.Settings(
            NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.RUN_IN_NAME_ORDER))
        .resolve()
        .migrations();
    assertThat(resolved)
        .extracting(r -> r.migration().id())
        .containsExactly("0003~a", "0003~b", "0004");
    assertThat(resolved.get(0).down()).isNotNull();
  }

  @Test
  void foldersWithinAreReadOnRequestOnly() throws IOException {
    files("0001_a.sql", "later/0002_b.sql", "later/notes.txt");
    assertThat(resolve()).hasSize(1);
    List<ResolvedMigration> all =
        source(settings(NamingConvention.AUTOMATIC, true)).resolve().migrations();
    assertThat(all)
        .extracting(r -> r.migration().script())
        .containsExactly("0001_a.sql", "later/0002_b.sql");
  }

  @Test
  void anEmptyOrAbsentLocationIsRefusedUnlessAllowed() {
    assertRefused(FailureCode.LOCATION_EMPTY, "holds no .sql file");
    assertThat(source(new MigrationSource.Settings(
                NamingConvention.AUTOMATIC, false, true, DuplicateVersionPolicy.REFUSE))
            .resolve()
            .migrations())
        .isEmpty();
    assertThatThrownBy(() -> new MigrationSource(
                List.of("filesystem:" + folder.resolve("nowhere")),
                getClass().getClassLoader(),
                settings(NamingConvention.AUTOMATIC, false))
            .resolve()
            .migrations())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.LOCATION_NOT_FOUND));
    assertThatThrownBy(() -> new MigrationSource(
                List.of("classpath:no/such/folder"),
                getClass().getClassLoader(),
                settings(NamingConvention.AUTOMATIC, false))
            .resolve()
            .migrations())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.LOCATION_NOT_FOUND));
  }

  @Test
  void onlyAPlaceThatIsNotThereMayHoldNoScripts() {
    MigrationSource.Settings settings = settings(NamingConvention.AUTOMATIC, false);
    ClassLoader empty = new URLClassLoader(new URL[0], null);
    assertThat(new MigrationSource(List.of("classpath:nowhere"), empty, settings)
            .resolveIfAny()
            .migrations())
        .isEmpty();
    assertThat(source(settings).resolveIfAny().migrations()).isEmpty();
    ClassLoader broken = new ClassLoader(null) {
      @Override
      protected Enumeration<URL> findResources(String name) throws IOException {
        throw new IOException("a jar is damaged");
      }
    };
    assertThatThrownBy(() ->
            new MigrationSource(List.of("classpath:nowhere"), broken, settings).resolveIfAny())
        .hasMessageContaining("LOCATION_NOT_FOUND")
        .hasMessageContaining("cannot be read: a jar is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with folders", "without folders", "without manifest"})
  void readsJarsWithAndWithoutEntriesForTheirFolders(String kind) throws IOException {
    Path jar = folder.resolve("lib.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      if (!kind.equals("without manifest")) {
        entry(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
      }
      if (kind.equals("with folders") || kind.equals("without manifest")) {
        entry(out, "db/", null);
        entry(out, "db/injar/", null);
      }
      entry(out, "db/injar/0001_a.sql", "select 1;");
      entry(out, "db/injar/more/0002_b.sql", "select 2;");
      entry(out, "db/injar2/0003_c.sql", "select 3;");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      List<ResolvedMigration> flat = new MigrationSource(
              List.of("classpath:db/injar"), loader, settings(NamingConvention.AUTOMATIC, false))
          .resolve()
          .migrations();
      assertThat(flat).extracting(r -> r.migration().script()).containsExactly("0001_a.sql");
      assertThat(flat.get(0).script().text()).isEqualTo("select 1;");
      assertThat(new MigrationSource(
                  List.of("/db/injar/"), loader, settings(NamingConvention.AUTOMATIC, true))
              .resolve()
              .migrations())
          .hasSize(2);
    }
  }

  @Test
  void aPlaceThatIsReachedInTwoWaysIsReadOnce() throws IOException {
    files("db/x/0001_a.sql");
    URL root = folder.toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {root, root}, null)) {
      assertThat(new MigrationSource(
                  List.of("classpath:db/x"), loader, settings(NamingConvention.AUTOMATIC, false))
              .resolve()
              .migrations())
          .hasSize(1);
    }
  }

  @Test
  void theSameScriptInTwoLocationsIsRefusedNamingBoth() throws IOException {
    files("one/0001_a.sql", "two/0001_a.sql");
    assertThatThrownBy(() -> new MigrationSource(
                List.of(
                    "filesystem:" + folder.resolve("one"), "filesystem:" + folder.resolve("two")),
                getClass().getClassLoader(),
                settings(NamingConvention.AUTOMATIC, false))
            .resolve())
        .hasMessageContaining("one/0001_a.sql and ")
        .hasMessageContaining("two/0001_a.sql")
        .hasMessageContaining("the same script is found in two places");
  }

  @Test
  void eachLocationHasAConventionOfItsOwn() throws IOException {
    files("one/V1__a.sql", "two/0002_b.sql");
    assertThat(new MigrationSource(
                List.of(
                    "filesystem:" + folder.resolve("two"), "filesystem:" + folder.resolve("one")),
                getClass().getClassLoader(),
                settings(NamingConvention.AUTOMATIC, false))
            .resolve()
            .migrations())
        .extracting(r -> r.migration().id())
        .containsExactly("1", "0002");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirOffset() throws IOException {
    Files.write(folder.resolve("0001_a.sql"), new byte[] {'-', '-', ' ', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> resolve().get(0).script().parse())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_UNREADABLE);
          assertThat(e)
              .hasMessageContaining("0001_a.sql:1:4: this is not UTF-8")
              .hasMessageContaining("offset 3");
        });
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() throws IOException {
    Files.writeString(folder.resolve("0001_a.sql"), "\uFEFFselect 1;");
    assertThat(resolve().get(0).script().text()).isEqualTo("select 1;");
  }

  private List<ResolvedMigration> resolve() {
    return source(settings(NamingConvention.AUTOMATIC, false)).resolve().migrations();
  }

  private void assertRefused(FailureCode code, String words) {
    assertThatThrownBy(this::resolve).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(code);
      assertThat(e).hasMessageContaining(words);
    });
  }

  private MigrationSource source(MigrationSource.Settings settings) {
    return new MigrationSource(
        List.of("filesystem:" + folder), getClass().getClassLoader(), settings);
  }

  private static MigrationSource.Settings settings(NamingConvention naming, boolean recursive) {
    return new MigrationSource.Settings(naming, recursive, false, DuplicateVersionPolicy.REFUSE);
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "select 1;");
    }
  }

  private static void entry(JarOutputStream out, String name, @Nullable String content)
      throws IOException {
    out.putNextEntry(new ZipEntry(name));
    if (content != null) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    out.closeEntry();
  }
}
