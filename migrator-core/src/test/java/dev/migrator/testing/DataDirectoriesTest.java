package dev.migrator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoriesTest {
  @TempDir
  private Path parent;

  @Test
  void data_of_a_living_jvm_is_left_alone() throws IOException {
    Path ours = DataDirectories.create(parent);

    DataDirectories.removeAbandoned(parent);

    assertThat(ours).exists();
  }

  @Test
  void data_of_a_dead_jvm_goes_and_its_server_with_it() throws Exception {
    Process owner = new ProcessBuilder("true").start();
    owner.waitFor();
    Path abandoned = Files.createDirectory(parent.resolve("migrator-test-" + owner.pid() + "-1"));
    Process server = new ProcessBuilder("sh", "-c", "sleep 60; : " + abandoned).start();
    Files.createDirectory(abandoned.resolve("base"));
    Files.writeString(abandoned.resolve("postmaster.pid"), server.pid() + "\n" + abandoned + "\n");

    DataDirectories.removeAbandoned(parent);

    assertThat(abandoned).doesNotExist();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void a_process_that_only_has_the_number_of_the_server_lives_on() throws Exception {
    Process owner = new ProcessBuilder("true").start();
    owner.waitFor();
    Path abandoned = Files.createDirectory(parent.resolve("migrator-test-" + owner.pid() + "-1"));
    Process innocent = new ProcessBuilder("sleep", "60").start();
    Files.writeString(abandoned.resolve("postmaster.pid"), innocent.pid() + "\n");

    DataDirectories.removeAbandoned(parent);

    assertThat(abandoned).doesNotExist();
    assertThat(innocent.isAlive()).isTrue();
    innocent.destroyForcibly();
  }
}
