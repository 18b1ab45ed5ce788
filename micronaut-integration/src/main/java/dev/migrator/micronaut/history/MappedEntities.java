package dev.migrator.micronaut.history;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.type.Argument;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Repository;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import io.micronaut.data.model.PersistentEntityUtils;
import io.micronaut.data.model.runtime.RuntimeEntityRegistry;
import io.micronaut.data.model.runtime.RuntimePersistentEntity;
import io.micronaut.data.repository.GenericRepository;
import io.micronaut.inject.BeanDefinition;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the application's entities of Micronaut Data with the tables that there are. An entity is looked for in the data
 * sources of its repositories; one without a repository in the data source {@code default}.
 */
@Singleton
@Requires(classes = JdbcRepositoryOperations.class)
public class MappedEntities {

  private static final String DEFAULT = "default";

  private static final Set<SchemaObjectKind> TABLES = Set.of(
      SchemaObjectKind.TABLE,
      SchemaObjectKind.FOREIGN_TABLE,
      SchemaObjectKind.VIEW,
      SchemaObjectKind.MATERIALIZED_VIEW);

  /**
   * What an entity needs and the database lacks.
   *
   * @param entity the entity's class
   * @param table its table, as the entity names it
   * @param columns the columns that the table lacks; empty when the whole table is missing
   */
  public record Missing(String entity, String table, List<String> columns) {}

  /**
   * What came of comparing.
   *
   * @param compared how many entities were looked for
   * @param missing what is not there, by entity
   */
  public record Comparison(int compared, List<Missing> missing) {}

  private final BeanContext context;
  private final RuntimeEntityRegistry registry;

  MappedEntities(BeanContext context, RuntimeEntityRegistry registry) {
    this.context = context;
    this.registry = registry;
  }

  /**
   * Compares the entities of a data source with what its database has. It reads the whole catalog.
   *
   * @throws dev.migrator.migration.MigrationException when the catalog cannot be read
   * @throws IllegalStateException when the data source does not exist yet
   */
  public Comparison compare(MigratedDataSource one) {
    List<RuntimePersistentEntity<?>> entities = of(one.name());
    if (entities.isEmpty()) {
      return new Comparison(0, List.of());
    }
    SchemaSnapshot snapshot = one.engine()
        .orElseThrow(() -> new IllegalStateException(one.name() + " does not exist yet"))
        .snapshot();
    Map<QualifiedName, Set<String>> tables = tables(snapshot);
    List<Missing> missing = entities.stream()
        .flatMap(entity -> missing(entity, tables).stream())
        .sorted(Comparator.comparing(Missing::entity))
        .toList();
    return new Comparison(entities.size(), missing);
  }

  /** Every table and view with its columns. */
  private static Map<QualifiedName, Set<String>> tables(SchemaSnapshot snapshot) {
    Map<QualifiedName, Set<String>> tables = new HashMap<>();
    for (SchemaObject object : snapshot.objects()) {
      if (TABLES.contains(object.kind())) {
        tables.computeIfAbsent(QualifiedName.of(object.name()), name -> new HashSet<>());
      } else if (object.kind() == SchemaObjectKind.COLUMN) {
        tables
            .computeIfAbsent(QualifiedName.of(object.parent()), name -> new HashSet<>())
            .add(QualifiedName.unquoted(object.name()));
      }
    }
    return tables;
  }

  /** A table of an entity that names no schema is looked for in all of them; the one that lacks least counts. */
  private static Optional<Missing> missing(
      RuntimePersistentEntity<?> entity, Map<QualifiedName, Set<String>> tables) {
    String schema =
        entity.getAnnotationMetadata().stringValue(MappedEntity.class, "schema").orElse("");
    String table = QualifiedName.unquoted(entity.getPersistedName());
    Set<String> needed = columns(entity);
    List<String> lacking = null;
    for (Map.Entry<QualifiedName, Set<String>> candidate : tables.entrySet()) {
      if (candidate.getKey().isCalled(schema, table)) {
        List<String> lacks = needed.stream()
            .filter(column -> !candidate.getValue().contains(column))
            .toList();
        lacking = lacking == null || lacks.size() < lacking.size() ? lacks : lacking;
      }
    }
    if (lacking != null && lacking.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Missing(
        entity.getName(),
        schema.isEmpty() ? table : schema + "." + table,
        lacking == null ? List.of() : lacking));
  }

  private static Set<String> columns(RuntimePersistentEntity<?> entity) {
    Set<String> columns = new LinkedHashSet<>();
    PersistentEntityUtils.traversePersistentProperties(
        entity,
        true,
        true,
        (associations, property) -> columns.add(
            QualifiedName.unquoted(entity.getNamingStrategy().mappedName(associations, property))));
    return columns;
  }

  private List<RuntimePersistentEntity<?>> of(String dataSource) {
    Map<Class<?>, Set<String>> homes = homes();
    List<RuntimePersistentEntity<?>> entities = new ArrayList<>();
    for (BeanIntrospection<?> introspection :
        BeanIntrospector.SHARED.findIntrospections(MappedEntity.class)) {
      Class<?> type = introspection.getBeanType();
      // The tracking tables' names are configured, whatever their entities say.
      if (!type.getPackageName().equals(MappedEntities.class.getPackageName())
          && homes.getOrDefault(type, Set.of(DEFAULT)).contains(dataSource)) {
        entities.add(registry.getEntity(type));
      }
    }
    return entities;
  }

  /** The data sources of the repositories of each entity. */
  private Map<Class<?>, Set<String>> homes() {
    Map<Class<?>, Set<String>> homes = new HashMap<>();
    for (BeanDefinition<?> repository : context.getBeanDefinitions(GenericRepository.class)) {
      List<Argument<?>> types = repository.getTypeArguments(GenericRepository.class);
      if (!types.isEmpty()) {
        homes
            .computeIfAbsent(types.get(0).getType(), type -> new HashSet<>())
            .add(repository.stringValue(Repository.class).orElse(DEFAULT));
      }
    }
    return homes;
  }
}
