package dev.migrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A shell script that takes the place of a program of PostgreSQL's. */
public final class FakeProgram {

  private FakeProgram() {}

  /**
   * Writes one.
   *
   * @param folder where
   * @param name of which program
   * @param version what it says of itself
   * @param body what it does otherwise
   * @return the folder
   */
  public static Path in(Path folder, String name, String version, String body) {
    Path program = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Files.writeString(program, """
          #!/bin/sh
          if [ "$1" = --version ]; then echo "%s (PostgreSQL) %s"; exit 0; fi
          %s
          """.formatted(name, version, body));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
