package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
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

  private record Given<T>(Option<T> option, T value) {

    static <T> Given<T> read(Option<T> option, List<String> texts) {
      try {
        return new Given<>(option, option.reader().apply(texts));
      } catch (IllegalArgumentException e) {
        throw UsageErrors.invalid(
            "the value of " + option.name() + " cannot be used: " + e.getMessage() + ".");
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
    all.add(Given.read(option, texts));
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

  /** The value of the one option that was given, of several that exclude each other. */
  <T> Optional<T> oneOf(List<Option<T>> options) {
    List<Option<T>> given = options.stream().filter(o -> get(o).isPresent()).toList();
    if (given.size() > 1) {
      throw UsageErrors.invalid(
          given.stream().map(Option::name).collect(Collectors.joining(" and "))
              + " exclude each other.");
    }
    return given.stream().findFirst().flatMap(this::get);
  }

  /** Tells the engine everything that was given. */
  void affect(MigrationEngineBuilder builder) {
    all.forEach(given -> given.affect(builder));
  }
}
