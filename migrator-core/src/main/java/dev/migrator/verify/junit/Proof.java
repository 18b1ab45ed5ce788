package dev.migrator.verify.junit;

import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.event.VerifyEvent;
import dev.migrator.migration.Migration;
import dev.migrator.render.VerifyPage;
import dev.migrator.render.VerifyText;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import dev.migrator.verify.MigrationVerifier;
import dev.migrator.verify.MigrationVerifierBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** A verification that runs beside the tests, which wait for their part of it: so each takes as long as its migration. */
final class Proof {

  private final MigrationVerifier verifier;
  private final Path page;
  private final CompletableFuture<List<Migration>> begun = new CompletableFuture<>();
  private final CompletableFuture<VerifyReport> ended = new CompletableFuture<>();
  private final Map<String, CompletableFuture<VerifiedMigration>> results =
      new ConcurrentHashMap<>();

  private Proof(MigrationVerifierBuilder builder, String page) {
    this.page = Path.of(page);
    this.verifier = builder.listener(this::on).build();
  }

  /** What an annotation says. */
  static void apply(MigrationTest settings, MigrationVerifierBuilder builder) {
    builder
        .migrations(engine -> engine.locations(settings.locations()))
        .server(ThrowAwayServer.of(settings.server()))
        .rows(settings.rows());
    if (!settings.rollbackFrom().isEmpty()) {
      builder.rollbackPolicy(RollbackPolicy.requiredFrom(settings.rollbackFrom()));
    }
  }

  /**
   * Starts it.
   *
   * @param page the file of the report; empty for none
   */
  static Proof begin(MigrationVerifierBuilder builder, String page) {
    Proof proof = new Proof(builder, page);
    Thread thread = new Thread(proof::run, "migration tests");
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    return proof;
  }

  /** The tests, once it is known what will be tried. Closing them ends it. */
  Stream<DynamicNode> tests() {
    List<Migration> migrations = await(begun);
    Stream<DynamicNode> each = migrations.stream()
        .map(migration ->
            DynamicTest.dynamicTest(migration.label(), () -> judge(await(result(migration)))));
    // Which checks there are is known in the end, and asked for when these tests' turn comes.
    Stream<DynamicNode> together = Stream.of(DynamicContainer.dynamicContainer(
        "all together",
        Stream.of(ended).flatMap(report -> await(report).checks().stream().map(Proof::test))));
    return Stream.concat(each, together).onClose(this::end);
  }

  private void run() {
    try {
      VerifyReport report = verifier.verify();
      if (!page.toString().isEmpty()) {
        write(report);
      }
      // What was not told, because the report says it for all: a verdict each, in any case.
      report.migrations().forEach(result -> result(result.migration()).complete(result));
      begun.complete(
          report.migrations().stream().map(VerifiedMigration::migration).toList());
      ended.complete(report);
    } catch (RuntimeException | Error e) {
      begun.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  private void on(VerifyEvent event) {
    if (event instanceof VerifyEvent.Began now) {
      begun.complete(now.migrations());
    } else if (event instanceof VerifyEvent.Verified now) {
      result(now.result().migration()).complete(now.result());
    }
  }

  /** Whoever asks first makes it; when all ends without an answer, it ends as all did. */
  private CompletableFuture<VerifiedMigration> result(Migration migration) {
    return results.computeIfAbsent(migration.id(), id -> {
      CompletableFuture<VerifiedMigration> result = new CompletableFuture<>();
      var unused = ended.whenComplete((report, failure) -> {
        if (failure != null) {
          result.completeExceptionally(failure);
        }
      });
      return result;
    });
  }

  private void write(VerifyReport report) {
    try {
      Path folder = page.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(page, VerifyPage.of(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run of tests that is broken off leaves no database behind. */
  private void end() {
    if (!ended.isDone()) {
      verifier.cancel();
      ended.exceptionally(failure -> null).join();
    }
  }

  private static void judge(VerifiedMigration result) {
    if (!result.passed()) {
      throw new AssertionError(VerifyText.of(result));
    }
    if (!result.verdict().proved()) {
      Assumptions.abort(VerifyText.of(result).strip());
    }
  }

  private static DynamicTest test(VerifyReport.Check check) {
    return DynamicTest.dynamicTest(check.name(), () -> {
      switch (check.result()) {
        case FAILED -> throw new AssertionError(check.why());
        case SKIPPED -> Assumptions.abort(check.why());
        case PASSED -> {}
      }
    });
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
