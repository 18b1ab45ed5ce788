package dev.migrator.verify;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.RowCheck;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.event.VerifyListener;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Builds a {@link MigrationVerifier}. Everything has a default. */
public final class MigrationVerifierBuilder {

  private Consumer<MigrationEngineBuilder> migrations = engine -> {};
  private ThrowAwayServer server = ThrowAwayServer.automatic();
  private RollbackPolicy policy = RollbackPolicy.required();
  private RowCheck rows = RowCheck.GENERATED;
  private final Map<String, String> seeds = new LinkedHashMap<>();
  private boolean allowOutsideEffects;
  private boolean dropLeftovers;
  private Duration slowAfter = Duration.ofMinutes(5);
  private final List<VerifyListener> listeners = new ArrayList<>();

  MigrationVerifierBuilder() {}

  /**
   * Sets where the migrations are and how they run, as an application tells its engine. What it says of database,
   * environment and of what becomes of a failed run does not count. Called once for every database. Default: {@code
   * classpath:db/migration}.
   */
  public MigrationVerifierBuilder migrations(Consumer<MigrationEngineBuilder> value) {
    this.migrations = Objects.requireNonNull(value, "migrations");
    return this;
  }

  /** Sets where the throw-away databases are made. Default: {@link ThrowAwayServer#automatic()}. */
  public MigrationVerifierBuilder server(ThrowAwayServer value) {
    this.server = Objects.requireNonNull(value, "server");
    return this;
  }

  /** Sets which migrations must have a down script. Default: all. */
  public MigrationVerifierBuilder rollbackPolicy(RollbackPolicy value) {
    this.policy = Objects.requireNonNull(value, "rollbackPolicy");
    return this;
  }

  /** Sets whose rows are looked for again after a rollback. Default: {@link RowCheck#GENERATED}. */
  public MigrationVerifierBuilder rows(RowCheck value) {
    this.rows = Objects.requireNonNull(value, "rows");
    return this;
  }

  /**
   * Adds rows that are there once a version is applied, and before its successor is: a script that runs behind it.
   *
   * @param version the version
   * @param sql the script, {@code COPY ... FROM STDIN} included
   * @throws IllegalArgumentException when the text is not a version
   */
  public MigrationVerifierBuilder seed(String version, String sql) {
    if (seeds.put(MigrationVersion.of(version).key(), Objects.requireNonNull(sql, "sql")) != null) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID, "version " + version + " has two seeds.")
          .done("nothing was run.", List.of())
          .advice("put them into one.")
          .build();
    }
    return this;
  }

  /**
   * Sets whether scripts may change more than their database on a server that others use too: roles, tablespaces, other
   * databases, the server's settings and files. Default: no. On a server that was started for this they may.
   */
  public MigrationVerifierBuilder allowOutsideEffects(boolean value) {
    this.allowOutsideEffects = value;
    return this;
  }

  /**
   * Sets whether throw-away databases are dropped that runs left behind on this server because they were killed: those that
   * are older than a day and that no session uses. Default: no, the report names them.
   */
  public MigrationVerifierBuilder dropLeftovers(boolean value) {
    this.dropLeftovers = value;
    return this;
  }

  /** Sets how long a migration may take on an almost empty database before the report warns. Default: 5 minutes. */
  public MigrationVerifierBuilder slowAfter(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the time after which a migration counts as slow must be above zero: " + value + ".")
          .done("nothing was run.", List.of())
          .advice("write Duration.ofMinutes(5).")
          .build();
    }
    this.slowAfter = value;
    return this;
  }

  /** Adds somebody who is told how far it is. Default: nobody. */
  public MigrationVerifierBuilder listener(VerifyListener value) {
    this.listeners.add(Objects.requireNonNull(value, "listener"));
    return this;
  }

  /** The verifier. Nothing is read and no server is reached before {@link MigrationVerifier#verify()}. */
  public MigrationVerifier build() {
    return new MigrationVerifier(new VerifierSettings(
        migrations,
        server,
        policy,
        rows,
        Map.copyOf(seeds),
        allowOutsideEffects,
        dropLeftovers,
        slowAfter,
        List.copyOf(listeners)));
  }
}
