package dev.migrator.cli;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** The failure for a command line with this problem. */
  static MigrationException invalid(String problem) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice("'migrator <verb> --help' lists the options of a verb.")
        .build();
  }

  /** The failure for what picocli found. */
  static MigrationException of(ParameterException e, List<String> arguments) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
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

  private static MigrationException unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().get(0);
    if (e.getCommandLine().getParent() == null) {
      if (argument.equals("--version")) {
        return invalid("--version belongs to a verb; -V tells the version of the program.");
      }
      return argument.startsWith("-")
          ? invalid(option(argument) + " stands before the verb: the verb comes first.")
          : invalid("the first argument is no verb; the verbs are "
              + Verb.ALL.stream().map(Verb::name).collect(Collectors.joining(", "))
              + ".");
    }
    if (!argument.startsWith("-")) {
      return invalid("there is an argument that belongs to no option.");
    }
    if (option(argument).equals("--password")) {
      return invalid("a password is not taken from the command line, because process lists show it:"
          + " use --password-stdin, PGPASSWORD or a pgpass file.");
    }
    List<String> similar = e.getSuggestions();
    return invalid(e.getCommandLine().getCommandName() + " has no option " + option(argument) + "."
        + (similar.isEmpty() ? "" : " Similar: " + String.join(", ", similar) + "."));
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
