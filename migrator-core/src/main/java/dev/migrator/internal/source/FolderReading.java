package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MigrationSource.Named;
import dev.migrator.migration.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the file names of one folder under a convention, or finds the convention. */
final class FolderReading {

  private static final List<NamingConvention> CONVENTIONS =
      List.of(NamingConvention.NUMBERED, NamingConvention.UP_DOWN, NamingConvention.FLYWAY);

  private final String location;
  private final List<Location.Found> files;

  FolderReading(String location, List<Location.Found> files) {
    this.location = location;
    this.files = files;
  }

  /** A convention, the files that fit it, and those that do not. */
  private record Reading(NamingConvention convention, List<Named> fits, List<String> others) {

    String words() {
      return convention + " (" + convention.example() + ") fits " + fits.size()
          + " of them, but not "
          + others.stream().sorted().limit(5).collect(Collectors.joining(", "))
          + (others.size() > 5 ? " and " + (others.size() - 5) + " more" : "");
    }
  }

  /**
   * The files as the convention reads them; every file must fit, so that none is passed over in silence.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_NAME_INVALID} with the files that do not fit
   */
  List<Named> under(NamingConvention convention) {
    if (files.isEmpty()) {
      return List.of();
    }
    if (convention != NamingConvention.AUTOMATIC) {
      Reading reading = read(convention);
      if (!reading.others().isEmpty()) {
        throw MigrationSource.refused(
            FailureCode.SCRIPT_NAME_INVALID,
            "location " + location + ": " + reading.words() + ".",
            "rename or move these files, or choose another naming convention (--naming).");
      }
      return reading.fits();
    }
    for (NamingConvention candidate : CONVENTIONS) {
      // One file tells nearly always; what fits half of them matters only for the refusal.
      if (Named.of(files.get(0), candidate) != null) {
        Reading reading = read(candidate);
        if (reading.others().isEmpty()) {
          return reading.fits();
        }
      }
    }
    throw unrecognised();
  }

  private RuntimeException unrecognised() {
    List<Reading> readings = CONVENTIONS.stream()
        .map(this::read)
        .filter(reading -> !reading.fits().isEmpty())
        .sorted(Comparator.comparingInt((Reading r) -> r.others().size()))
        .toList();
    if (readings.isEmpty()) {
      String examples =
          CONVENTIONS.stream().map(NamingConvention::example).collect(Collectors.joining("; "));
      String names = files.stream()
          .map(Location.Found::fileName)
          .sorted()
          .limit(5)
          .collect(Collectors.joining(", "));
      return MigrationSource.refused(
          FailureCode.SCRIPT_NAME_INVALID,
          "location " + location + ": no file is named like a migration (" + names + ").",
          "name them in one of these ways: " + examples + ".");
    }
    return MigrationSource.refused(
        FailureCode.SCRIPT_NAME_INVALID,
        "location " + location + " holds " + files.size()
            + " files that no one naming convention fits: "
            + readings.stream().map(Reading::words).collect(Collectors.joining("; ")) + ".",
        "rename or move the files that do not fit.");
  }

  private Reading read(NamingConvention convention) {
    List<Named> fits = new ArrayList<>(files.size());
    List<String> others = new ArrayList<>();
    for (Location.Found file : files) {
      Named named = Named.of(file, convention);
      if (named == null) {
        others.add(file.fileName());
      } else {
        fits.add(named);
      }
    }
    return new Reading(convention, fits, others);
  }
}
