package dev.migrator.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.NamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/scripts.md} says about names is what happens to them. */
class ScriptsDocumentTest {

  /** A tree of files, and what stands in them or in the journal. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```text\n(.*?)```(?:\n\n```(sql|json)\n(.*?)```)?", Pattern.DOTALL);

  @TempDir
  Path work;

  @Test
  void everyExampleIsRecognisedAndRead() throws IOException {
    Set<NamingConvention> seen = EnumSet.of(NamingConvention.AUTOMATIC);
    List<MatchResult> examples = EXAMPLE.matcher(page("scripts.md")).results().toList();
    for (MatchResult example : examples) {
      Path folder = work.resolve("example" + example.start());
      ScriptFolder scripts = new ScriptFolder(folder);
      String sql = "sql".equals(example.group(2)) ? example.group(3) : "select 1;";
      example.group(1).lines().forEach(path -> scripts.with(path, content(path, sql)));
      if ("json".equals(example.group(2))) {
        scripts.with(Location.JOURNAL, example.group(3));
      }
      assertThat(scripts.refusal()).as(example.group(1)).isNull();
      List<Found> files = new FilesystemLocation("", folder).files(false);
      seen.add(
          new FolderReading("", files, false).under(NamingConvention.AUTOMATIC).convention());
      List<String> scriptsShown =
          example.group(1).lines().filter(Location::isScript).toList();
      assertThat(pathsOf(scripts)).containsExactlyInAnyOrderElementsOf(scriptsShown);
    }
    assertThat(seen).containsExactly(NamingConvention.values());
  }

  @ParameterizedTest
  @EnumSource
  void everyConventionIsNamedWhereItCanBeChosen(NamingConvention convention) throws IOException {
    String name = "`" + convention.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
    assertThat(page("command-line.md")).contains(name);
    assertThat(page("micronaut-reference.md"))
        .containsPattern("[`, ]" + name.replace("`", "") + "[`,]");
    if (convention != NamingConvention.AUTOMATIC) {
      assertThat(page("scripts.md")).contains(name);
    }
  }

  private static List<String> pathsOf(ScriptFolder scripts) {
    List<String> paths = new ArrayList<>();
    for (ResolvedMigration migration : scripts.migrations()) {
      paths.add(migration.script().path());
      Script down = migration.down();
      if (down != null && !down.path().equals(migration.script().path())) {
        paths.add(down.path());
      }
    }
    return paths;
  }

  private static String content(String path, String sql) {
    if (path.endsWith(Location.CONF)) {
      return "executeInTransaction=false";
    }
    return path.endsWith(Location.METADATA) ? "run_in_transaction = false" : sql;
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../docs").resolve(name));
  }
}
