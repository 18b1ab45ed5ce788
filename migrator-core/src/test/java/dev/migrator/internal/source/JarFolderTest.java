package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrator.PackagedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JarFolderTest {

  private static final int END_LENGTH = 22;
  private static final int ENTRY_LENGTH = 46;

  @TempDir
  Path work;

  @Test
  void theSumIsThatOfTheFilesWhateverTheirOrder() throws IOException {
    String expected = sum("01_a.sql", "select 1;", "é ü.sql", "");
    assertThat(sum(jar("", "db/01_a.sql", "select 1;", "db/é ü.sql", ""))).isEqualTo(expected);
    assertThat(sum(jar("", "db/é ü.sql", "", "x.sql", "x", "db/", "", "db/01_a.sql", "select 1;")))
        .isEqualTo(expected);
    assertThat(sum(jar("", "db2/x.sql", "", "db/é ü.sql", "", "db/01_a.sql", "select 1;")))
        .isEqualTo(expected);
    assertThat(sum(jar("", "db/01_a.sql", "select 2;", "db/é ü.sql", ""))).isNotEqualTo(expected);
    assertThat(sum(jar("", "db/é ü.sql", "select 1;", "db/01_a.sql", ""))).isNotEqualTo(expected);
    assertThat(sum(jar("", "db/01_a.sql", "select 1;"))).isNotEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a comment", "PK\u0005\u0006 looks like an end, and is none"})
  void aCommentAtTheEndDoesNotMatter(String comment) throws IOException {
    assertThat(sum(jar(comment, "db/a.sql", "x"))).isEqualTo(sum("a.sql", "x"));
    assertThat(sum(jar(comment.repeat(1_000), "db/a.sql", "x"))).isEqualTo(sum("a.sql", "x"));
  }

  @Test
  void aProgramBeforeTheJarDoesNotMatter() throws IOException {
    byte[] bytes = Files.readAllBytes(jar("", "db/a.sql", "x"));
    byte[] program = "#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(program, program.length + bytes.length);
    System.arraycopy(bytes, 0, both, program.length, bytes.length);
    Path run = Files.write(work.resolve("run.jar"), both);
    assertThat(sum(run)).isEqualTo(sum("a.sql", "x"));
    assertThat(content(run, "a.sql")).isEqualTo("x");
  }

  @Test
  void aZip64IsLeftToTheLibrary() throws IOException {
    Path jar = work.resolve("large.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < 0x10000; i++) {
        out.putNextEntry(new ZipEntry(i == 7 ? "db/a.sql" : Integer.toString(i)));
        out.closeEntry();
      }
    }
    assertThat(sumOfAll(jar, "db")).isNull();
    assertThat(JarFolder.holds(jar, "db")).isTrue();
    assertThat(JarFolder.holds(jar, "db2")).isFalse();
  }

  @Test
  void whatIsNoJarHasNoSum() throws IOException {
    byte[] bytes = Files.readAllBytes(jar("", "db/a.sql", "x", "db/b.sql", "x"));
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(work.resolve("cut.jar"), Arrays.copyOf(bytes, length));
      assertThat(sumOfAll(cut, "db")).as("%s bytes", length).isNull();
    }
    // A directory whose length is said to be another one.
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - END_LENGTH + 12, 50);
    assertThat(sumOfAll(Files.write(work.resolve("odd.jar"), bytes), "db")).isNull();
  }

  @Test
  void aFileIsReadAsItWasPacked() throws IOException {
    String large = "select 'é';\n".repeat(20_000);
    Path jar = jar("", "db2/i", "no", "db/i", large, "db/empty", "", "db/ii", "no");
    assertThat(content(jar, "i")).isEqualTo(large);
    assertThat(content(jar, "empty")).isEmpty();
    assertThat(content(jar, "iii")).isNull();
    Path stored = work.resolve("stored.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(stored))) {
      ZipEntry entry = new ZipEntry("db/i");
      CRC32 crc = new CRC32();
      crc.update('x');
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(1);
      entry.setCrc(crc.getValue());
      out.putNextEntry(entry);
      out.write('x');
      out.closeEntry();
    }
    assertThat(content(stored, "i")).isEqualTo("x");
  }

  @Test
  void aFileThatIsDamagedEndsNothing() throws IOException {
    byte[] whole = Files.readAllBytes(jar("", "db/i", "select 1;".repeat(500)));
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Path jar = Files.write(work.resolve("damaged.jar"), damaged);
      assertThat(catchThrowable(() -> content(jar, "i")))
          .as("byte %s", at)
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(),
              failure -> assertThat(failure).isInstanceOf(IOException.class));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_000, 0x55000000, -1})
  void aFileThatIsNotAsLongAsItIsSaidToBeIsNotRead(int length) throws IOException {
    byte[] bytes = Files.readAllBytes(jar("", "db/i", "select 1;".repeat(500)));
    int directory = bytes.length - END_LENGTH - ENTRY_LENGTH - "db/i".length();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, length);
    assertThat(content(Files.write(work.resolve("length.jar"), bytes), "i")).isIn(null, "");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 20, -1);
    assertThat(content(Files.write(work.resolve("packed.jar"), bytes), "i")).isNull();
  }

  @Test
  void itTellsWhichJarsHoldAFolder() throws IOException {
    assertThat(JarFolder.holds(jar("", "x", "", "db/deep/a.sql", ""), "db")).isTrue();
    assertThat(JarFolder.holds(jar("", "db/deep/a.sql", ""), "db/deep")).isTrue();
    assertThat(JarFolder.holds(jar("", "db2/a.sql", "", "x/db/a.sql", "", "db", ""), "db"))
        .isFalse();
  }

  @Test
  void thePackagedFolderOfOtherTestsIsWhole() throws IOException {
    Path folder = Files.createDirectory(work.resolve("folder"));
    new ScriptFolder(folder).with("01_a.sql", "select 1;");
    PackagedFolder jar = PackagedFolder.pack(folder, work.resolve("x.jar"), true);
    PackagedFolder unreadable = jar.withUnreadableScripts(work.resolve("y.jar"));
    assertThat(sumOfAll(unreadable.jar(), "db/migration"))
        .asString()
        .isEqualTo(sum("01_a.sql", "select 1;"));
  }

  private static String sum(Path jar) throws IOException {
    try (JarFolder folder = JarFolder.open(jar, "db")) {
      return Objects.requireNonNull(folder.sum(path -> Location.isWanted(path, false)))
          .toString();
    }
  }

  private static @Nullable FolderSum sumOfAll(Path jar, String folder) throws IOException {
    try (JarFolder opened = JarFolder.open(jar, folder)) {
      return opened.sum(path -> true);
    }
  }

  private static @Nullable String content(Path jar, String name) throws IOException {
    try (JarFolder folder = JarFolder.open(jar, "db")) {
      byte[] content = folder.content(name);
      return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }
  }

  private static String sum(String... files) {
    FolderSum sum = new FolderSum();
    for (int i = 0; i < files.length; i += 2) {
      byte[] name = files[i].getBytes(StandardCharsets.UTF_8);
      byte[] content = files[i + 1].getBytes(StandardCharsets.UTF_8);
      CRC32 crc = new CRC32();
      crc.update(content);
      sum.add(name, 0, name.length, content.length, crc.getValue());
    }
    return sum.toString();
  }

  private Path jar(String comment, String... files) throws IOException {
    Path jar = work.resolve("a.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setComment(comment);
      for (int i = 0; i < files.length; i += 2) {
        out.putNextEntry(new ZipEntry(files[i]));
        out.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return jar;
  }
}
