package dev.migrator.micronaut;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What everything under {@code dev.migrator} logs while it is open. */
final class Log implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.migrator");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  Log() {
    lines.start();
    logger.addAppender(lines);
  }

  List<String> messages() {
    return List.copyOf(lines.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(lines);
  }
}
