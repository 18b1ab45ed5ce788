package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing pending: what every start of every instance costs. */
@PostgresTest
class QuietRunTest {

  @TempDir
  Path path;

  @TempDir
  Path other;

  @ParameterizedTest(name = "with an index: {0}")
  @ValueSource(booleans = {false, true})
  void nothingPendingCostsOneConnectionAndTwoQueriesAndTakesNoLock(
      boolean indexed, TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "select 1;");
    folder.engine(database).migrate();
    Path jar = other.resolve("scripts.jar");
    if (indexed) {
      MigrationIndex.write(path);
      PackagedFolder.pack(path, other.resolve("readable.jar")).withUnreadableScripts(jar);
    }
    long key = Long.parseLong(
        database.value(
            "select ('x' || substr(encode(sha256('migrator:1:public.schema_migrations'), 'hex'), 1, 16))::bit(64)::bigint"));

    List<String> calls = new ArrayList<>();
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement();
        URLClassLoader loader = PackagedFolder.classPath(List.of(jar))) {
      statement.execute("select pg_advisory_lock(" + key + ")");
      MigrationEngineBuilder builder =
          folder.builder(recording(database.dataSource(), calls)).lockWait(Duration.ZERO);
      if (indexed) {
        builder.locations("classpath:db/migration").classLoader(loader);
      }
      assertThat(builder.build().migrate().isUpToDate()).isTrue();
      statement.execute("select pg_advisory_unlock(" + key + ")");
    }
    assertThat(calls.stream().filter(c -> c.equals("getConnection"))).hasSize(1);
    assertThat(calls.stream()
            .filter(c -> c.startsWith("prepareStatement") || c.startsWith("createStatement")))
        .hasSizeBetween(1, 2);
    assertThat(calls)
        .doesNotContain(
            "setAutoCommit",
            "setReadOnly",
            "setTransactionIsolation",
            "getTransactionIsolation",
            "getSchema");
    assertThat(calls).contains("close");
  }

  @Test
  void aNewerFormatIsRefusedAsSoonAsThereIsMoreThanNothingToDo(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    folder.engine(database).migrate();
    database.execute("comment on table schema_migrations is 'migrator 2.0'");
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
    folder.script("02_b.sql", "create table b ();");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("was written by a newer Migrator");
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
  }

  @Test
  void aNewerFormatThatRenamesAColumnIsRefusedAtOnce(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    folder.engine(database).migrate();
    database.execute("comment on table schema_migrations is 'migrator 2.0'");
    database.execute("alter table schema_migrations rename checksum_algorithm to algorithm");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("was written by a newer Migrator");
  }

  @Test
  void readingOperationsWriteNothing(TestDatabase database) {
    MigrationEngine engine =
        new MigrationFolder(path).script("01_a.sql", "create table a ();").engine(database);
    assertThat(engine.plan().steps()).hasSize(1);
    assertThat(engine.status().tracked()).isFalse();
    assertThat(engine.validate().isValid()).isTrue();
    assertThat(database.value(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
  }

  /** Writes down every call on the data source and its connections. */
  private static DataSource recording(DataSource real, List<String> calls) {
    return proxy(DataSource.class, real, calls);
  }

  private static <T> T proxy(Class<T> type, T real, List<String> calls) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          calls.add(method.getName());
          try {
            Object result = method.invoke(real, arguments);
            return result instanceof Connection connection
                    && method.getName().equals("getConnection")
                ? proxy(Connection.class, connection, calls)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
