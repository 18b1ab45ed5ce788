package dev.migrator.micronaut.dashboard;

import dev.migrator.MigrationEngine;
import dev.migrator.config.LintScope;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Runs;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.SafeText;
import dev.migrator.report.ExpectedLocks;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.Violation;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.server.util.HttpHostResolver;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thymeleaf.TemplateEngine;

/** What can be said of migrations before they run: their text, how they would run, and what is found in them. */
@Singleton
@Requires(classes = {HttpHostResolver.class, TemplateEngine.class})
class PendingScripts {

  private static final Logger LOG = LoggerFactory.getLogger(PendingScripts.class);

  /**
   * What is known, each by the migration's id.
   *
   * @param texts the scripts
   * @param manner how they would run, in words
   * @param findings what the lint says
   * @param locks those that others would wait for, in words
   */
  record Known(
      Map<String, String> texts,
      Map<String, String> manner,
      Map<String, List<String>> findings,
      Map<String, String> locks) {

    private static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** Reads the scripts; what cannot be read is left out, for the page says so elsewhere. */
  Known of(MigratedDataSource one) {
    MigrationEngine engine = one.engine().orElse(null);
    if (engine == null || Runs.isUnderWay(one)) {
      return Known.NOTHING;
    }
    Map<String, String> texts = new HashMap<>();
    Map<String, String> manner = new HashMap<>();
    Map<String, List<String>> findings = new HashMap<>();
    Map<String, String> locks = new HashMap<>();
    try {
      texts.putAll(engine.scriptTexts());
      engine.expectedLocks().forEach((id, expected) -> locks.put(id, words(expected)));
      findings.putAll(findings(engine));
      for (PlannedStep step : engine.plan().steps()) {
        manner.put(step.migration().id(), manner(step));
      }
    } catch (MigrationException e) {
      LOG.debug("Cannot tell everything of the pending migrations of {}.", one.name(), e);
    }
    return new Known(texts, manner, findings, locks);
  }

  private static String words(ExpectedLocks expected) {
    List<String> words = new ArrayList<>();
    expected.locks().stream().map(Object::toString).forEach(words::add);
    if (expected.decidedByCatalog()) {
      words.add("what depends on it too, as the catalog says");
    }
    if (expected.untold()) {
      words.add("what its code does, which its text does not tell");
    }
    return words.isEmpty() ? "none that others wait for" : SafeText.of(String.join("; ", words));
  }

  /** What the lint finds, by the migration's id. */
  private static Map<String, List<String>> findings(MigrationEngine engine) {
    Map<String, List<String>> findings = new HashMap<>();
    for (Violation violation : engine.lint(LintScope.PENDING).violations()) {
      findings
          .computeIfAbsent(violation.migration().id(), id -> new ArrayList<>())
          .add(words(violation));
    }
    return findings;
  }

  private static String words(Violation violation) {
    return SafeText.of("Line " + violation.position().line() + ", "
        + violation.severity().name().toLowerCase(Locale.ROOT) + " " + violation.rule() + ": "
        + violation.message() + " " + violation.effect()
        + (violation.isAllowed() ? " Allowed because " + violation.allowed() : ""));
  }

  private static String manner(PlannedStep step) {
    String statements = step.statements() == 1 ? "1 statement" : step.statements() + " statements";
    String where =
        step.transactional() ? ", in one transaction" : ", without a transaction: " + step.reason();
    return statements + where + (step.from() > 1 ? "; from statement " + step.from() : "");
  }
}
