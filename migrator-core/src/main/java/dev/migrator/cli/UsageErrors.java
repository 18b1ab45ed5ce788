package dev.migrator.cli;

import dev.migrator.Spelling;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Puts a command line that cannot be understood into words. picocli's own messages repeat arguments, and any of them may be,
 * or hold, a password.
 */
final class UsageErrors {

  private static final Pattern LONG_OPTION =
      Pattern.compile("(--[a-zA-Z][a-zA-Z-]*)(?:=.*)?", Pattern.DOTALL);

  private UsageErrors() {}

  /** What others call some verbs. */
  private static final Map<String, String> KNOWN_ELSEWHERE = Map.of(
      "apply", "migrate",
      "up", "migrate",
      "down", "rollback",
      "undo", "rollback",
      "info", "status",
      "create", "new");

  /** The failure for a command line with this problem. */
  static MigrationException invalid(String problem) {
    return invalid(problem, "'migrator <verb> --help' lists the options of a verb.");
  }

  /** The failure for a command line that says nothing of what is to be done. */
  static MigrationException noVerb(String problem) {
    return invalid(
        problem,
        "'migrator --help' lists the verbs, and 'migrator <verb> --help' the options of one.");
  }

  /** The failure for a verb that there is not; it is not repeated. */
  static MigrationException unknownVerb(String argument) {
    return noVerb("the first argument is no verb; " + proposal(argument));
  }

  private static MigrationException invalid(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }

  /**
   * The failure for a value that cannot be read.
   *
   * @param why what to write instead
   */
  static MigrationException unusable(Origin origin, @Nullable String why) {
    String problem = "the value of " + origin.name() + " cannot be used: " + why + ".";
    SourcePosition position = origin.position();
    return position == null
        ? invalid(problem)
        : ConfigFile.invalid(position, problem, "correct the line, or leave it out.");
  }

  /** The failure for what picocli found. */
  static MigrationException of(ParameterException e, List<String> arguments) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, arguments);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return invalid(name(twice.getOverwritten()) + " is given twice.");
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return invalid(name(missing.getMissing().get(0)) + " needs a value.");
    }
    return invalid(arguments.stream()
            .filter(argument -> argument.indexOf('=') > 0)
            .map(UsageErrors::option)
            .filter(name -> isFlag(e, name))
            .findFirst()
            .orElse("an option")
        + " takes no value.");
  }

  private static MigrationException unmatched(
      UnmatchedArgumentException e, List<String> arguments) {
    String argument = e.getUnmatched().get(0);
    if (e.getCommandLine().getParent() == null) {
      if (argument.equals("--version")) {
        return invalid("--version belongs to a verb; -V tells the version of the program.");
      }
      return invalid(option(argument) + " stands before the verb: the verb comes first.");
    }
    String verb = e.getCommandLine().getCommandName();
    if (!argument.startsWith("-")) {
      String takes = Verb.named(verb).map(Verb::argument).orElse("");
      return invalid(
          "word " + (arguments.indexOf(argument) + 1)
              + " of the command line is an argument that belongs to no option; " + verb + " takes "
              + (takes.isEmpty() ? "none" : takes + " and no other") + ".",
          options(verb));
    }
    if (option(argument).equals("--password")) {
      return invalid("a password is not taken from the command line, because process lists show it:"
          + " use --password-stdin, PGPASSWORD or a pgpass file.");
    }
    return invalid(
        verb + " has no option " + option(argument) + "." + similar(e, option(argument)),
        options(verb));
  }

  private static String options(String verb) {
    return "'migrator " + verb + " --help' lists its options.";
  }

  private static String proposal(String argument) {
    List<String> verbs = Verb.ALL.stream().map(Verb::name).toList();
    return Optional.ofNullable(KNOWN_ELSEWHERE.get(argument))
        .or(() -> Spelling.nearest(argument, verbs))
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> "the verbs are " + String.join(", ", verbs) + ".");
  }

  private static String similar(UnmatchedArgumentException e, String option) {
    List<String> similar = e.getSuggestions().isEmpty()
        ? Spelling.nearest(
                option,
                e.getCommandLine().getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .toList())
            .stream()
            .toList()
        : e.getSuggestions();
    return similar.isEmpty() ? "" : " Similar: " + String.join(", ", similar) + ".";
  }

  /** An option's name without what may be its value. */
  private static String option(String argument) {
    Matcher name = LONG_OPTION.matcher(argument);
    return name.matches() ? name.group(1) : argument.substring(0, Math.min(2, argument.length()));
  }

  private static boolean isFlag(ParameterException e, String name) {
    OptionSpec option = e.getCommandLine().getCommandSpec().findOption(name);
    return option != null && option.arity().max() == 0;
  }

  private static String name(@Nullable ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : "an option";
  }
}
