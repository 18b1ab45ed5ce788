package dev.migrator.micronaut;

import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.DryRun;
import dev.migrator.config.LintPolicy;
import dev.migrator.config.Review;
import dev.migrator.config.Safeguards;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the migrations of one data source have to pass before they run: lint, destruction, a dry run, a time to look.
 *
 * @param name the data source's name
 * @param lint what the boot does about rules of the lint: {@code off}, {@code report} (default) or {@code refuse} while there
 *     are errors
 * @param destructive what it does about statements that destroy what was there before the run and that no directive allows:
 *     {@code automatic} (default) blocks in production and warns elsewhere, {@code block}, {@code warn}, {@code off}
 * @param enabledRules the ids of rules that are looked for although they are off by default
 * @param disabledRules the ids of rules that are not looked for
 * @param throwAwayServer where throw-away databases may be made, for dry runs: {@code embedded}, {@code container}, {@code
 *     automatic}, each with a version like {@code embedded:17}, or the URL of a server; default: nowhere, and a dry run is
 *     plan and lint
 * @param requireDryRun whether the plan is first tried on a throw-away copy of the schema; when it fails there, nothing runs
 * @param reviewWindow how long the plan is shown before it begins; whoever ends the process meanwhile has changed nothing
 */
@EachProperty(DataSourceSettings.PREFIX)
record GateSettings(
    @Parameter String name,
    @Nullable String lint,
    @Nullable String destructive,
    @Nullable List<String> enabledRules,
    @Nullable List<String> disabledRules,
    @Nullable String throwAwayServer,
    @Bindable(defaultValue = "false") boolean requireDryRun,
    @Nullable String reviewWindow) {

  static final Set<String> KEYS = Set.of(
      "lint",
      "destructive",
      "enabled-rules",
      "disabled-rules",
      "throw-away-server",
      "require-dry-run",
      "review-window");

  /** The gates of a data source about which nothing was said. */
  static GateSettings defaults(String name) {
    return new GateSettings(name, null, null, null, null, null, false, null);
  }

  /**
   * Hands what is set to an engine.
   *
   * @param reader reads times as Micronaut does
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  Safeguards applyTo(Safeguards safeguards, ConversionService reader) {
    return safeguards
        .lint(choice("lint", lint, LintPolicy.class, LintPolicy.REPORT))
        .destructive(
            choice("destructive", destructive, DestructivePolicy.class, safeguards.destructive()))
        .lintRules(rules -> rules
            .on(enabledRules == null ? rules.on() : Set.copyOf(enabledRules))
            .off(disabledRules == null ? rules.off() : Set.copyOf(disabledRules)))
        .review(review(safeguards.review(), reader));
  }

  private Review review(Review defaults, ConversionService reader) {
    ThrowAwayServer server = server();
    Review review = requireDryRun
        ? defaults.dryRun(server == null ? ThrowAwayServer.automatic() : server)
        : defaults;
    if (reviewWindow == null) {
      return review;
    }
    try {
      return review.window(SettingValues.time(property("review-window"), reviewWindow, reader));
    } catch (IllegalArgumentException e) {
      throw SettingValues.cannotBe(property("review-window"), reviewWindow, "up to 24h");
    }
  }

  /**
   * How a dry run is done that somebody orders: the plan alone where no throw-away database may be made, or can be.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the server is not written like one
   */
  DryRun dryRun() {
    ThrowAwayServer server = server();
    return server == null ? DryRun.planOnly() : DryRun.on(server).orPlan();
  }

  private @Nullable ThrowAwayServer server() {
    if (throwAwayServer == null) {
      return null;
    }
    try {
      return ThrowAwayServer.of(throwAwayServer.strip());
    } catch (IllegalArgumentException e) {
      // Without the value, which may be a URL with a password, and without the cause, which may
      // quote a piece of it.
      throw SettingValues.cannotBe(
          property("throw-away-server"),
          "..",
          "automatic, embedded, embedded:17, container, container:postgres:17 or the URL of a database");
    }
  }

  /** Without the address, which may hold a password. */
  @Override
  public String toString() {
    return "GateSettings[" + name + "]";
  }

  private <E extends Enum<E>> E choice(
      String key, @Nullable String value, Class<E> choices, E otherwise) {
    return value == null ? otherwise : SettingValues.choice(property(key), value, choices);
  }

  private String property(String key) {
    return DataSourceSettings.property(name, key);
  }
}
