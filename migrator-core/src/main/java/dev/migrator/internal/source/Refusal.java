package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of this package: all of them are thrown before anything runs. */
final class Refusal {

  private Refusal() {}

  static MigrationException of(FailureCode code, String problem, String advice) {
    return at(null, code, problem, advice);
  }

  /** One whose place is a line of a file. */
  static MigrationException at(
      String path, int line, FailureCode code, String problem, String advice) {
    return at(new SourcePosition(path, line, 1), code, problem, advice);
  }

  static MigrationException at(
      @Nullable SourcePosition position, FailureCode code, String problem, String advice) {
    return MigrationException.because(code, problem)
        .at(position)
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }
}
