package dev.migrator.benchmark;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.ReadingRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What reading scripts takes, without any database. */
final class Reading {

  private static final String COPIED = "0123456789\tsome text of a usual length\t2026-11-21\t\\N\n";

  private Reading() {}

  /** Finds the scripts of a location, reads, checksums and splits all of them; the number of statements. */
  static int everything(String location, ClassLoader loader) {
    MigrationSource source = new MigrationSource(
        List.of(location),
        loader,
        new MigrationSource.Settings(
            NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.REFUSE));
    int statements = 0;
    for (ResolvedMigration migration : source.resolve().migrations()) {
      statements += migration.checksum().value().isEmpty() ? 1 : 0;
      statements += migration.script().parse().statements().size();
    }
    if (statements == 0) {
      throw new IllegalStateException("nothing was read in " + location);
    }
    return statements;
  }

  /** A script of some bytes, made of the usual statements. */
  static byte[] script(int bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < bytes; i++) {
      text.append(Scripts.script(i, i, ""));
      text.append("CREATE FUNCTION f_").append(i).append("() RETURNS trigger LANGUAGE plpgsql AS $$\n");
      text.append("BEGIN\n  NEW.name := 'it''s';\n  RETURN NEW;\nEND $$;\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static void split(byte[] script) {
    ParsedScript.read("x.sql", () -> new ByteArrayInputStream(script), ReadingRules.PLAIN);
  }

  /** Writes a script that is one COPY with its data. */
  static Path writeCopy(Path folder, int bytes) throws IOException {
    Path file = folder.resolve("copy.sql");
    byte[] line = COPIED.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("COPY item FROM STDIN;\n".getBytes(StandardCharsets.UTF_8));
      for (int written = 0; written < bytes; written += line.length) {
        out.write(line);
      }
      out.write("\\.\n".getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  static void split(Path file) {
    ParsedScript.read("copy.sql", () -> Files.newInputStream(file), ReadingRules.PLAIN);
  }
}
