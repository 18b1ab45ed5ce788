package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.json.JsonNode;
import dev.migrator.internal.json.JsonReader;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Drizzle's {@code meta/_journal.json}: which files are migrations, and in which order. */
final class Journal {

  private static final Pattern TAG = Pattern.compile("([0-9]+)(?:[_-]+(.*))?");
  private static final Pattern INDEX = Pattern.compile("[0-9]+");
  private static final Set<String> POSTGRESQL = Set.of("postgresql", "pg");

  static final ReadingRules BREAKPOINTS =
      new ReadingRules(1, true, null, ReadingRules.PLAIN.placeholders(), false);

  private final Found file;

  Journal(Found file) {
    this.file = file;
  }

  /** One entry. */
  private record Entry(String tag, ScriptName name, JsonNode node) {}

  /**
   * The migrations of the scripts beside the journal.
   *
   * @param scripts the scripts of the same folder, by path; those that belong to the journal are removed
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_UNREADABLE} when the journal is not as Drizzle writes
   *     one, {@code SCRIPT_NAME_INVALID} when a file is not there or the order is not that of the versions
   */
  List<Named> take(Map<String, Found> scripts) {
    List<Entry> entries = entries();
    Map<String, Found> ups = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Found up = scripts.remove(entry.tag() + ".sql");
      if (up == null) {
        throw Refusal.at(
            entry.node().position(),
            FailureCode.SCRIPT_NAME_INVALID,
            ups.containsKey(entry.tag())
                ? "the journal lists \"" + entry.tag() + "\" twice."
                : "the journal lists \"" + entry.tag() + "\", but there is no file " + entry.tag()
                    + ".sql.",
            "bring back the file, or remove the entry.");
      }
      ups.put(entry.tag(), up);
    }
    List<Named> named = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      Found up = ups.get(entry.tag());
      if (up != null) {
        Found down = scripts.remove(entry.tag() + "_rollback.sql");
        named.add(new Named(
            entry.name(), up, script(up), down == null ? null : script(down), named.size()));
      }
    }
    return named;
  }

  private static Script script(Found file) {
    return new Script(
        file, found -> Sections.none(found, NamingConvention.DRIZZLE, BREAKPOINTS), null);
  }

  private List<Entry> entries() {
    byte[] content = file.content();
    JsonNode root = JsonReader.read(
        file.path(),
        Utf8Text.decode(file.path(), content, Utf8Text.start(content), content.length),
        FailureCode.SCRIPT_UNREADABLE);
    JsonNode dialect = root.members().get("dialect");
    if (dialect != null && !POSTGRESQL.contains(dialect.string())) {
      throw dialect.wrong("the journal is for " + dialect.string() + ", not for PostgreSQL.");
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : root.member("entries").elements()) {
      Entry entry = entry(node);
      if (!entries.isEmpty()) {
        requireOrder(entries.get(entries.size() - 1), entry);
      }
      entries.add(entry);
    }
    return entries;
  }

  private static Entry entry(JsonNode node) {
    JsonNode tag = node.member("tag");
    Matcher matcher = TAG.matcher(tag.string());
    if (matcher.matches()) {
      return named(tag, matcher.group(1), matcher.group(2));
    }
    JsonNode index = node.member("idx");
    if (!INDEX.matcher(index.number()).matches()) {
      throw index.wrong("an index is a whole number from 0 on.");
    }
    return named(tag, index.number(), tag.string());
  }

  private static Entry named(JsonNode tag, String version, @Nullable String name) {
    return new Entry(tag.string(), ScriptName.versioned(version, name, false), tag);
  }

  private static void requireOrder(Entry before, Entry entry) {
    MigrationVersion version = entry.name().version();
    if (version.compareTo(before.name().version()) < 0) {
      throw Refusal.at(
          entry.node().position(),
          FailureCode.SCRIPT_NAME_INVALID,
          "in the order of the journal \"" + before.tag() + "\" runs before \"" + entry.tag()
              + "\", in the order of the versions it is the other way round.",
          "number the tags in the order in which they shall run.");
    }
  }
}
