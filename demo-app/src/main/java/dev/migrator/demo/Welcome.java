package dev.migrator.demo;

import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what to do next. */
@Singleton
class Welcome {
  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  /** The token that was made up; empty when somebody chose one. */
  private final String token;

  private final boolean archive;

  Welcome(
      @Value("${demo.token:}") String token, @Value("${datasources.archive.url:}") String archive) {
    this.token = token;
    this.archive = !archive.isEmpty();
  }

  @EventListener
  void started(ServerStartupEvent event) {
    LOG.info(
        "Try {}/quotes and {}/invoices/1; Ctrl-C ends the demo.",
        event.getSource().getURL(),
        event.getSource().getURL());
    if (archive) {
      LOG.info(
          "{}/archive comes from a database of its own, migrated beside the first one.",
          event.getSource().getURL());
    }
    if (!token.isEmpty()) {
      LOG.info(
          "The migrations are at {}/migrations-dashboard; the token is {}",
          event.getSource().getURL(),
          token);
    }
  }
}
