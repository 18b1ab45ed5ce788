package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.micronaut.history.HistoryEntry;
import dev.migrator.micronaut.history.HistoryFilter;
import dev.migrator.micronaut.history.MappedEntities;
import dev.migrator.micronaut.history.MigrationRecords;
import dev.migrator.micronaut.history.SchemaMigration;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.annotation.Embeddable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.Relation;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class RecordsTest {

  @MappedEntity("notes")
  record Note(@Id @GeneratedValue Long id, String text) {}

  @Embeddable
  record Address(String street, String town) {}

  @MappedEntity(value = "people", schema = "crm")
  record Person(
      @Id Long id,
      @MappedProperty("full_name") String name,
      @Relation(Relation.Kind.EMBEDDED) Address address,
      @Relation(Relation.Kind.MANY_TO_ONE) Note note) {}

  @JdbcRepository(dialect = Dialect.POSTGRES, dataSource = "crm")
  interface PersonRepository extends GenericRepository<Person, Long> {
    long count();
  }

  @Test
  void the_history_comes_in_pages_the_latest_first(TestDatabase database) {
    try (ApplicationContext context = new Boot().dataSource("default", database).start()) {
      MigrationRecords records = context.getBean(MigrationRecords.class);
      MigratedDataSource one = one(context);
      HistoryFilter applied = new HistoryFilter("", "apply", "");
      Page<HistoryEntry> first = records.history(one, applied, Pageable.from(0, 1));
      assertThat(first.getTotalSize()).isEqualTo(2);
      assertThat(first.getTotalPages()).isEqualTo(2);
      assertThat(first.getContent()).singleElement().satisfies(entry -> {
        assertThat(entry.version()).isEqualTo("0002");
        assertThat(entry.status()).isEqualTo("success");
        assertThat(entry.environment()).isEqualTo("development");
        assertThat(entry.runId()).isNotNull();
      });
      Page<HistoryEntry> second = records.history(one, applied, Pageable.from(1, 1));
      assertThat(second.getContent()).extracting(HistoryEntry::version).containsExactly("0001");
      assertThat(records.history(one, applied, Pageable.UNPAGED).getContent()).hasSize(2);
      assertThat(records.migrations(one, Pageable.from(0, 10)).getContent())
          .extracting(SchemaMigration::version)
          .containsExactly("0002", "0001");
    }
  }

  @Test
  void the_history_can_be_filtered_by_what_is_bound_and_never_run(TestDatabase database) {
    try (ApplicationContext context = new Boot().dataSource("default", database).start()) {
      MigrationRecords records = context.getBean(MigrationRecords.class);
      MigratedDataSource one = one(context);
      assertThat(total(records, one, new HistoryFilter("FIRST_", "", ""))).isEqualTo(1);
      assertThat(total(records, one, new HistoryFilter("", "apply", "success"))).isEqualTo(2);
      assertThat(total(records, one, new HistoryFilter("", "", "failed"))).isZero();
      assertThat(total(records, one, new HistoryFilter("%", "", ""))).isZero();
      assertThat(total(records, one, new HistoryFilter("'; DROP TABLE notes; --\0", "", "")))
          .isZero();
    }
  }

  @Test
  void other_names_and_schemas_work_too(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.schema", "My \"tracking\".schema")
        .with("migrator.datasources.default.create-schema", true)
        .with("migrator.datasources.default.table", "applied")
        .start()) {
      assertThat(total(
              context.getBean(MigrationRecords.class),
              one(context),
              new HistoryFilter("", "apply", "")))
          .isEqualTo(2);
    }
  }

  @Test
  void where_there_is_no_tracking_table_there_are_no_entries(TestDatabase database) {
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.enabled", false)
        .start()) {
      assertThat(total(context.getBean(MigrationRecords.class), one(context), HistoryFilter.ALL))
          .isZero();
    }
  }

  @Test
  void entities_are_compared_with_the_tables_of_the_data_source_of_their_repository(
      TestDatabase database, @TempDir Path folder) throws IOException {
    TestDatabase crm = database.sibling();
    Files.writeString(folder.resolve("01_crm.sql"), """
        CREATE SCHEMA crm;
        CREATE TABLE crm.people (id bigint, full_name text, address_street text);
        """);
    try (ApplicationContext context = new Boot()
        .dataSource("default", database)
        .dataSource("crm", crm)
        .with("migrator.datasources.default.locations", "classpath:db/migration")
        .with("migrator.datasources.crm.locations", "filesystem:" + folder)
        .start()) {
      MappedEntities entities = context.getBean(MappedEntities.class);
      assertThat(entities.compare(one(context)))
          .isEqualTo(new MappedEntities.Comparison(1, List.of()));
      MigratedDataSource other =
          context.getBean(MigratedDataSources.class).find("crm").orElseThrow();
      assertThat(entities.compare(other))
          .isEqualTo(new MappedEntities.Comparison(
              1,
              List.of(new MappedEntities.Missing(
                  Person.class.getName(), "crm.people", List.of("address_town", "note_id")))));
      crm.execute("DROP TABLE crm.people");
      assertThat(entities.compare(other).missing())
          .singleElement()
          .satisfies(missing -> assertThat(missing.columns()).isEmpty());
    }
  }

  private static MigratedDataSource one(ApplicationContext context) {
    return context.getBean(MigratedDataSources.class).find("default").orElseThrow();
  }

  private static long total(
      MigrationRecords records, MigratedDataSource one, HistoryFilter filter) {
    return records.history(one, filter, Pageable.from(0, 10)).getTotalSize();
  }
}
