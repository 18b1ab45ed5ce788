package dev.migrator.micronaut.history;

import dev.migrator.micronaut.MigratedDataSource;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import io.micronaut.data.jdbc.runtime.PreparedStatementCallback;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The repository of the tracking tables: pages of {@link SchemaMigration} and {@link HistoryEntry}, of any data source. It
 * reads and never writes.
 *
 * <p>It is no interface that Micronaut Data implements, because such a one is bound to one data source and one table when it
 * is compiled, while both are the configuration's here: {@code migrator.datasources.<name>.schema} and {@code table}.
 */
@Singleton
@Requires(classes = JdbcRepositoryOperations.class)
public class MigrationRecords {

  /** The largest page. */
  public static final int LARGEST = 500;

  private static final String MIGRATIONS = """
      SELECT m.version, m.name, m.applied_at, m.checksum, m.execution_time_ms, m.status, m.error_message,
             m.applied_by, m.kind, m.script, m.applied_rank, m.action, m.transactional, m.run_id
        FROM %{table} m
       ORDER BY m.applied_rank DESC NULLS FIRST, m.version_key COLLATE "C" DESC
       LIMIT ? OFFSET ?
      """;

  private static final String COUNT_MIGRATIONS = "SELECT pg_catalog.count(*) FROM %{table}";

  private static final String FILTER = """
       WHERE (? = '' OR pg_catalog.strpos(pg_catalog.lower(pg_catalog.concat_ws(' ',
                h.version, h.name, h.executed_by, h.environment, h.error_message)), pg_catalog.lower(?)) > 0)
         AND (? = '' OR h.action = ?)
         AND (? = '' OR h.status = ?)
      """;

  private static final String HISTORY = """
      SELECT h.id, h.version, h.name, h.action, h.executed_at, h.execution_time_ms, h.status, h.error_message,
             h.executed_by, h.environment, h.sequence, h.run_id
        FROM %{table} h
      """ + FILTER + """
       ORDER BY h.sequence DESC
       LIMIT ? OFFSET ?
      """;

  private static final String COUNT_HISTORY =
      "SELECT pg_catalog.count(*) FROM %{table} h\n" + FILTER;

  private final BeanContext context;
  private final TrackingTableNames names;

  MigrationRecords(BeanContext context, TrackingTableNames names) {
    this.context = context;
    this.names = names;
  }

  /**
   * The migrations that the tracking table knows, the latest applied first.
   *
   * @param one the data source
   * @param pageable which page; its order is not regarded
   * @return nothing where there is no tracking table yet
   */
  public Page<SchemaMigration> migrations(MigratedDataSource one, Pageable pageable) {
    return page(
        one,
        names.migrations(one),
        MIGRATIONS,
        COUNT_MIGRATIONS,
        null,
        pageable,
        SchemaMigration.class);
  }

  /**
   * What was done, the latest first.
   *
   * @param one the data source
   * @param filter which entries
   * @param pageable which page; its order is not regarded
   * @return nothing where there is no history yet
   */
  public Page<HistoryEntry> history(
      MigratedDataSource one, HistoryFilter filter, Pageable pageable) {
    return page(
        one, names.history(one), HISTORY, COUNT_HISTORY, filter, pageable, HistoryEntry.class);
  }

  private <E> Page<E> page(
      MigratedDataSource one,
      Optional<String> table,
      String rows,
      String count,
      @Nullable HistoryFilter filter,
      Pageable pageable,
      Class<E> type) {
    if (table.isEmpty()) {
      return Page.of(List.of(), pageable, 0L);
    }
    JdbcRepositoryOperations operations =
        context.getBean(JdbcRepositoryOperations.class, Qualifiers.byName(one.name()));
    int size = Math.min(pageable.getSize() < 1 ? LARGEST : pageable.getSize(), LARGEST);
    // One connection for both, given back at the end, unless the caller has one.
    return connections(one)
        .executeRead(connection -> page(
            operations,
            rows.replace("%{table}", table.get()),
            count.replace("%{table}", table.get()),
            filter,
            Pageable.from(pageable.getNumber(), size),
            type));
  }

  private ConnectionOperations<?> connections(MigratedDataSource one) {
    return context.getBean(ConnectionOperations.class, Qualifiers.byName(one.name()));
  }

  private static <E> Page<E> page(
      JdbcRepositoryOperations operations,
      String rows,
      String count,
      @Nullable HistoryFilter filter,
      Pageable pageable,
      Class<E> type) {
    List<E> content = operations.prepareStatement(rows, statement -> {
      int next = bind(statement, filter);
      statement.setInt(next, pageable.getSize());
      statement.setLong(next + 1, pageable.getOffset());
      try (ResultSet result = statement.executeQuery()) {
        return operations.entityStream(result, type).toList();
      }
    });
    long total = operations.prepareStatement(count, (PreparedStatementCallback<Long>) statement -> {
      bind(statement, filter);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    });
    return Page.of(content, pageable, total);
  }

  private static int bind(PreparedStatement statement, @Nullable HistoryFilter filter)
      throws SQLException {
    int next = 1;
    if (filter != null) {
      for (String value : List.of(filter.text(), filter.action(), filter.status())) {
        statement.setString(next++, value);
        statement.setString(next++, value);
      }
    }
    return next;
  }
}
