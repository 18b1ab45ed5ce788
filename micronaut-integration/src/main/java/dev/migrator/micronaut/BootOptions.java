package dev.migrator.micronaut;

import dev.migrator.config.Connections;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a boot does about one data source, and as whom.
 *
 * @param name the data source's name
 * @param mode what the boot does: {@code apply} (default), {@code validate}: fails when something is pending or edited,
 *     {@code wait}: until another runner has applied what is pending, {@code off}: nothing
 * @param waitTimeout in mode {@code wait}: how long nothing may come of the other runner, from its last migration; default
 *     {@code 5m}
 * @param unconfirmed pending migrations in production that nobody confirmed: {@code fail} (default), or {@code
 *     start-unready} with a data source that stays closed until another runner has applied them
 * @param url the address that migrations are run on, instead of the data source's connections
 * @param username the user who runs them
 * @param password that user's password
 * @param createDatabase whether the database is created when it does not exist; in production only when changes are
 *     confirmed
 * @param background whether the application starts while its migrations run; its data source stays closed until they are
 *     done
 * @param backgroundWait for how long who asks a closed data source for a connection waits; default {@code 2s}
 */
@EachProperty(DataSourceSettings.PREFIX)
record BootOptions(
    @Parameter String name,
    @Nullable String mode,
    @Nullable String waitTimeout,
    @Nullable String unconfirmed,
    @Nullable String url,
    @Nullable String username,
    @Nullable String password,
    @Bindable(defaultValue = "false") boolean createDatabase,
    @Bindable(defaultValue = "false") boolean background,
    @Nullable String backgroundWait) {

  static final Set<String> KEYS = Set.of(
      "mode",
      "wait-timeout",
      "unconfirmed",
      "url",
      "username",
      "password",
      "create-database",
      "background",
      "background-wait");

  private static final Duration WAIT_TIMEOUT = Duration.ofMinutes(5);

  private static final Duration BACKGROUND_WAIT = Duration.ofSeconds(2);

  /** The options of a data source about which nothing was said. */
  static BootOptions defaults(String name) {
    return new BootOptions(name, null, null, null, null, null, null, false, false, null);
  }

  /**
   * What the boot does.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for another word
   */
  BootMode bootMode() {
    return mode == null
        ? BootMode.APPLY
        : SettingValues.choice(property("mode"), mode, BootMode.class);
  }

  /**
   * What happens without a confirmation.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for another word
   */
  UnconfirmedPolicy whenUnconfirmed() {
    return unconfirmed == null
        ? UnconfirmedPolicy.FAIL
        : SettingValues.choice(property("unconfirmed"), unconfirmed, UnconfirmedPolicy.class);
  }

  /**
   * How long nothing may come of the other runner.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is no time
   */
  Duration waitsFor(ConversionService reader) {
    return time("wait-timeout", waitTimeout, WAIT_TIMEOUT, reader);
  }

  /**
   * For how long who needs a connection waits.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is no time
   */
  Duration callersWait(ConversionService reader) {
    return time("background-wait", backgroundWait, BACKGROUND_WAIT, reader);
  }

  /** Whether migrations run on connections of their own, and not on the data source's. */
  boolean ownConnections() {
    return url != null || username != null || password != null;
  }

  /**
   * Where and as whom migrations run; the data source's address, user and password where nothing else is said.
   *
   * @param ofDataSource how the data source reaches its database; empty when the configuration does not tell
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is no address, or it cannot be read
   */
  Connections connections(Optional<Connections> ofDataSource) {
    if (url == null) {
      Connections present = ofDataSource.orElseThrow(() -> MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the configuration does not tell the address of data source " + name + ".")
          .advice("set " + property("url") + " to the address that the migrations are run on.")
          .build());
      return as(present, username, password);
    }
    Connections written = address(property("url"), url);
    Connections asUser = as(written, username, password);
    // Somebody else's password is of no use to a user who is named here.
    return !asUser.user().orElse("").isEmpty() || ofDataSource.isEmpty()
        ? asUser
        : as(
            asUser,
            ofDataSource.get().user().orElse(null),
            asUser.password().or(ofDataSource.get()::password).orElse(null));
  }

  /**
   * The address that a property writes.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it cannot be read
   */
  static Connections address(String property, String value) {
    try {
      return Connections.to(value);
    } catch (IllegalArgumentException e) {
      // Without the cause: a parser's message may quote a piece of the password.
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              property + " cannot be used: " + e.getMessage() + ".")
          .done("nothing was changed.", List.of())
          .advice("write jdbc:postgresql://host:5432/name.")
          .build();
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "BootOptions[" + name + "]";
  }

  private static Connections as(
      Connections target, @Nullable String user, @Nullable String secret) {
    Connections asUser = user == null ? target : target.withUser(user);
    if (secret != null) {
      return asUser.withPassword(secret);
    }
    // Another user has another password.
    boolean same = user == null || user.equals(target.user().orElse(null));
    return same ? asUser : asUser.withPassword(null);
  }

  private Duration time(
      String key, @Nullable String value, Duration otherwise, ConversionService reader) {
    return value == null ? otherwise : SettingValues.time(property(key), value, reader);
  }

  private String property(String key) {
    return DataSourceSettings.property(name, key);
  }
}
