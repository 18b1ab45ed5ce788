package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class MetersTest {

  @Factory
  @Requires(property = "beans", value = "meters")
  static final class Meters {
    @Singleton
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }

  @Factory
  @Requires(property = "beans", value = "spans")
  static final class Spans {
    @Singleton
    InMemorySpanExporter exporter() {
      return InMemorySpanExporter.create();
    }

    @Singleton
    @Bean(typed = OpenTelemetry.class)
    OpenTelemetry telemetry(InMemorySpanExporter exporter) {
      return OpenTelemetrySdk.builder()
          .setTracerProvider(SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exporter))
              .build())
          .build();
    }
  }

  @Test
  void a_boot_is_measured_although_it_ends_before_there_is_a_registry(TestDatabase database) {
    try (ApplicationContext context =
        new Boot().dataSource("default", database).beans("meters").start()) {
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertThat(registry
              .get("migrator.run")
              .tags("data_source", "default", "action", "apply", "outcome", "success")
              .timer()
              .count())
          .isEqualTo(1);
      assertThat(registry.get("migrator.migration").timer().count()).isEqualTo(2);
      assertThat(registry.get("migrator.schema.changes").counter().count()).isEqualTo(1);
      assertThat(registry.get("migrator.ready").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void gauges_are_read_by_another_thread_and_at_most_every_so_often(TestDatabase database)
      throws InterruptedException {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .beans("meters")
        .with("migrator.metrics.interval", "1h")
        .start()) {
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertThat(registry.get("migrator.database.size").gauge().value()).isNaN();
      for (int i = 0; i < 200 && Double.isNaN(value(registry, "migrator.database.size")); i++) {
        Thread.sleep(20);
      }
      assertThat(value(registry, "migrator.database.size")).isGreaterThan(1_000_000);
      assertThat(value(registry, "migrator.database.connections.active")).isNotNegative();
      assertThat(value(registry, "migrator.foreign.keys.unvalidated")).isZero();
      for (int i = 0;
          i < 200 && Double.isNaN(value(registry, "migrator.migrations.pending"));
          i++) {
        Thread.sleep(20);
      }
      assertThat(value(registry, "migrator.migrations.pending")).isZero();
      assertThat(value(registry, "migrator.migrations.dirty")).isZero();
      database.execute(
          "ALTER TABLE notes ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES notes NOT VALID");
      Thread.sleep(200);
      assertThat(value(registry, "migrator.foreign.keys.unvalidated")).isZero();
    }
  }

  @Test
  void a_failure_is_measured_as_one(TestDatabase database, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .beans("meters")
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .start()) {
      Files.writeString(folder.resolve("02_bad.sql"), "SELECT 1 / 0;");
      fail(context);
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertThat(registry.get("migrator.run").tag("outcome", "failure").timer().count())
          .isEqualTo(1);
      assertThat(registry
              .get("migrator.migration")
              .tag("outcome", "failure")
              .timer()
              .count())
          .isEqualTo(1);
    }
  }

  @Test
  void a_run_is_a_span_with_a_span_for_each_migration_and_statement(
      TestDatabase database, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();\nCREATE TABLE b ();");
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .beans("spans")
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .start()) {
      InMemorySpanExporter exporter = context.getBean(InMemorySpanExporter.class);
      List<SpanData> spans = exporter.getFinishedSpanItems();
      assertThat(spans)
          .extracting(SpanData::getName)
          .containsExactly(
              "statement 1 of 2", "statement 2 of 2", "migration 01 a", "migrator apply");
      assertThat(spans.get(2).getParentSpanId()).isEqualTo(spans.get(3).getSpanId());
      assertThat(spans.get(0).getParentSpanId()).isEqualTo(spans.get(2).getSpanId());

      exporter.reset();
      Files.writeString(folder.resolve("02_bad.sql"), "SELECT 'password=hunter2'::int;");
      fail(context);
      assertThat(exporter.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).doesNotContain("hunter2");
      });
    }
  }

  private static void fail(ApplicationContext context) {
    assertThatThrownBy(() -> context
            .getBean(MigratedDataSources.class)
            .find("default")
            .orElseThrow()
            .engine()
            .orElseThrow()
            .migrate())
        .isInstanceOf(MigrationException.class);
  }

  private static double value(MeterRegistry registry, String gauge) {
    return registry.get(gauge).gauge().value();
  }
}
