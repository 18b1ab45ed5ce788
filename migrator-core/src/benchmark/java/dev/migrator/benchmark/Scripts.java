package dev.migrator.benchmark;

import dev.migrator.MigrationIndex;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A number of migrations on disk, for every contender the same: a table with a key, and one row. The row goes to a table
 * that all of them share, so that afterwards it can be seen that each ran, once.
 *
 * @param count how many
 * @param folder the scripts, named so that Migrator and Flyway both know them
 * @param changelogFolder the same scripts as Liquibase wants them
 */
record Scripts(int count, Path folder, Path changelogFolder) {

  static final String CHANGELOG = "changelog.xml";

  /** The folder on the class path. */
  static final String PACKAGED = "db/benchmark";

  private static final int OTHERS = 20_000;

  private static final Map<Path, ClassLoader> LOADERS = new ConcurrentHashMap<>();

  private static final String SCRIPT = """
      -- Migration %1$d of %2$d: what most migrations are, a table with a key, and a little data.
      %3$sCREATE TABLE item_%1$05d (
          id bigint PRIMARY KEY,
          name text NOT NULL,
          price numeric(12, 2) NOT NULL DEFAULT 0 CHECK (price >= 0),
          created_at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE item_%1$05d IS 'Items of kind %1$d';
      INSERT INTO applied_once (migration) VALUES (%1$d);
      """;

  private static final String SHARED = "CREATE TABLE applied_once (migration integer NOT NULL);\n";

  private static final String INCLUDE_ALL = """
      <?xml version="1.0" encoding="UTF-8"?>
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
        <includeAll path="scripts"/>
      </databaseChangeLog>
      """;

  /** Writes them into a folder of their own. */
  static Scripts write(Path parent, int count) throws IOException {
    Path base = Files.createDirectories(parent.resolve("scripts-" + count));
    Path folder = Files.createDirectories(base.resolve("plain"));
    Path changelogFolder = Files.createDirectories(base.resolve("changelog"));
    Path changesets = Files.createDirectories(changelogFolder.resolve("scripts"));
    Files.writeString(changelogFolder.resolve(CHANGELOG), INCLUDE_ALL);
    for (int i = 1; i <= count; i++) {
      String script = script(i, count, i == 1 ? SHARED : "");
      String name = String.format(Locale.ROOT, "V%05d__create_item_%05d.sql", i, i);
      Files.writeString(folder.resolve(name), script);
      Files.writeString(
          changesets.resolve(name),
          "--liquibase formatted sql\n--changeset benchmark:" + i + "\n" + script);
    }
    Scripts scripts = new Scripts(count, folder, changelogFolder);
    MigrationIndex.write(
        folder, NamingConvention.AUTOMATIC, false, DuplicateVersionPolicy.REFUSE);
    // The others would take it for a script.
    Files.move(folder.resolve("migrator.index"), base.resolve("index"));
    scripts.writeJar(scripts.jar(), true, 0);
    scripts.writeJar(scripts.fatJar(), false, OTHERS);
    return scripts;
  }

  static String script(int number, int count, String before) {
    return SCRIPT.formatted(number, count, before);
  }

  /**
   * Writes given scripts into a folder of their own, for every contender the same. Liquibase is told which of them cannot run
   * in a transaction; the others see it.
   */
  static Scripts of(Path base, String... texts) throws IOException {
    Path folder = Files.createDirectories(base.resolve("plain"));
    Path changelogFolder = Files.createDirectories(base.resolve("changelog"));
    Path changesets = Files.createDirectories(changelogFolder.resolve("scripts"));
    Files.writeString(changelogFolder.resolve(CHANGELOG), INCLUDE_ALL);
    for (int i = 1; i <= texts.length; i++) {
      String text = texts[i - 1];
      String name = String.format(Locale.ROOT, "V%05d__step.sql", i);
      Files.writeString(folder.resolve(name), text);
      Files.writeString(
          changesets.resolve(name),
          "--liquibase formatted sql\n--changeset benchmark:" + i
              + (text.contains("CONCURRENTLY") ? " runInTransaction:false" : "") + "\n" + text);
    }
    return new Scripts(texts.length, folder, changelogFolder);
  }

  /** The scripts as an application packages them, with their index. */
  Path jar() {
    return base().resolve("scripts.jar");
  }

  /** The scripts among the classes of many libraries, without an index. */
  Path fatJar() {
    return base().resolve("fat.jar");
  }

  /** What an application's class loader is: it has opened its jars already. */
  ClassLoader loader(Path jar) {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    if (system.getResource(PACKAGED) != null) {
      return system;
    }
    return LOADERS.computeIfAbsent(jar, path -> {
      try {
        return new URLClassLoader(new URL[] {path.toUri().toURL()}, system);
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private void writeJar(Path jar, boolean indexed, int others) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(folder)) {
      for (int i = 0; i < others; i++) {
        out.putNextEntry(new ZipEntry(String.format(Locale.ROOT, "some/library/Class%05d.class", i)));
        out.write(i);
      }
      out.putNextEntry(new ZipEntry(PACKAGED + "/"));
      for (Path file : files.sorted().toList()) {
        out.putNextEntry(new ZipEntry(PACKAGED + "/" + file.getFileName()));
        Files.copy(file, out);
      }
      if (indexed) {
        out.putNextEntry(new ZipEntry(PACKAGED + "/migrator.index"));
        Files.copy(base().resolve("index"), out);
      }
    }
  }

  /** The same scripts, in a process that did not write them. */
  static Scripts in(Path base) {
    return new Scripts(0, base.resolve("plain"), base.resolve("changelog"));
  }

  Path base() {
    return folder.resolveSibling("").normalize();
  }
}
