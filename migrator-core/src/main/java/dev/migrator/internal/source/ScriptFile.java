package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MarkedLines.Marker;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file on disk, read as a location that holds it would read it; its name may be any.
 *
 * @param script the script, or the up section
 * @param down the down section; {@code null} when the file has none
 * @param isDivided whether the file has sections
 */
public record ScriptFile(Script script, @Nullable Script down, boolean isDivided) {

  /**
   * Finds out how a file is read: by its own section markers, and by what stands beside it.
   *
   * @param rules the values of its placeholders
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_UNREADABLE} when there is no such file or it cannot be
   *     read, {@code SCRIPT_NAME_INVALID} when it has the markers of two tools
   */
  public static ScriptFile of(Path file, ReadingRules rules) {
    ScriptFile found = of(file);
    Script down = found.down();
    return new ScriptFile(
        found.script().replacing(rules),
        down == null ? null : down.replacing(rules),
        found.isDivided());
  }

  private static ScriptFile of(Path file) {
    String path = file.toString().replace('\\', '/');
    if (!Files.isRegularFile(file)) {
      throw Refusal.of(
          FailureCode.SCRIPT_UNREADABLE,
          "there is no file " + path + ".",
          "check the path; a relative one starts at " + Path.of("").toAbsolutePath() + ".");
    }
    Found found = found(file, path);
    List<Marker> markers = MarkedLines.markers(found);
    if (markers.isEmpty()) {
      ReadingRules rules = Files.exists(file.resolveSibling(Location.JOURNAL))
          ? Journal.BREAKPOINTS
          : ReadingRules.PLAIN;
      return new ScriptFile(
          new Script(found, content -> Piece.whole(content, rules), sidecar(file)), null, false);
    }
    SectionDialect dialect = markers.get(0).dialect();
    for (Marker marker : markers) {
      if (marker.dialect() != dialect) {
        throw Sections.twoTools(path, marker.line(), marker.dialect(), dialect);
      }
    }
    Script up = new Script(found, content -> Sections.up(path, content.content(), dialect), null);
    Script down =
        new Script(found, content -> Sections.down(path, content.content(), dialect), null);
    return new ScriptFile(up, down.exists() ? down : null, true);
  }

  /** What a file beside it says; by the names, since the folder's convention is not asked for here. */
  private static @Nullable Sidecar sidecar(Path file) {
    String name = String.valueOf(file.getFileName());
    Path conf = file.resolveSibling(name + Location.CONF);
    Path metadata = file.resolveSibling(Location.METADATA);
    if (ScriptName.read(found(file, name), NamingConvention.FLYWAY).isPresent()
        && Files.exists(conf)) {
      return Sidecar.flyway(found(conf, String.valueOf(conf)));
    }
    return Location.IN_DIRECTORY.contains(name) && Files.exists(metadata)
        ? Sidecar.diesel(found(metadata, String.valueOf(metadata)))
        : null;
  }

  private static Found found(Path file, String path) {
    return new Found(path, path, new PathContent(file));
  }
}
