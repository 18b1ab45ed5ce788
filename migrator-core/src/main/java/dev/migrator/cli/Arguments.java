package dev.migrator.cli;

import static java.util.Comparator.naturalOrder;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Backup;
import dev.migrator.config.LintPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The options that were given, with their values read. */
final class Arguments {

  private final List<Given<?>> all = new ArrayList<>();
  private final List<String> others;

  /**
   * None yet.
   *
   * @param others the arguments that belong to no option
   */
  Arguments(List<String> others) {
    this.others = List.copyOf(others);
  }

  /**
   * An option with its value.
   *
   * @param texts the value as it was written
   * @param origin where
   */
  record Given<T>(Option<T> option, List<String> texts, T value, Origin origin) {

    static <T> Given<T> read(Option<T> option, List<String> texts, Origin origin) {
      try {
        return new Given<>(option, List.copyOf(texts), option.reader().apply(texts), origin);
      } catch (IllegalArgumentException e) {
        throw UsageErrors.unusable(origin, e.getMessage());
      }
    }

    void affect(MigrationEngineBuilder builder) {
      option.effect().accept(builder, value);
    }
  }

  /**
   * Adds an option that was given.
   *
   * @param texts its values as they were written; none for a switch
   */
  void add(Option<?> option, List<String> texts) {
    add(option, texts, Origin.commandLine(option));
  }

  /** Adds an option that was given elsewhere. */
  void add(Option<?> option, List<String> texts, Origin origin) {
    all.add(Given.read(option, texts, origin));
  }

  /** Adds an option whose value is known. */
  <T> void add(Option<T> option, List<String> texts, T value, Origin origin) {
    all.add(new Given<>(option, texts, value, origin));
  }

  /** Everything that was given. */
  List<Given<?>> all() {
    return List.copyOf(all);
  }

  /** Where an option was written; nothing where it was not. */
  Optional<Origin> origin(Option<?> option) {
    return all.stream()
        .filter(given -> given.option().equals(option))
        .map(given -> given.origin())
        .findFirst();
  }

  /** The value of an option, where it was given. */
  <T> Optional<T> get(Option<T> option) {
    for (Given<?> given : all) {
      if (given.option().equals(option)) {
        @SuppressWarnings("unchecked") // The option made this value.
        T value = (T) given.value();
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** Whether a switch is on. */
  boolean has(Option<Boolean> flag) {
    return get(flag).isPresent();
  }

  /** The value of an option that a verb cannot do without. */
  <T> T require(Option<T> option) {
    return get(option)
        .orElseThrow(
            () -> UsageErrors.invalid(option.name() + " " + option.value() + " is missing."));
  }

  /**
   * The argument that belongs to no option.
   *
   * @param name what stands for it in the help
   */
  String argument(String name) {
    if (others.isEmpty()) {
      throw UsageErrors.invalid(name + " is missing.");
    }
    return others.get(0);
  }

  /**
   * The value of the one option that was given, of several that exclude each other; one on the command line takes the place of
   * another in a file.
   */
  <T> Optional<T> oneOf(List<Option<T>> options) {
    Optional<Origin.Rank> first =
        options.stream().flatMap(o -> origin(o).stream()).map(Origin::rank).min(naturalOrder());
    List<Option<T>> given = options.stream()
        .filter(o -> origin(o).map(Origin::rank).equals(first) && first.isPresent())
        .toList();
    if (given.size() > 1) {
      throw UsageErrors.invalid(
          given.stream().map(Option::name).collect(Collectors.joining(" and "))
              + " exclude each other.");
    }
    return given.stream().findFirst().flatMap(this::get);
  }

  /** Tells an engine that has no defaults yet everything that was given. */
  void tell(MigrationEngineBuilder builder) {
    builder.locations(MigratorCommand.DEFAULT_LOCATION);
    builder.safeguards(guards ->
        guards.lint(LintPolicy.REPORT).backup(backup -> backup.when(Backup.When.PRODUCTION)));
    affect(builder);
  }

  /** Tells the engine everything that was given. */
  void affect(MigrationEngineBuilder builder) {
    all.forEach(given -> given.affect(builder));
  }
}
