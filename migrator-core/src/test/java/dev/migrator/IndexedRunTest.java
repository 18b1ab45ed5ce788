package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Packaged applications with an index: what is applied is known without a script, and all else is as without one. */
@PostgresTest
class IndexedRunTest {

  private static final UnaryOperator<MigrationEngineBuilder> DEFAULTS = UnaryOperator.identity();

  /** What is said of a script that cannot be inflated. */
  private static final String UNREAD = "invalid block type";

  @TempDir
  Path work;

  private Path folder = Path.of("");
  private int jars;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(work.resolve("scripts"));
  }

  /** A folder of every kind, and how it is read. */
  enum Kind {
    NUMBERED("01_a.sql", "select 1;", "01_a_rollback.sql", "", "02_b.sql", "create table b ();"),
    FLYWAY(
        "V1__a.sql", "create table a ();",
        "R__v.sql", "create or replace view v as select 1 one;",
        "V1__a.sql.conf", "executeInTransaction=true"),
    DIRECTORY("2020_a/up.sql", "select 1;", "2020_a/down.sql", "", "2021_b/up.sql", "select 2;"),
    DRIZZLE(
        "meta/_journal.json",
        "{\"entries\": [{\"idx\": 0, \"tag\": \"0000_a\"}]}",
        "0000_a.sql",
        "select 1;",
        "0001_stray.sql",
        "select 1;"),
    SECTIONS(
        "1_a.sql", "-- migrate:up\nselect 1;\n-- migrate:down\n", "2_b.sql", "-- migrate:up\n"),
    DUPLICATES("0003_b.sql", "select 1;", "0003_a.sql", "select 2;", "0004_é ü.sql", "select 3;"),
    RECURSIVE("01_a.sql", "select 1;", "deep/er/02_b.sql", "select 2;");

    /** Paths and contents in turns. */
    private final String files;

    Kind(String... files) {
      this.files = String.join("|", files);
    }

    void write(Path folder) {
      String[] parts = files.split("\\|", -1);
      for (int i = 0; i < parts.length; i += 2) {
        put(folder, parts[i], parts[i + 1]);
      }
    }

    DuplicateVersionPolicy duplicates() {
      return this == DUPLICATES
          ? DuplicateVersionPolicy.RUN_IN_NAME_ORDER
          : DuplicateVersionPolicy.REFUSE;
    }

    void index(Path folder) {
      MigrationIndex.write(folder, NamingConvention.AUTOMATIC, this == RECURSIVE, duplicates());
    }

    UnaryOperator<MigrationEngineBuilder> settings() {
      return builder -> builder.recursive(this == RECURSIVE).duplicateVersions(duplicates());
    }
  }

  @ParameterizedTest
  @EnumSource
  void allThatIsAppliedIsKnownWithoutReadingAScript(Kind kind, TestDatabase database)
      throws IOException {
    kind.write(folder);
    kind.index(folder);
    Path jar = pack();
    String first = migrate(database, kind.settings(), jar);
    assertThat(first).contains("APPLY");
    Path unreadable = unreadable(jar);
    String second = migrate(database, kind.settings(), unreadable);
    assertThat(second).startsWith("steps []");
    assertThat(second.contains("stray")).isEqualTo(kind == Kind.DRIZZLE);
    Files.delete(folder.resolve("migrator.index"));
    Path plain = pack();
    assertThat(migrate(database, kind.settings(), plain)).isEqualTo(second);
    assertThat(migrate(database, kind.settings(), unreadable(plain))).contains(UNREAD);
  }

  static Stream<Arguments> stale() {
    return Stream.of(
        stale("changed content of the same size", f -> put(f, "02_b.sql", "create table c ();")),
        stale("changed size", f -> put(f, "02_b.sql", "create table longer ();")),
        stale("added", f -> put(f, "03_c.sql", "create table c ();")),
        stale("removed", f -> {
          delete(f, "01_a.sql");
          delete(f, "01_a_rollback.sql");
        }),
        stale("renamed", f -> rename(f, "02_b.sql", "02_c.sql")),
        stale("places changed", f -> {
          rename(f, "02_b.sql", "x");
          rename(f, "01_a.sql", "02_b.sql");
          rename(f, "x", "01_a.sql");
        }),
        stale("changed down script", f -> put(f, "01_a_rollback.sql", "select 3;")),
        stale("another format", f -> edit(f, text -> text.replace("index 1 ", "index 2 "))),
        stale(
            "a checksum changed",
            f -> edit(f, text -> text.replaceAll("[0-9a-f]{6}\n", "000000\n"))),
        stale("cut within a line", f -> edit(f, text -> text.substring(0, text.length() - 30))),
        stale("cut at a line", f -> edit(f, text -> text.replaceAll("(?s)versioned\t02.*", ""))),
        stale("without its last line", f -> edit(f, text -> text.replaceAll("end\t.*\n", ""))),
        stale("empty", f -> edit(f, text -> "")),
        stale(
            "of other settings",
            f -> MigrationIndex.write(
                f, NamingConvention.AUTOMATIC, true, DuplicateVersionPolicy.REFUSE)));
  }

  private static Arguments stale(String how, Consumer<Path> change) {
    return Arguments.of(how, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stale")
  void aStaleIndexIsLeftAside(String how, Consumer<Path> change, TestDatabase database)
      throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    put(folder, "01_a_rollback.sql", "drop table a;");
    put(folder, "02_b.sql", "create table b ();");
    TestDatabase other = database.sibling();
    MigrationIndex.write(folder);
    migrate(database, DEFAULTS, pack());
    migrate(other, DEFAULTS, pack());
    change.accept(folder);

    Path jar = pack();
    assertThat(migrate(other, DEFAULTS, unreadable(jar))).contains(UNREAD);
    String with = migrate(database, DEFAULTS, jar);
    Files.delete(folder.resolve("migrator.index"));
    assertThat(with).isEqualTo(migrate(other, DEFAULTS, pack()));
    if (how.startsWith("changed") && !how.contains("down") || how.startsWith("places")) {
      assertThat(with).contains("VALIDATION_FAILED", "02 b");
    }
    assertThat(with.contains("APPLY 03 c")).isEqualTo(how.equals("added"));
    if (how.equals("removed")) {
      assertThat(with).contains("VALIDATION_FAILED", "01 a");
    }
  }

  static Stream<Arguments> states() {
    return Stream.of(
        state("nothing is applied", f -> {}, f -> put(f, "V1__a.sql", "create table a ();")),
        state(
            "pending",
            f -> put(f, "V1__a.sql", "select 1;"),
            f -> put(f, "V2__b.sql", "select 2;")),
        state(
            "edited", f -> put(f, "V1__a.sql", "select 1;"), f -> put(f, "V1__a.sql", "select 2;")),
        state(
            "missing",
            f -> {
              put(f, "V1__a.sql", "select 1;");
              put(f, "V2__b.sql", "select 1;");
            },
            f -> delete(f, "V1__a.sql")),
        state(
            "future",
            f -> {
              put(f, "V1__a.sql", "select 1;");
              put(f, "V2__b.sql", "select 1;");
            },
            f -> delete(f, "V2__b.sql")),
        state(
            "out of order",
            f -> put(f, "V2__b.sql", "select 1;"),
            f -> put(f, "V1__a.sql", "select 1;")),
        state(
            "as many as before, but others",
            f -> {
              put(f, "V1__a.sql", "select 1;");
              put(f, "V2__b.sql", "select 1;");
            },
            f -> rename(f, "V2__b.sql", "V3__c.sql")),
        state(
            "renamed",
            f -> put(f, "V1__a.sql", "select 1;"),
            f -> rename(f, "V1__a.sql", "V1__z.sql")),
        state(
            "a new repeatable content",
            f -> put(f, "R__v.sql", "create view v as select 1 a"),
            f -> put(f, "R__v.sql", "create or replace view v as select 2 a")),
        state(
            "a baseline script",
            f -> {
              put(f, "V1__a.sql", "select wrong;");
              put(f, "B1__a.sql", "select 1;");
            },
            f -> {}),
        state("another application", f -> put(f, "V1__a.sql", "select 1;"), f -> {
          delete(f, "V1__a.sql");
          put(f, "V1__x.sql", "select 2;");
        }));
  }

  private static Arguments state(String name, Consumer<Path> applied, Consumer<Path> then) {
    return Arguments.of(name, applied, then);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void everyStateIsTheSameWithAndWithoutAnIndex(
      String name, Consumer<Path> applied, Consumer<Path> then, TestDatabase database)
      throws IOException {
    TestDatabase other = database.sibling();
    applied.accept(folder);
    if (!name.equals("nothing is applied")) {
      migrate(database, DEFAULTS, pack());
      migrate(other, DEFAULTS, pack());
    }
    then.accept(folder);
    Path without = pack();
    MigrationIndex.write(folder);
    Path with = pack();
    for (int run = 1; run <= 2; run++) {
      assertThat(migrate(database, DEFAULTS, with)).isEqualTo(migrate(other, DEFAULTS, without));
    }
  }

  @Test
  void aTargetIsCheckedAgainstTheScripts(TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "select 1;");
    MigrationIndex.write(folder);
    Path jar = pack();
    migrate(database, DEFAULTS, jar);
    try (URLClassLoader loader = PackagedFolder.classPath(List.of(jar))) {
      MigrationEngine engine = builder(database, loader).build();
      assertThat(engine.migrate(MigrationTarget.upTo("1")).isUpToDate()).isTrue();
      assertThatThrownBy(() -> engine.migrate(MigrationTarget.upTo("7")))
          .hasMessageContaining("no migration has the version 7");
    }
  }

  @Test
  void aBaselineIsNoReasonToOverlookAScript(TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "select 1;");
    put(folder, "02_b.sql", "create table b ();");
    MigrationIndex.write(folder);
    Path jar = pack();
    try (URLClassLoader loader = PackagedFolder.classPath(List.of(jar))) {
      builder(database, loader).build().baseline("1");
    }
    assertThat(migrate(database, DEFAULTS, jar)).contains("APPLY 02 b");
    assertThat(migrate(database, DEFAULTS, jar)).startsWith("steps []");
  }

  @Test
  void aMigrationInJavaIsNotOverlooked(TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    MigrationIndex.write(folder);
    Path jar = pack();
    migrate(database, DEFAULTS, jar);
    UnaryOperator<MigrationEngineBuilder> withCode =
        builder -> builder.javaMigrations(List.of(new NothingInJava()));
    assertThat(migrate(database, withCode, jar)).contains("steps [APPLY 02 nothing]");
    assertThat(migrate(database, withCode, jar)).startsWith("steps []");
    assertThat(migrate(database, DEFAULTS, jar)).contains("future", "02").startsWith("steps []");
  }

  /** A migration that does nothing. */
  private static final class NothingInJava implements JavaMigration {

    @Override
    public String version() {
      return "02";
    }

    @Override
    public String description() {
      return "nothing";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public void apply(Connection connection) {
      // Nothing.
    }
  }

  @Test
  void aJarThatMergesTwoLibrariesFindsTheMigrationsOfBoth(TestDatabase database)
      throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    MigrationIndex.write(folder);
    put(folder, "02_b.sql", "create table b ();");
    Path jar = pack();
    assertThat(migrate(database, DEFAULTS, jar)).contains("APPLY 01 a", "APPLY 02 b");
    assertThat(migrate(database, DEFAULTS, jar)).startsWith("steps []");
  }

  /** What stands on the class path beside the jar that has an index. */
  enum Beside {
    JAR_WITH_AN_INDEX,
    JAR,
    JAR_WITHOUT_DIRECTORIES,
    DIRECTORY
  }

  @ParameterizedTest
  @EnumSource
  void whatAnotherPlaceHoldsIsFound(Beside beside, TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    MigrationIndex.write(folder);
    Path first = pack();
    Path second = work.resolve("second");
    Path scripts = second.resolve("db/migration");
    put(scripts, "02_b.sql", "create table b ();");
    Path other = switch (beside) {
      case DIRECTORY -> second;
      case JAR_WITH_AN_INDEX -> {
        MigrationIndex.write(scripts);
        yield PackagedFolder.pack(scripts, work.resolve("other.jar")).jar();
      }
      default ->
        PackagedFolder.pack(scripts, work.resolve("other.jar"), beside == Beside.JAR)
            .jar();
    };
    assertThat(migrate(database, DEFAULTS, first)).contains("APPLY 01 a");
    assertThat(migrate(database, DEFAULTS, first, other)).contains("steps [APPLY 02 b]");
    assertThat(migrate(database, DEFAULTS, other, first)).startsWith("steps []");
  }

  @Test
  void jarsWithoutTheFolderDoNotMatter(TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    MigrationIndex.write(folder);
    Path jar = pack();
    migrate(database, DEFAULTS, jar);
    Path empty = Files.createDirectory(work.resolve("empty"));
    Path library =
        PackagedFolder.pack(empty, work.resolve("library.jar"), false).jar();
    assertThat(migrate(database, DEFAULTS, library, unreadable(jar), empty)).startsWith("steps []");
  }

  @Test
  void aJarWithoutDirectoriesHasAnIndexToo(TestDatabase database) throws IOException {
    put(folder, "01_a.sql", "create table a ();");
    MigrationIndex.write(folder);
    Path jar = PackagedFolder.pack(folder, work.resolve("flat.jar"), false).jar();
    assertThat(migrate(database, DEFAULTS, jar)).contains("APPLY 01 a");
    assertThat(migrate(database, DEFAULTS, unreadable(jar))).startsWith("steps []");
  }

  @Test
  void directoriesAreAlwaysRead(TestDatabase database) {
    Path root = work.resolve("exploded");
    Path scripts = root.resolve("db/migration");
    put(scripts, "01_a.sql", "create table a ();");
    MigrationIndex.write(scripts);
    assertThat(migrate(database, DEFAULTS, root)).contains("APPLY 01 a");
    put(scripts, "01_a.sql", "create table b ();");
    assertThat(migrate(database, DEFAULTS, root)).contains("VALIDATION_FAILED");
  }

  /** Steps, notes and what is newer; or the failure. */
  private static String migrate(
      TestDatabase database, UnaryOperator<MigrationEngineBuilder> settings, Path... classPath) {
    try (URLClassLoader loader = PackagedFolder.classPath(List.of(classPath))) {
      MigrationReport report = settings.apply(builder(database, loader)).build().migrate();
      return "steps "
          + report.steps().stream()
              .map(step -> step.action() + " " + step.migration().label())
              .toList()
          + " notes " + report.notes() + " future " + report.future();
    } catch (MigrationException e) {
      return Objects.requireNonNull(e.getMessage()).replaceAll("jar[0-9]+", "jar");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MigrationEngineBuilder builder(TestDatabase database, ClassLoader loader) {
    return MigrationEngine.builder()
        .dataSource(database.dataSource())
        .classLoader(loader)
        .environment(Environment.TEST)
        .appliedBy("tester");
  }

  private Path pack() {
    return PackagedFolder.pack(folder, work.resolve("jar" + ++jars + ".jar")).jar();
  }

  private Path unreadable(Path jar) throws IOException {
    return new PackagedFolder(jar)
        .withUnreadableScripts(work.resolve("jar" + ++jars + ".jar"))
        .jar();
  }

  private static void put(Path folder, String name, String content) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder, String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rename(Path folder, String from, String to) {
    try {
      Files.move(folder.resolve(from), folder.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void edit(Path folder, UnaryOperator<String> change) {
    try {
      Path file = folder.resolve("migrator.index");
      String text = Files.readString(file);
      String changed = change.apply(text);
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(file, changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
