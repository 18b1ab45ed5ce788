package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the files of one location under a convention, or finds the convention. */
final class FolderReading {

  /** Those that go by file names; which of the numbered ones it is, a file's content tells. */
  private static final List<NamingConvention> BY_NAME = List.of(
      NamingConvention.NUMBERED,
      NamingConvention.UP_DOWN,
      NamingConvention.FLYWAY,
      NamingConvention.DIRECTORY);

  private final String location;
  private final boolean recursive;
  private final List<Found> scripts = new ArrayList<>();
  private final Map<String, Found> sidecars = new HashMap<>();
  private final List<Found> journals = new ArrayList<>();

  FolderReading(String location, List<Found> files, boolean recursive) {
    this.location = location;
    this.recursive = recursive;
    for (Found file : files) {
      if (Location.isScript(file.path())) {
        scripts.add(file);
      } else if (Location.isJournal(file.path(), recursive)) {
        journals.add(file);
      } else {
        sidecars.put(file.origin(), file);
      }
    }
    if (!recursive && scripts.stream().anyMatch(file -> file.path().indexOf('/') < 0)) {
      // Beside files an archive/up.sql is nobody's migration, as an archive/0001_a.sql is none.
      scripts.removeIf(
          file -> file.path().indexOf('/') >= 0 && !Location.isVersioned(file.folderName()));
    }
  }

  boolean isEmpty() {
    return scripts.isEmpty();
  }

  /**
   * The files as the convention reads them; every file must fit, so that none is passed over in silence.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_NAME_INVALID} with the files that do not fit, and how
   *     each convention would read the folder; also for a file that says how a script runs, and that no script takes
   */
  Reading under(NamingConvention convention) {
    Reading reading = find(convention);
    Map<String, Found> left = new HashMap<>(sidecars);
    reading.fits().forEach(fit -> left.remove(sidecarOf(fit.file(), reading.convention())));
    if (!left.isEmpty()) {
      throw Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "location " + location + ": "
              + Reading.some(left.values().stream().map(Found::path).toList())
              + (left.size() == 1 ? " says" : " say") + " how a script runs, and read as "
              + reading.convention() + " no script goes by " + (left.size() == 1 ? "it." : "them."),
          "name it like its script, or remove it; in any script a line '-- migrator:"
              + " transaction=off' says the same.");
    }
    return reading;
  }

  private Reading find(NamingConvention convention) {
    if (convention != NamingConvention.AUTOMATIC) {
      Reading reading = read(convention);
      if (!reading.others().isEmpty()) {
        throw Refusal.of(
            FailureCode.SCRIPT_NAME_INVALID,
            "location " + location + ": " + reading.words() + ".",
            "rename or move these files, or choose another naming convention (--naming).");
      }
      return reading;
    }
    if (scripts.isEmpty()) {
      return new Reading(convention, List.of(), List.of(), List.of());
    }
    if (!journals.isEmpty()) {
      Reading reading = read(NamingConvention.DRIZZLE);
      if (reading.others().isEmpty()) {
        return reading;
      }
    } else {
      for (NamingConvention candidate : BY_NAME) {
        // One file tells nearly always; what fits half of them matters only for the refusal.
        if (name(scripts.get(0), candidate).isPresent()) {
          Reading reading = read(candidate);
          if (reading.others().isEmpty()) {
            return candidate == NamingConvention.NUMBERED ? bySections(reading) : reading;
          }
        }
      }
    }
    throw unrecognised();
  }

  /** Numbered files can be whole or have sections; the first one tells, and every other is checked when it is read. */
  private Reading bySections(Reading numbered) {
    Found first = scripts.stream()
        .min(Comparator.comparing(Found::path, CodePoints.ORDER))
        .orElseThrow();
    List<MarkedLines.Marker> markers = MarkedLines.markers(first);
    if (markers.isEmpty()) {
      return numbered;
    }
    SectionDialect dialect = markers.get(0).dialect();
    for (MarkedLines.Marker marker : markers) {
      if (marker.dialect() != dialect) {
        throw Sections.twoTools(first.path(), marker.line(), marker.dialect(), dialect);
      }
    }
    return read(dialect.convention());
  }

  private RuntimeException unrecognised() {
    List<NamingConvention> candidates = new ArrayList<>(BY_NAME);
    if (!journals.isEmpty()) {
      candidates.add(0, NamingConvention.DRIZZLE);
    }
    List<Reading> readings = candidates.stream()
        .map(this::read)
        .filter(reading -> !reading.fits().isEmpty())
        .sorted(Comparator.comparingInt((Reading r) -> r.others().size()))
        .toList();
    if (readings.isEmpty()) {
      return Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "location " + location + ": no file is named like a migration ("
              + Reading.some(scripts.stream().map(Found::path).toList()) + ").",
          "name them in one of these ways: "
              + BY_NAME.stream().map(NamingConvention::example).collect(Collectors.joining("; "))
              + ".");
    }
    return Refusal.of(
        FailureCode.SCRIPT_NAME_INVALID,
        "location " + location + " holds " + scripts.size()
            + " files that no one naming convention fits. "
            + readings.stream().map(Reading::words).collect(Collectors.joining(". ")) + ".",
        "rename or move the files that do not fit.");
  }

  private Reading read(NamingConvention convention) {
    if (convention == NamingConvention.DRIZZLE) {
      return drizzle();
    }
    List<Named> fits = new ArrayList<>(scripts.size());
    List<String> others = new ArrayList<>();
    for (Found file : scripts) {
      Optional<ScriptName> name = name(file, convention);
      if (name.isPresent()) {
        fits.add(named(name.get(), file, convention));
      } else {
        others.add(file.path());
      }
    }
    return new Reading(convention, fits, others, List.of());
  }

  /** A file in a folder within is a directory's, unless the files of folders within were asked for. */
  private Optional<ScriptName> name(Found file, NamingConvention convention) {
    return recursive || convention == NamingConvention.DIRECTORY || file.path().indexOf('/') < 0
        ? ScriptName.read(file, convention)
        : Optional.empty();
  }

  private Named named(ScriptName name, Found file, NamingConvention convention) {
    SectionDialect dialect = SectionDialect.of(convention);
    if (dialect == null) {
      Script.Cut whole = found -> Sections.none(found, convention, ReadingRules.PLAIN);
      return new Named(name, file, new Script(file, whole, sidecar(file, convention)), null, 0);
    }
    Script.Cut up = found -> Sections.up(found.path(), found.content(), dialect);
    Script.Cut down = found -> Sections.down(found.path(), found.content(), dialect);
    return new Named(name, file, new Script(file, up, null), new Script(file, down, null), 0);
  }

  private @Nullable Sidecar sidecar(Found script, NamingConvention convention) {
    Found file = sidecars.get(sidecarOf(script, convention));
    if (file == null) {
      return null;
    }
    return convention == NamingConvention.FLYWAY ? Sidecar.flyway(file) : Sidecar.diesel(file);
  }

  /** Where the file is that says how a script runs; empty under a convention that has none. */
  private static String sidecarOf(Found script, NamingConvention convention) {
    return switch (convention) {
      case FLYWAY -> script.origin() + Location.CONF;
      case DIRECTORY -> folder(script) + Location.METADATA;
      default -> "";
    };
  }

  /** The folder that a file is in, with a slash at the end. */
  private static String folder(Found file) {
    return file.origin().substring(0, file.origin().length() - file.fileName().length());
  }

  private Reading drizzle() {
    if (journals.isEmpty()) {
      throw Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "location " + location + " has no " + Location.JOURNAL + ".",
          "bring it back, or choose another naming convention (--naming).");
    }
    List<Named> fits = new ArrayList<>(scripts.size());
    List<String> others = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Map<String, Map<String, Found>> byFolder = new HashMap<>();
    for (Found script : scripts) {
      byFolder.computeIfAbsent(folder(script), f -> new HashMap<>()).put(script.fileName(), script);
    }
    for (Found journal : journals) {
      String origin = journal.origin();
      String folder = origin.substring(0, origin.length() - Location.JOURNAL.length());
      Map<String, Found> beside = byFolder.getOrDefault(folder, new HashMap<>());
      fits.addAll(new Journal(journal).take(beside));
      if (!beside.isEmpty()) {
        notes.add("Not in " + journal.path() + " and therefore not run: "
            + beside.values().stream()
                .map(Found::path)
                .sorted(CodePoints.ORDER)
                .collect(Collectors.joining(", "))
            + ".");
        beside.clear();
      }
    }
    byFolder.values().forEach(left -> left.values().forEach(file -> others.add(file.path())));
    return new Reading(NamingConvention.DRIZZLE, fits, others, notes);
  }
}
