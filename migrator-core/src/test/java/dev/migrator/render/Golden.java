package dev.migrator.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The texts that are expected of reports. {@code -Dmigrator.golden.rewrite=true} writes them anew, to be read by a person. */
final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden/render");

  private Golden() {}

  /** Fails when the text is another one than the file's. */
  static void check(String file, String text) {
    Path path = FOLDER.resolve(file);
    try {
      if (Boolean.getBoolean("migrator.golden.rewrite")) {
        Files.writeString(path, text);
      }
      assertThat(text).as(file).isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
