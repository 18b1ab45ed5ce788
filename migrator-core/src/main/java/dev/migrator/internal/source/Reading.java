package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A location's files as one convention reads them.
 *
 * @param fits the files that it understands
 * @param others the paths of those that it does not
 * @param notes what an operator should know
 */
record Reading(
    NamingConvention convention, List<Named> fits, List<String> others, List<String> notes) {

  private static final int SHOWN = 5;

  /** What would run and what would not. */
  String words() {
    List<String> running = fits.stream()
        .filter(file -> !file.name().down())
        .map(file -> file.file().path())
        .toList();
    String would = running.isEmpty() ? "nothing would run" : some(running) + " would run";
    return "Read as " + convention + " (" + convention.example() + ") " + would + ", but "
        + some(others) + (others.size() == 1 ? " does" : " do") + " not fit";
  }

  /** The first of them, and how many more there are. */
  static String some(List<String> paths) {
    String shown =
        paths.stream().sorted(CodePoints.ORDER).limit(SHOWN).collect(Collectors.joining(", "));
    return paths.size() > SHOWN ? shown + " and " + (paths.size() - SHOWN) + " more" : shown;
  }
}
