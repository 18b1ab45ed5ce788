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
  private final List<Found> scripts = new ArrayList<>();
  private final Map<String, Found> sidecars = new HashMap<>();
  private final List<Found> journals = new ArrayList<>();

  FolderReading(String location, List<Found> files) {
    this.location = location;
    for (Found file : files) {
      if (Location.isScript(file.path())) {
        scripts.add(file);
      } else if (file.path().equals(Location.JOURNAL)) {
        journals.add(file);
      } else {
        sidecars.put(file.origin(), file);
      }
    }
  }

  boolean isEmpty() {
    return scripts.isEmpty();
  }

  /**
   * The files as the convention reads them; every file must fit, so that none is passed over in silence.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_NAME_INVALID} with the files that do not fit, and how
   *     each convention would read the folder
   */
  Reading under(NamingConvention convention) {
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
        if (ScriptName.read(scripts.get(0), candidate).isPresent()) {
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
      Optional<ScriptName> name = ScriptName.read(file, convention);
      if (name.isPresent()) {
        fits.add(named(name.get(), file, convention));
      } else {
        others.add(file.path());
      }
    }
    return new Reading(convention, fits, others, List.of());
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
    String origin = script.origin();
    if (convention == NamingConvention.FLYWAY) {
      Found conf = sidecars.get(origin + Location.CONF);
      return conf == null ? null : Sidecar.flyway(conf);
    }
    if (convention == NamingConvention.DIRECTORY) {
      String folder = origin.substring(0, origin.length() - script.fileName().length());
      Found metadata = sidecars.get(folder + Location.METADATA);
      return metadata == null ? null : Sidecar.diesel(metadata);
    }
    return null;
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
    Map<String, Map<String, Found>> byRoot = new HashMap<>();
    for (Found script : scripts) {
      byRoot.computeIfAbsent(script.root(), r -> new HashMap<>()).put(script.path(), script);
    }
    for (Found journal : journals) {
      Map<String, Found> beside = byRoot.getOrDefault(journal.root(), new HashMap<>());
      fits.addAll(new Journal(journal).take(beside));
      List<String> strays =
          beside.keySet().stream().filter(path -> path.indexOf('/') < 0).toList();
      if (!strays.isEmpty()) {
        notes.add("Not in " + journal.path() + " and therefore not run: "
            + strays.stream().sorted(CodePoints.ORDER).collect(Collectors.joining(", ")) + ".");
        strays.forEach(beside::remove);
      }
    }
    byRoot.values().forEach(left -> others.addAll(left.keySet()));
    return new Reading(NamingConvention.DRIZZLE, fits, others, notes);
  }
}
