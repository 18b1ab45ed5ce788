package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.internal.json.JsonNode;
import dev.migrator.internal.json.JsonReader;
import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/json.md} has every key of every document that the verbs print, with its type. */
@PostgresTest
class JsonDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/json.md");
  private static final Pattern SECTION =
      Pattern.compile("^## `([a-z_]+)`\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Za-z0-9.\\[\\]]+)` \\| ([a-z_\\[\\] ]+?) \\|", Pattern.MULTILINE);

  /** Their documents are looked at by tests of their own, which have the programs that they need. */
  private static final Set<String> ELSEWHERE = Set.of("backup", "restore");

  @TempDir
  Path folder;

  /** The keys that were seen, by type of document: path and type of value. */
  private final Map<String, Map<String, String>> seen = new TreeMap<>();

  private final Set<String> verbs = new TreeSet<>();
  private Shell shell = new Shell(Path.of(""));

  @Test
  void everyKeyOfEveryDocumentIsDescribed(TestDatabase database) throws IOException {
    runEverything(database);
    Set<String> all = new TreeSet<>(Verb.ALL.stream().map(Verb::name).toList());
    all.removeAll(ELSEWHERE);
    assertThat(verbs).containsAll(all);
    Map<String, Map<String, String>> described = described();
    List<String> missing = new ArrayList<>();
    seen.forEach((type, keys) -> keys.forEach((path, value) -> {
      String is = described.getOrDefault(type, Map.of()).get(path);
      if (is == null || !value.equals("null") && !is.equals(value)) {
        missing.add(type + ": " + path + " is " + value + ", described as " + is);
      }
    }));
    assertThat(missing).isEmpty();
    described.forEach((type, keys) -> keys.keySet().stream()
        .filter(path -> seen.containsKey(type) && !path.contains("[]") && !path.contains("."))
        .forEach(path -> assertThat(seen.get(type)).as(type).containsKey(path)));
  }

  private void runEverything(TestDatabase database) throws IOException {
    Path scripts = Files.createDirectory(folder.resolve("sql"));
    shell = new Shell(scripts, database)
        .script(
            "0001_people.sql",
            "-- Purpose: People\n-- Date: 2026-01-31\ncreate table people (id int primary key);")
        .script("0001_people_rollback.sql", "drop table people;")
        .script(
            "0002_names.sql",
            "do $$begin raise notice 'x'; end$$; alter table people add column name varchar(9);")
        .script("0002_names_rollback.sql", "alter table people drop column name;")
        .script("0003_other.sql", "set work_mem = '8MB'; create table other (id int);")
        .script("0003_other_rollback.sql", "select 1;");
    run("plan");
    run("migrate", "--dry-run");
    run("validate");
    run("dry-run", "--server", database.jdbcUrl());
    run("preflight");
    run("migrate");
    run("postflight");
    run("status");
    run("history");
    run("rollback", "--dry-run");
    run("baseline", "--version", "0009", "--table", "other_application");
    run("drift");
    run("snapshot");
    Path snapshot = Files.writeString(folder.resolve("s.json"), run("snapshot").out());
    database.execute("create table stranger (id int); alter table people alter name type text");
    run("drift", "--against", snapshot.toString());
    run("diff", "--with", snapshot.toString());
    database.execute("drop table stranger");
    run("rollback");
    run("migrate", "--target", "0099");
    shell.script("0001_people.sql", "create table people (id bigint primary key);");
    run("migrate");
    run("validate");
    run("status");
    run("repair");
    run("verify", "--server", database.jdbcUrl());
    run("trace", "--all", "--server", database.jdbcUrl());
    run("lint");
    run("lint", "--list");
    run("changelog");
    run("status", "--show-config");
    shell.script("0004_bad.sql", "select * from nobody;");
    run("migrate");
    run("new", "more");
    Path desired =
        Files.writeString(folder.resolve("desired.txt"), "create table people (id text);");
    Files.delete(scripts.resolve("0004_bad.sql"));
    run("new", "all", "--from", desired.toString(), "--server", database.jdbcUrl());
    take(shell.runExactly(List.of("index", scripts.toString(), "--json")), "index");
    take(
        shell.runExactly(
            List.of("statements", scripts.resolve("0002_names.sql").toString(), "--json")),
        "statements");
    take(shell.runExactly(List.of("completion", "bash", "--json")), "completion");
  }

  private CommandRun run(String... arguments) {
    Verb verb = Verb.named(arguments[0]).orElseThrow();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--location", folder.resolve("sql").toString()));
    if (Configuration.options(verb).contains(Options.ENVIRONMENT)) {
      all.addAll(List.of("--environment", "test"));
    }
    CommandRun run = shell.runExactly(all);
    return take(run, verb.name());
  }

  private CommandRun take(CommandRun run, String verb) {
    assertThat(run.out()).as(verb + run.err()).startsWith("{\n");
    JsonNode document = JsonReader.read(verb, run.out(), FailureCode.CONFIGURATION_INVALID);
    String type = document.member("type").string();
    if (!type.equals("failure")) {
      verbs.add(verb);
    }
    if (!type.equals("snapshot")) {
      assertThat(document.member("formatVersion").number()).isEqualTo("1");
      document.members().forEach((key, value) -> {
        if (!key.equals("type") && !key.equals("formatVersion")) {
          see(type, key, value);
        }
      });
    }
    return run;
  }

  private void see(String type, String path, JsonNode node) {
    String value = switch (node.kind()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case NUMBER -> "number";
      case TRUE_OR_FALSE -> "boolean";
      case NULL -> "null";
    };
    seen.computeIfAbsent(type, key -> new TreeMap<>())
        .merge(path, value, (one, other) -> one.equals("null") ? other : one);
    if (value.equals("object")) {
      node.members().forEach((key, member) -> see(type, path + "." + key, member));
    } else if (value.equals("array")) {
      node.elements().forEach(element -> see(type, path + "[]", element));
    }
  }

  /** The rows of the document; a type that is the name of a section stands for its rows. */
  private static Map<String, Map<String, String>> described() throws IOException {
    Map<String, Map<String, String>> written = new TreeMap<>();
    for (MatchResult section :
        SECTION.matcher(Files.readString(DOCUMENT)).results().toList()) {
      Map<String, String> rows = new LinkedHashMap<>();
      ROW.matcher(section.group(2)).results().forEach(row -> rows.put(row.group(1), row.group(2)));
      written.put(section.group(1), rows);
    }
    Map<String, Map<String, String>> described = new TreeMap<>();
    written.forEach((type, rows) -> {
      Map<String, String> keys = new LinkedHashMap<>();
      rows.forEach((path, value) -> describe(written, keys, path, value));
      described.put(type, keys);
    });
    return described;
  }

  private static void describe(
      Map<String, Map<String, String>> written,
      Map<String, String> keys,
      String path,
      String value) {
    if (value.endsWith("[]")) {
      keys.put(path, "array");
      describe(written, keys, path + "[]", value.substring(0, value.length() - 2));
    } else if (written.containsKey(value)) {
      keys.put(path, "object");
      written.get(value).forEach((key, inner) -> describe(written, keys, path + "." + key, inner));
    } else {
      keys.put(path, value);
    }
  }
}
