package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@PostgresTest
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest implements TestPropertyProvider {
  @Inject
  @Client("/")
  HttpClient http;

  private final TestDatabase database;

  RoutesTest(TestDatabase database) {
    this.database = database;
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of(
        "datasources.default.url", database.jdbcUrl(),
        "datasources.default.username", database.user(),
        "datasources.default.password", database.password());
  }

  @Test
  void quotes_are_listed_and_found_by_their_words() {
    assertThat(numbers("/quotes")).containsExactly("Q-2026-0001", "Q-2026-0002", "Q-2026-0003");
    assertThat(numbers("/quotes?words=oak+shelves")).containsExactly("Q-2026-0001");
    assertThat(numbers("/quotes?words=marble")).isEmpty();
  }

  @Test
  void a_payment_settles_its_invoice_and_one_that_is_too_much_is_refused() {
    assertThat(object(HttpRequest.GET("/invoices/2")))
        .containsEntry("status", "open")
        .containsEntry("balance", 4980.0);

    HttpResponse<Map<String, Object>> paid = http.toBlocking()
        .exchange(payment(2, "4980.00", "card"), Argument.mapOf(String.class, Object.class));
    assertThat(paid.code()).isEqualTo(201);
    assertThat(paid.body()).containsEntry("status", "paid").containsEntry("balance", 0.0);

    assertThat(refusal(payment(2, "0.01", "card"))).isEqualTo(409);
    assertThat(refusal(payment(1, "10", "gold"))).isEqualTo(409);
    assertThat(refusal(HttpRequest.POST("/invoices/1/payments", Map.of()))).isEqualTo(400);
    assertThat(refusal(payment(99, "10", "card"))).isEqualTo(404);
    assertThat(refusal(HttpRequest.GET("/invoices/99"))).isEqualTo(404);
    assertThat(database.value("SELECT count(*) FROM payments")).isEqualTo("4");
  }

  private static HttpRequest<?> payment(long invoice, String amount, String method) {
    return HttpRequest.POST(
        "/invoices/" + invoice + "/payments", Map.of("amount", amount, "method", method));
  }

  private List<Object> numbers(String path) {
    return http
        .toBlocking()
        .retrieve(
            HttpRequest.GET(path), Argument.listOf(Argument.mapOf(String.class, Object.class)))
        .stream()
        .map(quote -> quote.get("number"))
        .toList();
  }

  private Map<String, Object> object(HttpRequest<?> request) {
    return http.toBlocking().retrieve(request, Argument.mapOf(String.class, Object.class));
  }

  private int refusal(HttpRequest<?> request) {
    return catchThrowableOfType(HttpClientResponseException.class, () -> object(request))
        .getStatus()
        .getCode();
  }
}
