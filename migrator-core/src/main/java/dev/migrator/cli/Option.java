package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One option of the command line.
 *
 * @param <T> what its text becomes
 * @param name its name, with the dashes
 * @param value what stands for its value in the help; empty for a switch
 * @param repeatable whether it may be given several times
 * @param help its description
 * @param reader makes the value from the texts that were given, none of them for a switch
 * @param effect what the value does to the engine; nothing for an option that a verb reads itself
 */
record Option<T>(
    String name,
    String value,
    boolean repeatable,
    String help,
    Function<List<String>, T> reader,
    BiConsumer<MigrationEngineBuilder, T> effect) {

  /** A switch, which is on when it is given. */
  static Option<Boolean> flag(
      String name, BiConsumer<MigrationEngineBuilder, Boolean> effect, String help) {
    return new Option<>(name, "", false, help, texts -> true, effect);
  }

  /** A switch that a verb reads itself. */
  static Option<Boolean> flag(String name, String help) {
    return flag(name, (builder, on) -> {}, help);
  }

  /**
   * An option with a value.
   *
   * @param reader throws {@link IllegalArgumentException}, whose message must not repeat the text: it may hold a password
   */
  static <T> Option<T> of(
      String name,
      String value,
      Function<String, T> reader,
      BiConsumer<MigrationEngineBuilder, T> effect,
      String help) {
    return new Option<>(name, value, false, help, texts -> reader.apply(texts.get(0)), effect);
  }

  /** An option with a value that a verb reads itself. */
  static <T> Option<T> of(String name, String value, Function<String, T> reader, String help) {
    return of(name, value, reader, (builder, ignored) -> {}, help);
  }

  /** Its key in a configuration file: the name without the dashes. */
  String key() {
    return name.substring(2);
  }

  /** Whether it is a switch. */
  boolean isFlag() {
    return value.isEmpty();
  }
}
