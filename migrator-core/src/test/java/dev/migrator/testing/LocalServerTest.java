package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("faults")
@Timeout(120)
class LocalServerTest {
  @Test
  void what_was_committed_is_there_after_a_kill_and_after_an_immediate_stop() {
    try (LocalServer server = LocalServer.create()) {
      server.start();
      server.createDatabase("kept");
      server.execute("kept", "CREATE TABLE a ()");
      server.kill();
      assertThatThrownBy(() -> server.execute("kept", "SELECT 1")).isNotNull();
      server.start();
      server.execute("kept", "ALTER TABLE a ADD b int");
      server.stopImmediately();
      server.start();
      server.execute("kept", "SELECT b FROM a");
      assertThat(server.log()).contains("automatic recovery in progress");
    }
  }

  @Test
  void a_standby_follows_and_can_be_promoted() {
    try (LocalServer primary = LocalServer.create()) {
      try (LocalServer standby = primary.standby()) {
        primary.configure("synchronous_standby_names = '*'", "synchronous_commit = remote_apply");
        primary.start();
        standby.start();
        primary.createDatabase("kept");
        assertThatThrownBy(() -> standby.execute("kept", "CREATE TABLE a ()"))
            .hasMessageContaining("read-only");
        primary.kill();
        standby.promote();
        standby.execute("kept", "CREATE TABLE a ()");
      }
    }
  }
}
