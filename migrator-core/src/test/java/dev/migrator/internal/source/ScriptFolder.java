package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A folder of scripts that a test writes, and what becomes of it. */
final class ScriptFolder {

  private final Path folder;
  private NamingConvention naming = NamingConvention.AUTOMATIC;
  private DuplicateVersionPolicy duplicates = DuplicateVersionPolicy.REFUSE;
  private boolean recursive;

  ScriptFolder(Path folder) {
    this.folder = folder;
  }

  ScriptFolder with(String path, String... lines) {
    return bytes(path, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  ScriptFolder bytes(String path, byte[] content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ScriptFolder naming(NamingConvention value) {
    naming = value;
    return this;
  }

  ScriptFolder allowingDuplicates() {
    duplicates = DuplicateVersionPolicy.RUN_IN_NAME_ORDER;
    return this;
  }

  ScriptFolder recursive() {
    recursive = true;
    return this;
  }

  Resolution resolved() {
    return new MigrationSource(
            List.of("filesystem:" + folder),
            getClass().getClassLoader(),
            new MigrationSource.Settings(naming, recursive, false, duplicates))
        .resolve();
  }

  List<ResolvedMigration> migrations() {
    return resolved().migrations();
  }

  /** Each migration as {@code id name script}, and its down script behind a slash. */
  List<String> summary() {
    return migrations().stream()
        .map(r -> r.migration().id() + " " + r.migration().name() + " "
            + r.script().path() + (r.down() == null ? "" : " / " + r.down().path()))
        .toList();
  }

  /** The first migration. */
  ResolvedMigration first() {
    return migrations().get(0);
  }

  /** The first migration's down script, which must be there. */
  Script firstDown() {
    return Objects.requireNonNull(first().down(), "down script");
  }

  /** What refuses the folder, when it is found or when all of it is read. */
  MigrationException refusal() {
    return catchThrowableOfType(
        MigrationException.class,
        () -> migrations().forEach(r -> {
          r.script().checksum();
          r.script().rules();
          r.script().text();
          Script down = r.down();
          if (down != null) {
            down.rules();
            down.text();
          }
        }));
  }
}
