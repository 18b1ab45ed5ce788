package dev.migrator.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A small application under test that listens on a port. */
final class Served implements AutoCloseable {
  static final String TOKEN = "correct-horse-battery-staple";

  final ApplicationContext context;
  final EmbeddedServer server;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  Served(Boot boot) {
    context = boot.with("micronaut.server.port", -1).start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getPort() + path);
  }

  /** Asks, with the token. */
  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN));
  }

  /** Orders, with the token. */
  HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
