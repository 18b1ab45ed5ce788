package dev.migrator.micronaut.operate;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done at most every so often, in another thread, when somebody shows interest: a scrape of the metrics never
 * waits for a database, and nothing is read when nobody looks. How often: {@code migrator.metrics.interval}.
 */
@Singleton
public final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final BeanProvider<ExecutorService> executor;
  private final long interval;
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  Background(
      @Named(TaskExecutors.BLOCKING) BeanProvider<ExecutorService> executor,
      @Value("${migrator.metrics.interval:30s}") Duration interval) {
    this.executor = executor;
    this.interval = interval.toNanos();
  }

  /**
   * Does something in another thread, unless that was begun within the interval.
   *
   * @param name what it is
   * @param work what is done; what it throws is logged
   */
  public void sometimes(String name, Runnable work) {
    long now = System.nanoTime();
    boolean[] mine = new boolean[1];
    begun.compute(name, (key, last) -> {
      mine[0] = last == null || now - last >= interval;
      return mine[0] ? Long.valueOf(now) : last;
    });
    if (mine[0]) {
      try {
        executor.get().execute(() -> quietly(name, work));
      } catch (RejectedExecutionException e) {
        LOG.debug("The application is ending: {} is not read.", name);
      }
    }
  }

  /** Does it again as soon as somebody asks. */
  public void soon(String name) {
    begun.remove(name);
  }

  private static void quietly(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.debug("Cannot read the {}.", name, e);
    }
  }
}
