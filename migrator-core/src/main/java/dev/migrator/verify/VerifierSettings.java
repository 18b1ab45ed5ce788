package dev.migrator.verify;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.RowCheck;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.event.VerifyListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everything a verifier was told.
 *
 * @param migrations where they are and how they run
 * @param seeds SQL by the version behind which it runs
 * @param dropLeftovers whether throw-away databases go that earlier runs left behind
 * @param slowAfter how long a migration or statement may take before the report warns of it
 */
record VerifierSettings(
    Consumer<MigrationEngineBuilder> migrations,
    ThrowAwayServer server,
    RollbackPolicy policy,
    RowCheck rows,
    Map<String, String> seeds,
    boolean allowOutsideEffects,
    boolean dropLeftovers,
    Duration slowAfter,
    List<VerifyListener> listeners) {}
