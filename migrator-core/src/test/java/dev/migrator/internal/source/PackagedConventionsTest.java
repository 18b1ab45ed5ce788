package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.NativeImageFiles;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every convention gives the same migrations wherever its folder is packaged. */
class PackagedConventionsTest {

  private static final String FOLDER = "db/scripts/";

  @TempDir
  Path work;

  /** Where the folder is. */
  enum Place {
    DISK,
    EXPLODED,
    JAR,
    JAR_WITHOUT_DIRECTORIES,
    NATIVE_IMAGE,
    /** It has the files, and a class loader that finds the index of the folder and not the folder. */
    NATIVE_IMAGE_WITHOUT_DIRECTORIES
  }

  private final Map<String, String> files = new LinkedHashMap<>();

  @ParameterizedTest
  @EnumSource
  void directoriesWithTheirMetadata(Place place) throws IOException {
    files.put("00_diesel initial/up.sql", "select 1;");
    files.put("00_diesel initial/down.sql", "");
    files.put("00_diesel initial/metadata.toml", "run_in_transaction = false");
    files.put("2024-02-12-120203_b/migration.sql", "select 2;");
    files.put("2024-02-12-120203_b/notes/ignored.sql", "select 3;");
    assertThat(read(place))
        .containsExactly(
            "00 diesel initial / down; 00_diesel initial/metadata.toml:1 says run_in_transaction ="
                + " false; select 1;",
            "2024-02-12-120203 b; null; select 2;");
  }

  @ParameterizedTest
  @EnumSource
  void drizzlesJournal(Place place) throws IOException {
    files.put("meta/_journal.json", "{\"entries\": [{\"idx\": 0, \"tag\": \"0000_a\"}]}");
    files.put("meta/0000_snapshot.json", "{}");
    files.put("0000_a.sql", "select 1;");
    files.put("0000_a_rollback.sql", "select 1;");
    files.put("0001_stray.sql", "select 1;");
    assertThat(read(place)).containsExactly("0000 a / down; null; select 1;");
  }

  @ParameterizedTest
  @EnumSource
  void sections(Place place) throws IOException {
    files.put("1_a.sql", "-- migrate:up transaction:false\nselect 1;\n-- migrate:down");
    files.put("2_b.sql", "-- migrate:up\nselect 2;");
    assertThat(read(place))
        .containsExactly(
            "1 a / down; 1_a.sql:1 says transaction:false; select 1;", "2 b; null; select 2;");
  }

  @ParameterizedTest
  @EnumSource
  void flywaysNamesAndSettings(Place place) throws IOException {
    files.put("V1__a.sql", "select 1;");
    files.put("V1__a.sql.conf", "executeInTransaction=false");
    files.put("R__v.sql", "select 2;");
    assertThat(read(place))
        .containsExactly(
            "1 a; V1__a.sql.conf:1 says executeInTransaction=false; select 1;",
            "R:v v; null; select 2;");
  }

  @ParameterizedTest
  @EnumSource
  void largeFilesOfOddNames(Place place) throws IOException {
    files.put("1_100%_a #1 of ?.sql", "select 1;" + " ".repeat(Found.LARGE));
    files.put("2_%41+\u00E9.sql", "select 2;" + " ".repeat(Found.LARGE));
    assertThat(read(place))
        .containsExactly("1 100%_a #1 of ?; null; select 1;", "2 %41+\u00E9; null; select 2;");
  }

  private List<String> read(Place place) throws IOException {
    switch (place) {
      case DISK -> {
        explode();
        return read("filesystem:" + work.resolve(FOLDER), new URL[0]);
      }
      case EXPLODED -> {
        explode();
        return read("classpath:" + FOLDER, new URL[] {work.toUri().toURL()});
      }
      case NATIVE_IMAGE, NATIVE_IMAGE_WITHOUT_DIRECTORIES -> {
        files.put("migrator.index", "It is not read: it is only found.");
        Path jar = work.resolve("lib.jar");
        pack(jar, true);
        return read(
            "classpath:" + FOLDER, NativeImageFiles.loader(jar, place == Place.NATIVE_IMAGE));
      }
      default -> {
        Path jar = work.resolve("lib.jar");
        pack(jar, place == Place.JAR);
        return read("classpath:" + FOLDER, new URL[] {jar.toUri().toURL()});
      }
    }
  }

  private static List<String> read(String location, URL[] classPath) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
      return read(location, loader);
    }
  }

  private static List<String> read(String location, ClassLoader loader) {
    return new MigrationSource(
            List.of(location),
            loader,
            new MigrationSource.Settings(
                NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.REFUSE))
        .resolve().migrations().stream()
            .map(r -> r.migration().id() + " " + r.migration().name()
                + (r.down() == null ? "" : " / down") + "; "
                + r.script().rules().withoutTransaction() + "; "
                + r.script().text().strip())
            .toList();
  }

  @Test
  void aFolderThatANativeImageDoesNotHoldIsNotFound() throws IOException {
    Path jar = work.resolve("lib.jar");
    pack(jar, true);
    ClassLoader loader = NativeImageFiles.loader(jar, true);
    assertThatThrownBy(() -> read("classpath:db/elsewhere", loader))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("[LOCATION_NOT_FOUND] location classpath:db/elsewhere");
  }

  private void explode() throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = work.resolve(FOLDER + file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
  }

  private void pack(Path jar, boolean directories) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      entry(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
      if (directories) {
        TreeSet<String> names = new TreeSet<>();
        for (String path : files.keySet()) {
          String full = FOLDER + path;
          for (int i = full.indexOf('/'); i >= 0; i = full.indexOf('/', i + 1)) {
            names.add(full.substring(0, i + 1));
          }
        }
        for (String name : names) {
          entry(out, name, null);
        }
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        entry(out, FOLDER + file.getKey(), file.getValue());
      }
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
