package dev.migrator.verify;

import dev.migrator.event.VerifyEvent;
import dev.migrator.event.VerifyListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens; a listener that fails breaks nothing. */
final class Audience {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationVerifier.class);

  private final List<VerifyListener> listeners;

  Audience(List<VerifyListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  synchronized void tell(VerifyEvent event) {
    for (VerifyListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        LOG.warn("A listener failed; the verification goes on", e);
      }
    }
  }
}
