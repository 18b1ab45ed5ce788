package dev.migrator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.migrator.render.SafeText;
import java.util.Locale;

/**
 * Configures Logback for the program: lines for people, on standard error from WARN on, and from INFO on in the log file of the
 * command that runs.
 *
 * <p>It is announced as a service in the program's own jar only, so that it never decides how an application logs.
 */
public final class ConsoleLogging extends ContextAwareBase implements Configurator {

  /** The system property that, when {@code true}, lets everything of ours through. */
  static final String VERBOSE = "migrator.verbose";

  /** Called by Logback. */
  public ConsoleLogging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Lines lines = new Lines();
    lines.setContext(context);
    lines.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(lines);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    boolean verbose = Boolean.getBoolean(VERBOSE);
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(verbose ? "DEBUG" : "WARN");
    filter.start();
    appender.addFilter(filter);
    appender.start();
    ToFile file = new ToFile();
    file.setContext(context);
    file.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.addAppender(file);
    root.setLevel(Level.WARN);
    context.getLogger("dev.migrator").setLevel(verbose ? Level.DEBUG : Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static String line(ILoggingEvent event) {
    String line = event.getLevel().toString().toLowerCase(Locale.ROOT) + ": "
        + event.getFormattedMessage() + '\n';
    IThrowableProxy thrown = event.getThrowableProxy();
    return SafeText.of(thrown == null ? line : line + ThrowableProxyUtil.asString(thrown));
  }

  /** The same lines for the log file. */
  private static final class ToFile extends UnsynchronizedAppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
      LogSink.accept(line(event));
    }
  }

  /** {@code warn: message}, and what was thrown. */
  private static final class Lines extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
      return StatusLine.clearing() + line(event);
    }
  }
}
