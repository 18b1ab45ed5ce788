package dev.migrator.internal.lint;

import dev.migrator.internal.sql.Directives.Allowance;
import dev.migrator.internal.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the directives {@code allow <rule> because <reason>} of a script allow. One on the line before a statement,
 * other directives between them or not, is about that statement alone; any other is about the whole script.
 */
final class Allowances {

  private final List<Allowance> all;
  /** The statements of those that are about one. */
  private final Map<Allowance, Statement> statements = new HashMap<>();

  private final Set<Allowance> used = new HashSet<>();

  Allowances(LintScript script) {
    this.all = script.directives().allowances();
    if (!all.isEmpty()) {
      all.forEach(allowance -> {
        Statement next = next(script, allowance);
        if (next != null) {
          statements.put(allowance, next);
        }
      });
    }
  }

  private static @Nullable Statement next(LintScript script, Allowance allowance) {
    Set<Integer> directives = script.directives().said().stream()
        .map(said -> said.position().line())
        .collect(Collectors.toSet());
    int line = allowance.position().line() + 1;
    while (directives.contains(line)) {
      line++;
    }
    for (Statement statement : script.statements()) {
      if (statement.position().line() == line) {
        return statement;
      }
    }
    return null;
  }

  /** The directive that allows a finding, which counts as used from then on; {@code null} when there is none. */
  @Nullable
  Allowance of(Finding finding) {
    Allowance found = null;
    for (Allowance allowance : all) {
      Statement only = statements.get(allowance);
      if (allowance.rule().equals(finding.rule().id())
          && (only == null || only.equals(finding.statement()))) {
        used.add(allowance);
        found = found == null ? allowance : found;
      }
    }
    return found;
  }

  /** Those that allow nothing, because nothing of the kind is there. */
  List<Allowance> unused() {
    return all.stream().filter(allowance -> !used.contains(allowance)).toList();
  }
}
