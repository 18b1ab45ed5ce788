package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which lines of the engine go to the log file. */
@Tag("any-server")
class ConsoleLoggingTest {

  @Test
  void theLogFileGetsWhatTheEngineLogsWhileACommandRunsWithoutPasswords() {
    List<String> file = new ArrayList<>();
    // A command that another test ran in this process may have had --verbose.
    System.clearProperty(ConsoleLogging.VERBOSE);
    try {
      LoggerContext context = new LoggerContext();
      new ConsoleLogging().configure(context);
      LogSink.open(file::add);
      context.getLogger("dev.migrator.X").info("to postgresql://ada:topsecret@h/d");
      context.getLogger("dev.migrator.X").warn("the server is slow");
      context.getLogger("dev.migrator.X").debug("a detail");
      context.getLogger("org.other").info("somebody else's");
      LogSink.open(null);
      context.getLogger("dev.migrator.X").info("after the run");
      context.stop();
    } finally {
      LogSink.open(null);
    }
    assertThat(file)
        .containsExactly("info: to postgresql://ada:****@h/d\n", "warn: the server is slow\n");
  }
}
