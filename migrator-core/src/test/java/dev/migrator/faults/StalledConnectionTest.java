package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A network that swallows everything from some moment on, as one does behind which a server has lost its power. */
@PostgresTest
class StalledConnectionTest {

  @TempDir
  Path folder;

  @Test
  @Tag("faults")
  @Timeout(120)
  void aRunEndsWithItsTimeThoughNobodyAnswersTheRequestToCancel(TestDatabase database)
      throws Exception {
    Files.writeString(folder.resolve("01_a.sql"), "create table a ();");
    try (Swallowing network = new Swallowing(database.dataSource())) {
      MigrationEngine engine = MigrationEngine.builder()
          .dataSource(network.dataSource(database.dataSource()))
          .locations("filesystem:" + folder)
          .environment(Environment.TEST)
          .limits(limits -> limits.run(Duration.ofSeconds(1)))
          .listener(event -> {
            if (event instanceof MigrationEvent.MigrationStarted) {
              network.swallow();
            }
          })
          .build();
      assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
        assertThat(e.code()).isEqualTo(FailureCode.OUT_OF_TIME);
        assertThat(e).hasMessageContaining("01 a may have been committed or not");
      });
    }
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  /** Forwards bytes until it swallows them. */
  private static final class Swallowing implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallows;

    Swallowing(PGSimpleDataSource target) throws IOException {
      Thread thread = new Thread(() -> accept(target), "swallowing");
      thread.setDaemon(true);
      thread.start();
    }

    PGSimpleDataSource dataSource(PGSimpleDataSource target) {
      target.setServerNames(new String[] {"127.0.0.1"});
      target.setPortNumbers(new int[] {door.getLocalPort()});
      target.setCancelSignalTimeout(1);
      return target;
    }

    void swallow() {
      swallows = true;
    }

    private void accept(PGSimpleDataSource target) {
      try {
        while (true) {
          Socket client = door.accept();
          Socket server = new Socket(target.getServerNames()[0], target.getPortNumbers()[0]);
          sockets.add(client);
          sockets.add(server);
          pump(client, server);
          pump(server, client);
        }
      } catch (IOException e) {
        // The door was closed.
      }
    }

    private void pump(Socket from, Socket to) {
      Thread thread = new Thread(() -> {
        byte[] bytes = new byte[8192];
        try {
          InputStream in = from.getInputStream();
          for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
            if (!swallows) {
              to.getOutputStream().write(bytes, 0, n);
            }
          }
        } catch (IOException e) {
          // One side has gone.
        }
      });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      door.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
