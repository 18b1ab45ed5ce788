package dev.migrator;

import dev.migrator.config.Environment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the process's environment variables say, where a setting does not. */
record Surroundings(Map<String, String> variables) {

  /** Explicit setting, {@code MIGRATOR_ENVIRONMENT}, a framework's names, {@code NODE_ENV}, unknown; in this order. */
  Environment environment(@Nullable Environment explicit, Collection<String> frameworkNames) {
    if (explicit != null) {
      return explicit;
    }
    String own = variables.get("MIGRATOR_ENVIRONMENT");
    if (own != null && !own.isBlank()) {
      return Environment.named(own);
    }
    Environment framework = Environment.UNKNOWN;
    for (String name : frameworkNames) {
      Environment named = Environment.named(name);
      if (named == Environment.PRODUCTION) {
        return named;
      }
      if (framework == Environment.UNKNOWN) {
        framework = named;
      }
    }
    if (framework != Environment.UNKNOWN) {
      return framework;
    }
    String node = variables.get("NODE_ENV");
    return node == null ? Environment.UNKNOWN : Environment.named(node);
  }

  /** The settings, and where they say nothing {@code CONFIRM_PRODUCTION_MIGRATION}. */
  Confirmation confirmation(
      @Nullable Boolean everything, @Nullable String plan, @Nullable String phrase) {
    return Confirmation.of(everything, plan, phrase, variables.get("CONFIRM_PRODUCTION_MIGRATION"));
  }

  String appliedBy(@Nullable String explicit) {
    if (explicit != null) {
      return explicit;
    }
    String actor = variables.get("GITHUB_ACTOR");
    return actor != null && !actor.isBlank()
        ? actor
        : System.getProperty("user.name", "unknown") + "@" + host();
  }

  private String host() {
    String name = variables.get("HOSTNAME");
    if (name != null && !name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
