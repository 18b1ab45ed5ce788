package dev.migrator.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line as picocli understands it. Only the verb that was named gets its options: describing those of all verbs
 * would take longer than most commands do.
 */
final class Syntax {

  private final CommandLine program;
  private final @Nullable Verb verb;

  private static final String HELP = "help";

  private final List<String> arguments;

  Syntax(List<String> typed) {
    this.arguments = withoutHelp(typed);
    this.verb = arguments.isEmpty() ? null : Verb.named(arguments.get(0)).orElse(null);
    this.program = program(verb == null ? Verb.ALL : List.of(verb), verb != null);
  }

  /** What many programs understand, {@code help} and {@code help migrate}, as this one has it. */
  private static List<String> withoutHelp(List<String> typed) {
    if (typed.isEmpty() || !typed.get(0).equals(HELP)) {
      return typed;
    }
    return typed.size() == 1 ? List.of("--" + HELP) : List.of(typed.get(1), "--" + HELP);
  }

  /** Every verb with its options. */
  static CommandLine whole() {
    return program(Verb.ALL, true);
  }

  private static CommandLine program(List<Verb> verbs, boolean withOptions) {
    CommandSpec root = CommandSpec.create().name("migrator").addOption(help()).addOption(version());
    root.usageMessage()
        .description(
            "Brings a PostgreSQL database to the state that a folder of SQL scripts describes.%n")
        .synopsisHeading("")
        .customSynopsis("migrator <verb> [options]")
        .commandListHeading("%nVerbs; 'migrator <verb> --help' lists the options of one:%n")
        .footer(exitCodes());
    for (Verb each : verbs) {
      root.addSubcommand(each.name(), spec(each, withOptions));
    }
    return new CommandLine(root)
        .setExpandAtFiles(false)
        .setUsageHelpWidth(110)
        .setUnmatchedOptionsArePositionalParams(false)
        .setAllowOptionsAsOptionParameters(false);
  }

  /** What a command line asks for. */
  sealed interface Request {

    /** To be told something. */
    record Answer(String text) implements Request {}

    /** To do something. */
    record Call(Verb verb, Arguments given) implements Request {}
  }

  /**
   * Understands a command line.
   *
   * @throws dev.migrator.migration.MigrationException {@code CONFIGURATION_INVALID} when that is impossible
   */
  Request read() {
    if (verb == null && !arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
      // Also where help is asked for behind it, which picocli would give for the program.
      throw UsageErrors.unknownVerb(arguments.get(0));
    }
    ParseResult result;
    try {
      result = program.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw UsageErrors.of(e, arguments);
    }
    if (result.isVersionHelpRequested()) {
      return new Request.Answer("migrator " + programVersion() + "\n");
    }
    if (result.isUsageHelpRequested()) {
      return new Request.Answer(program.getUsageMessage(Ansi.OFF));
    }
    if (verb == null || !result.hasSubcommand()) {
      throw UsageErrors.noVerb("there is no verb.");
    }
    ParseResult command = result.subcommand();
    if (command.isUsageHelpRequested()) {
      return new Request.Answer(command.commandSpec().commandLine().getUsageMessage(Ansi.OFF));
    }
    return new Request.Call(verb, given(verb, command));
  }

  private static Arguments given(Verb verb, ParseResult result) {
    Arguments given = new Arguments(result.matchedPositionals().stream()
        .flatMap(argument -> argument.stringValues().stream())
        .toList());
    verb.groups().flatMap(group -> group.options().stream()).forEach(option -> {
      OptionSpec matched = result.matchedOption(option.name());
      if (matched != null) {
        given.add(option, matched.stringValues());
      }
    });
    return given;
  }

  private static CommandSpec spec(Verb verb, boolean withOptions) {
    CommandSpec spec = CommandSpec.create().name(verb.name());
    spec.usageMessage()
        .description(verb.summary())
        .synopsisHeading("")
        .customSynopsis("migrator " + verb.name() + " "
            + (verb.argument().isEmpty() ? "" : verb.argument() + " ") + "[options]")
        .descriptionHeading("%n");
    if (withOptions) {
      spec.usageMessage().footer(Manual.footer(verb));
      verb.groups()
          .flatMap(group -> group.options().stream())
          .forEach(option -> spec.addOption(spec(option)));
      if (!verb.argument().isEmpty()) {
        spec.addPositional(PositionalParamSpec.builder()
            .paramLabel(verb.argument())
            .index("0")
            .arity("0..1")
            .hidden(true)
            .type(String.class)
            .build());
      }
      spec.addOption(help());
      spec.usageMessage()
          .sectionMap()
          .put(
              CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST,
              help -> optionList(verb, help));
    }
    return spec;
  }

  /** The options under the headings of their groups. */
  private static String optionList(Verb verb, Help help) {
    StringBuilder text = new StringBuilder();
    verb.groups().forEach(group -> {
      text.append("%n%s:%n".formatted(group.heading()));
      List<OptionSpec> options = group.options().stream()
          .map(option -> help.commandSpec().findOption(option.name()))
          .toList();
      Help.Layout layout = help.createDefaultLayout();
      layout.addOptions(options, help.parameterLabelRenderer());
      text.append(layout);
    });
    return text.toString();
  }

  private static OptionSpec spec(Option<?> option) {
    OptionSpec.Builder builder =
        // To picocli, % begins a format and ${ a variable.
        OptionSpec.builder(option.name())
            .description(option.help().replace("%", "%%").replace("${", "$${"));
    if (option.isFlag()) {
      builder.type(boolean.class).arity("0");
    } else if (option.repeatable()) {
      builder
          .paramLabel(option.value())
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("1");
    } else {
      builder.paramLabel(option.value()).type(String.class).arity("1");
    }
    if (option.value().indexOf('|') > 0) {
      builder.completionCandidates(List.of(option.value().split("\\|")));
    }
    return builder.build();
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .type(boolean.class)
        .usageHelp(true)
        .description("Show this text.")
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("-V")
        .type(boolean.class)
        .versionHelp(true)
        .description("Show the version of the program.")
        .build();
  }

  private static String[] exitCodes() {
    return new String[] {
      "",
      "First steps, in an empty folder db/migration:",
      "  export DATABASE_URL=postgresql://ada@localhost:5432/shop MIGRATOR_ENVIRONMENT=development",
      "  migrator new \"customers\"        begins 0001_customers.sql and its down script",
      "  migrator plan                   shows what would run, and changes nothing",
      "  migrator migrate                runs it",
      "  migrator rollback               undoes the latest migration",
      "What is the same at every run goes into migrator.toml; every option is a variable too: MIGRATOR_LOCK_TIMEOUT.",
      "Where nobody says what a database is for (--environment), it counts as production, and somebody has to confirm.",
      "",
      "Exit codes: 0 success, 1 refused before anything ran, 2 a migration failed, 3 a check afterwards failed,",
      "4 a rollback failed, 5 the command line or the scripts cannot be used."
    };
  }

  private static String programVersion() {
    return Optional.ofNullable(Syntax.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
