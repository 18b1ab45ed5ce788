package dev.migrator.cli;

import dev.migrator.config.Connections;
import dev.migrator.render.SettingsText;
import dev.migrator.report.SettingsReport;
import dev.migrator.report.SettingsReport.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code --show-config} shows. */
final class EffectiveSettings {

  private static final String HIDDEN = "(set)";

  /** The variables that stand for an option without its name. */
  private static final List<String> VARIABLES =
      List.of("PGUSER", "PGPASSWORD", "PGPASSFILE", "CONFIRM_PRODUCTION_MIGRATION", "GITHUB_ACTOR");

  private EffectiveSettings() {}

  /** The settings of a command whose configuration is complete. */
  static Outcome of(Verb verb, Arguments given, Console console) {
    List<Setting> settings = new ArrayList<>();
    boolean connects = Configuration.options(verb).contains(Options.URL);
    Optional<Origin> address = DatabaseAddress.origin(given, console).filter(origin -> connects);
    for (Arguments.Given<?> each : given.all()) {
      if (!each.option().equals(ConfigOptions.SHOW_CONFIG)
          && !each.option().equals(ConfigOptions.NO_CONFIG)
          && (!each.option().equals(Options.URL) || address.equals(Optional.of(each.origin())))) {
        String value = each.option().isFlag() ? "true" : shown(each);
        settings.add(new Setting(each.option().key(), value, each.origin().words()));
      }
    }
    address
        .filter(origin -> given.origin(Options.URL).filter(origin::equals).isEmpty())
        .ifPresent(origin -> settings.add(new Setting(
            Options.URL.key(),
            address(console.variable(origin.name()).orElse("")),
            origin.words())));
    for (String name : connects ? VARIABLES : List.<String>of()) {
      console
          .variable(name)
          .ifPresent(value ->
              settings.add(new Setting(name, name.equals("PGPASSWORD") ? HIDDEN : value, name)));
    }
    boolean asksNode = Configuration.options(verb).contains(Options.ENVIRONMENT)
        && given.origin(Options.ENVIRONMENT).isEmpty()
        && console.variable("MIGRATOR_ENVIRONMENT").isEmpty();
    console
        .variable("NODE_ENV")
        .filter(value -> asksNode)
        .ifPresent(value -> settings.add(new Setting("NODE_ENV", value, "NODE_ENV")));
    SettingsReport report = new SettingsReport(verb.name(), settings);
    return new Outcome(() -> SettingsText.of(report), () -> SettingsText.json(report), 0);
  }

  private static String shown(Arguments.Given<?> given) {
    String text = String.join(", ", given.texts());
    boolean mayBeAddress =
        given.option().equals(SchemaOptions.WITH) || given.option().equals(ServerOption.SERVER);
    return given.option().equals(Options.URL)
            || mayBeAddress && (text.startsWith("postgres") || text.startsWith("jdbc:"))
        ? address(text)
        : text;
  }

  /** In an address that cannot be read nobody can tell which part of it is the password. */
  private static String address(String text) {
    try {
      Connections.to(text);
      return text;
    } catch (IllegalArgumentException e) {
      return "(cannot be read)";
    }
  }
}
