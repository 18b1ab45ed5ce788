package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ScriptIndexTest {

  private static final MigrationSource.Settings SETTINGS = new MigrationSource.Settings(
      NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.REFUSE);

  @TempDir
  Path folder;

  @Test
  void itHoldsTheMigrationsInOrderAndNothingOfTheMachine() {
    new ScriptFolder(folder)
        .with("0010_b.sql", "select 2;")
        .with("0002_a b é.sql", "select 1;")
        .with("0002_a b é_rollback.sql", "select 0;")
        .with("notes.txt", "no script");
    String text = text();
    assertThat(text.lines().toList())
        .satisfies(lines -> {
          assertThat(lines.get(0)).isEqualTo("migrator-index 1 AUTOMATIC flat REFUSE");
          assertThat(lines.get(1)).matches("3 files [0-9a-f]+");
          assertThat(lines.get(2))
              .isEqualTo("versioned\t0002\ta b é\t" + Checksum.of("select 1;").value());
          assertThat(lines.get(3))
              .isEqualTo("versioned\t0010\tb\t" + Checksum.of("select 2;").value());
          assertThat(lines.get(4)).matches("end\t[0-9a-f]+");
        })
        .hasSize(5);
    assertThat(text).doesNotContain(folder.toString());
    new ScriptFolder(folder).with("migrator.index", text);
    assertThat(text()).isEqualTo(text);
    ScriptIndex read = Objects.requireNonNull(read(text));
    assertThat(read.entries().size()).isEqualTo(2);
    assertThat(read.text(SETTINGS)).isEqualTo(text);
  }

  @Test
  void itTellsOfStraysWithoutNamingTheMachine() {
    new ScriptFolder(folder)
        .with("meta/_journal.json", "{\"entries\": [{\"idx\": 0, \"tag\": \"0000_a\"}]}")
        .with("0000_a.sql", "select 1;")
        .with("stray.sql", "select 1;");
    assertThat(text()).doesNotContain(folder.toString());
    assertThat(Objects.requireNonNull(read(text())).notes())
        .containsExactly("Not in meta/_journal.json and therefore not run: stray.sql.");
  }

  @Test
  void oneThatIsCutOffAnywhereIsNone() {
    new ScriptFolder(folder).with("01_end.sql", "").with("02_end.sql", "");
    String text = text();
    for (int length = 0; length < text.length(); length++) {
      assertThat(read(text.substring(0, length))).isNull();
    }
    assertThat(read(text + "x")).isNull();
    assertThat(read(text.replace("\n", "\r\n"))).isNull();
    for (String line : text.lines().toList()) {
      assertThat(read(text.replace(line + "\n", ""))).isNull();
    }
  }

  /** As builds have written it since format 1. */
  @Test
  void oneOfAnEarlierBuildIsRead() {
    String sum = Checksum.of("select 1;").value();
    ScriptIndex index = Objects.requireNonNull(read(ended("migrator-index 1 AUTOMATIC flat REFUSE\n"
        + "3 files 1f\nnote\tNot run: é.sql.\nnote\tAnother.\n"
        + "versioned\t0002\ta b é\t" + sum + "\nrepeatable\tR:v\tv\t" + sum + "\n")));
    assertThat(index.sum()).isEqualTo("3 files 1f");
    assertThat(index.notes()).containsExactly("Not run: é.sql.", "Another.");
    assertThat(index.entries())
        .hasToString("versioned\t0002\ta b é\t" + sum + "\nrepeatable\tR:v\tv\t" + sum + "\n");
    assertThat(index.entries().byId()).isEqualTo(Map.of("0002", 0, "R:v", 1));
  }

  @Test
  void linesThatMeanNothingAreRefused() {
    String head = "migrator-index 1 " + SETTINGS.words() + "\n";
    for (String before : List.of(
        head + "1 files 0\nversioned\t01\n",
        head + "1 files 0\nversioned\t01\ta\tb\tc\n",
        head + "1 files 0\nversioned\t01\ta\tb",
        head,
        "\n",
        "")) {
      assertThat(read(ended(before))).as(before).isNull();
    }
    CRC32 crc = new CRC32();
    crc.update(new byte[] {-1, -1, '\n'});
    byte[] end =
        ("end\t" + Long.toHexString(crc.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] foreign = Arrays.copyOf(new byte[] {-1, -1, '\n'}, 3 + end.length);
    System.arraycopy(end, 0, foreign, 3, end.length);
    assertThat(ScriptIndex.read(foreign, SETTINGS)).isNull();
  }

  private static String ended(String before) {
    CRC32 crc = new CRC32();
    crc.update(before.getBytes(StandardCharsets.UTF_8));
    return before + "end\t" + Long.toHexString(crc.getValue()) + "\n";
  }

  @Test
  void oneForAnotherWayOfReadingIsNone() {
    new ScriptFolder(folder).with("01_a.sql", "");
    for (MigrationSource.Settings other : List.of(
        new MigrationSource.Settings(
            NamingConvention.NUMBERED, false, false, DuplicateVersionPolicy.REFUSE),
        new MigrationSource.Settings(
            NamingConvention.AUTOMATIC, true, false, DuplicateVersionPolicy.REFUSE),
        new MigrationSource.Settings(
            NamingConvention.AUTOMATIC, false, false, DuplicateVersionPolicy.RUN_IN_NAME_ORDER))) {
      assertThat(read(text(), other)).isNull();
    }
    MigrationSource.Settings emptyAllowed = new MigrationSource.Settings(
        NamingConvention.AUTOMATIC, false, true, DuplicateVersionPolicy.REFUSE);
    assertThat(read(text(), emptyAllowed)).isNotNull();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aNameThatALineCannotHoldIsRefused() {
    new ScriptFolder(folder).with("01_a\tb.sql", "");
    assertThatThrownBy(this::text)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_NAME_INVALID))
        .hasMessageContaining("a?b");
  }

  private String text() {
    return MigrationSource.index(folder, SETTINGS).text(SETTINGS);
  }

  private static @Nullable ScriptIndex read(String text) {
    return read(text, SETTINGS);
  }

  private static @Nullable ScriptIndex read(String text, MigrationSource.Settings settings) {
    return ScriptIndex.read(text.getBytes(StandardCharsets.UTF_8), settings);
  }
}
