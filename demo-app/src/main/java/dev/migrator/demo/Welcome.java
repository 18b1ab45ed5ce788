package dev.migrator.demo;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what to do next. */
@Singleton
class Welcome {
  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  @EventListener
  void started(ServerStartupEvent event) {
    LOG.info(
        "Try {}/quotes and {}/invoices/1; Ctrl-C ends the demo.",
        event.getSource().getURL(),
        event.getSource().getURL());
  }
}
