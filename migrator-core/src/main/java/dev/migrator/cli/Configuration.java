package dev.migrator.cli;

import dev.migrator.Spelling;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What environment variables and a configuration file say, beneath the command line. A setting of a verb alone comes before one
 * for all verbs, within each of the two.
 *
 * <p>An option that means different things for different verbs, as {@code --version} does, has to be said for a verb.
 */
final class Configuration {

  private static final String PREFIX = "MIGRATOR_";

  private final Verb verb;
  private final Arguments given;
  private final Console console;

  private Configuration(Verb verb, Arguments given, Console console) {
    this.verb = verb;
    this.given = given;
    this.console = console;
  }

  /**
   * Adds to a command line what it does not say itself.
   *
   * @throws dev.migrator.migration.MigrationException {@code CONFIGURATION_INVALID} for an unknown key or a value that cannot
   *     be used, also where it is another verb's
   */
  static void complete(Verb verb, Arguments given, Console console) {
    new Configuration(verb, given, console).complete();
  }

  private void complete() {
    List<ConfigEntry> file = ConfigFile.read(given, console);
    file.forEach(this::check);
    warnOfSimilarVariables();
    for (Option<?> option : options(verb)) {
      if (!ConfigOptions.COMMAND_LINE_ONLY.contains(option.key())
          && given.origin(option).isEmpty()
          && !fromVariable(option)) {
        fromFile(option, file);
      }
    }
  }

  private boolean fromVariable(Option<?> option) {
    for (String name : variables(verb, option)) {
      Optional<String> text = console.variable(name);
      if (text.isPresent()) {
        Origin origin = Origin.variable(name);
        if (option.equals(Options.ENVIRONMENT)) {
          // As everywhere: here an unknown name is no slip of the pen, and counts as production.
          given.add(
              Options.ENVIRONMENT, List.of(text.get()), Environment.named(text.get()), origin);
        } else {
          add(option, option.repeatable() ? Values.list(text.get()) : List.of(text.get()), origin);
        }
        return true;
      }
    }
    return false;
  }

  private void fromFile(Option<?> option, List<ConfigEntry> file) {
    file.stream()
        .filter(entry -> entry.key().equals(option.key()))
        .filter(entry -> entry.section().equals(verb.name())
            || (entry.section().isEmpty() && meansOneThing(option)))
        .reduce((one, other) -> one.section().isEmpty() ? other : one)
        .ifPresent(
            entry -> add(option, texts(option, entry), Origin.file(entry.key(), entry.position())));
  }

  private void add(Option<?> option, List<String> texts, Origin origin) {
    if (!option.isFlag()) {
      given.add(option, texts, origin);
    } else if (isOn(texts, origin)) {
      given.add(option, List.of(), origin);
    }
  }

  private static boolean isOn(List<String> texts, Origin origin) {
    String text = texts.size() == 1 ? texts.get(0).trim().toLowerCase(Locale.ROOT) : "";
    if (!text.equals("true") && !text.equals("false")) {
      throw UsageErrors.unusable(origin, "write true or false");
    }
    return text.equals("true");
  }

  /** A list stands for what the command line repeats, or divides by commas. */
  private static List<String> texts(Option<?> option, ConfigEntry entry) {
    boolean toml = entry.position().script().toLowerCase(Locale.ROOT).endsWith(".toml");
    if (option.repeatable()) {
      return toml || entry.values().size() != 1 || option.value().contains("=")
          ? entry.values()
          : Values.list(entry.values().get(0));
    }
    return List.of(String.join(",", entry.values()));
  }

  /** Refuses what no verb would understand, whichever verb runs now. */
  private void check(ConfigEntry entry) {
    Set<Option<?>> known = entry.section().isEmpty()
        ? everywhere()
        : options(Verb.named(entry.section()).orElseThrow());
    Option<?> option = known.stream()
        .filter(each -> each.key().equals(entry.key()))
        .findFirst()
        .orElseThrow(() -> unknown(entry, known));
    if (entry.section().isEmpty() && !meansOneThing(option)) {
      throw ConfigFile.invalid(
          entry.position(),
          entry.key() + " means different things for different verbs.",
          "write it for one verb: [" + owners(option) + "] in TOML, " + owners(option) + "."
              + entry.key() + " in properties.");
    }
    if (ConfigOptions.COMMAND_LINE_ONLY.contains(option.key())
        || ConfigOptions.NOT_IN_FILES.contains(option.key())) {
      throw ConfigFile.invalid(
          entry.position(),
          entry.key() + " is said for one run, and cannot be said in a file for every run to come.",
          "write " + option.name() + " on the command line.");
    }
    Arguments alone = new Arguments(List.of());
    Configuration checked = new Configuration(verb, alone, console);
    checked.add(option, texts(option, entry), Origin.file(entry.key(), entry.position()));
    refusePassword(entry, alone);
  }

  /** What is in a file gets into a repository. */
  private static void refusePassword(ConfigEntry entry, Arguments alone) {
    boolean shown = alone.get(Options.URL).map(Configuration::hasPassword).orElse(false)
        || alone.get(SchemaOptions.WITH).map(Configuration::hasPassword).orElse(false)
        || alone.get(ServerOption.SERVER).isPresent()
            && entry.values().stream().anyMatch(Configuration::hasPassword);
    if (shown) {
      throw ConfigFile.invalid(
          entry.position(),
          "the URL of " + entry.key() + " has a password, and files get into repositories.",
          "leave it out, and use DATABASE_URL, PGPASSWORD, a pgpass file or --password-stdin.");
    }
  }

  private static boolean hasPassword(String url) {
    try {
      return Connections.to(url).password().isPresent();
    } catch (IllegalArgumentException e) {
      return false; // No URL: whoever uses it says so.
    }
  }

  private static RuntimeException unknown(ConfigEntry entry, Set<Option<?>> known) {
    if (entry.key().equals("password")) {
      return ConfigFile.invalid(
          entry.position(),
          "a password is not taken from a file, because files get into repositories.",
          "use DATABASE_URL, PGPASSWORD, a pgpass file or --password-stdin.");
    }
    Stream<String> options = known.stream().map(Option::key);
    List<String> keys = (entry.section().isEmpty()
            ? Stream.concat(options, Verb.ALL.stream().map(Verb::name))
            : options)
        .distinct()
        .toList();
    String where = entry.section().isEmpty() ? "" : " of " + entry.section();
    return ConfigFile.invalid(
        entry.position(),
        "there is no option" + where + " with the name " + entry.key() + ".",
        Verb.named(entry.key()).isPresent()
            ? "a verb has a section: [" + entry.key() + "]."
            : Spelling.nearest(entry.key(), keys)
                .map(near -> "did you mean " + near + "?")
                .orElse(
                    "'migrator <verb> --help' lists the options; keys are their names without the dashes."));
  }

  /** Nobody sees that a variable with a slip of the pen does nothing. */
  private void warnOfSimilarVariables() {
    List<String> ours = console.variables().keySet().stream()
        .filter(name -> name.startsWith(PREFIX))
        .sorted()
        .toList();
    if (ours.isEmpty()) {
      return;
    }
    Set<String> names = Verb.ALL.stream()
        .flatMap(each -> options(each).stream().flatMap(o -> variables(each, o).stream()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String name : ours) {
      if (!names.contains(name)) {
        Spelling.nearest(name.substring(PREFIX.length()), withoutPrefix(names))
            .ifPresent(near -> console
                .err()
                .println("Warning: the environment variable " + name
                    + " means nothing here; did you mean " + PREFIX + near + "?"));
      }
    }
  }

  private static List<String> withoutPrefix(Set<String> names) {
    return names.stream().map(name -> name.substring(PREFIX.length())).toList();
  }

  /** The variables of an option, the first that is set counts. */
  static List<String> variables(Verb verb, Option<?> option) {
    List<String> names = new ArrayList<>();
    names.add(variable(verb.name() + "-" + option.key()));
    if (meansOneThing(option)) {
      names.add(variable(option.key()));
    }
    return names;
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Whether every verb that has an option of this name means the same by it. */
  static boolean meansOneThing(Option<?> option) {
    return !Ambiguous.KEYS.contains(option.key());
  }

  /** The keys that mean different things for different verbs, found out once. */
  private static final class Ambiguous {

    static final Set<String> KEYS = keys();

    private Ambiguous() {}

    private static Set<String> keys() {
      Map<String, Option<?>> first = new HashMap<>();
      Set<String> ambiguous = new HashSet<>();
      for (Verb verb : Verb.ALL) {
        for (Option<?> option : options(verb)) {
          Option<?> other = first.putIfAbsent(option.key(), option);
          if (other != null && !other.equals(option)) {
            ambiguous.add(option.key());
          }
        }
      }
      return ambiguous;
    }
  }

  private static String owners(Option<?> option) {
    return Verb.ALL.stream()
        .filter(each -> options(each).stream().anyMatch(o -> o.name().equals(option.name())))
        .map(Verb::name)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Option<?>> everywhere() {
    return Verb.ALL.stream()
        .flatMap(each -> options(each).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The options that a verb understands, in the order of its help. */
  static Set<Option<?>> options(Verb verb) {
    return verb.groups()
        .flatMap(group -> group.options().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
