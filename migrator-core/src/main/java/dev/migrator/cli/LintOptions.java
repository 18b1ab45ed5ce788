package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.ScriptLint;
import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.LintPolicy;
import dev.migrator.config.LintRules;
import dev.migrator.config.LintScope;
import dev.migrator.render.LintGithub;
import dev.migrator.render.LintText;
import dev.migrator.report.LintReport;
import dev.migrator.report.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The verb {@code lint}, and the options about rules that runs have too. */
final class LintOptions {

  private LintOptions() {}

  /** As what findings are printed. */
  enum Format {
    TEXT,
    /** Annotations of a GitHub workflow. */
    GITHUB
  }

  static final Option<DestructivePolicy> DESTRUCTIVE = Option.of(
      "--destructive",
      Values.choices(DestructivePolicy.class),
      Values.oneOf(DestructivePolicy.class),
      (builder, value) -> builder.safeguards(guards -> guards.destructive(value)),
      "What to do about statements that destroy what was there before the run, where no directive allows them. Default:"
          + " automatic, which blocks in production and unknown environments and warns elsewhere.");

  static final Option<LintPolicy> LINT = Option.of(
      "--lint",
      Values.choices(LintPolicy.class),
      Values.oneOf(LintPolicy.class),
      (builder, value) -> builder.safeguards(guards -> guards.lint(value)),
      "What a run does about the other rules: nothing, report them, or refuse to run while there are errors. Default: report.");

  static final Option<Map<String, Boolean>> RULE = new Option<>(
      "--rule",
      "<rule=on|off>",
      true,
      "Look for a rule that is off by default, or do not look for one; may be repeated.",
      LintOptions::switches,
      LintOptions::switchRules);

  /** What every verb that runs scripts understands. */
  static final Options.Group GROUP = new Options.Group("Rules", List.of(DESTRUCTIVE, LINT, RULE));

  static final Option<Boolean> ALL_SCRIPTS =
      Option.flag("--all", "With --url: every script, not only those that are pending.");

  static final Option<Integer> SERVER_VERSION = Option.of(
      "--server-version",
      "<major>",
      LintOptions::version,
      (builder, version) ->
          builder.safeguards(guards -> guards.lintRules(rules -> rules.serverVersion(version))),
      "The PostgreSQL that the scripts are for. Default: that of --url, else the oldest that is supported.");

  static final Option<Severity> FAIL_ON = Option.of(
      "--fail-on",
      Values.choices(Severity.class),
      Values.oneOf(Severity.class),
      "How much a finding weighs that makes the exit code 1. Default: error.");

  static final Option<Format> FORMAT = Option.of(
      "--format",
      Values.choices(Format.class),
      Values.oneOf(Format.class),
      "How findings are printed: text, or annotations of a GitHub workflow. Default: text.");

  static final Option<Boolean> LIST = Option.flag("--list", "List the rules instead.");

  /** Those of the verb alone. */
  static final List<Option<?>> ALL = List.of(
      Options.URL,
      Options.USER,
      Options.PASSWORD_STDIN,
      ALL_SCRIPTS,
      SERVER_VERSION,
      RULE,
      FAIL_ON,
      FORMAT,
      LIST);

  /** Lints the files alone, or with the database that {@code --url} names. */
  static Verb.Job lint(Arguments given, Console console) {
    if (given.has(LIST)) {
      return Verb.Job.of(() -> Outcome.ofRules(ScriptLint.rules()));
    }
    return Verb.Job.of(() -> Outcome.of(
        report(given, console),
        given.get(FAIL_ON).orElse(Severity.ERROR),
        given.get(FORMAT).orElse(Format.TEXT) == Format.GITHUB
            ? lint -> LintGithub.of(lint, script -> path(given, script))
            : LintText::of));
  }

  /** The file as whoever is in the current folder names it. */
  private static String path(Arguments given, String script) {
    List<String> locations =
        given.get(Options.LOCATION).orElse(List.of(MigratorCommand.DEFAULT_LOCATION));
    for (String location : locations) {
      String folder = location.replaceFirst("^filesystem:", "");
      if (!location.startsWith("classpath:") && Files.exists(Path.of(folder, script))) {
        return Path.of(folder, script).toString();
      }
    }
    return script;
  }

  private static LintReport report(Arguments given, Console console) {
    if (given.get(Options.URL).isEmpty()) {
      return ScriptLint.of(given::tell);
    }
    MigrationEngineBuilder builder =
        MigrationEngine.builder().connections(DatabaseAddress.of(given, console));
    given.tell(builder);
    return builder.build().lint(given.has(ALL_SCRIPTS) ? LintScope.ALL : LintScope.PENDING);
  }

  private static Map<String, Boolean> switches(List<String> texts) {
    Map<String, Boolean> switches = new TreeMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String value = text.substring(equals + 1);
      if (equals < 1 || !value.equals("on") && !value.equals("off")) {
        throw new IllegalArgumentException("write rule=on or rule=off");
      }
      switches.put(text.substring(0, equals), value.equals("on"));
    }
    return switches;
  }

  private static void switchRules(MigrationEngineBuilder builder, Map<String, Boolean> switches) {
    builder.safeguards(guards -> guards.lintRules(
        (LintRules rules) -> rules.on(names(switches, true)).off(names(switches, false))));
  }

  private static Set<String> names(Map<String, Boolean> switches, boolean on) {
    return switches.entrySet().stream()
        .filter(entry -> entry.getValue() == on)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static int version(String text) {
    try {
      int version = Integer.parseInt(text);
      if (version >= 14 && version <= 99) {
        return version;
      }
    } catch (NumberFormatException ignored) {
      // The next line says what to write.
    }
    throw new IllegalArgumentException("write a major version from 14 on");
  }
}
