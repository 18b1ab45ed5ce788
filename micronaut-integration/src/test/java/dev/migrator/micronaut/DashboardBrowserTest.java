package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.Browser;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresBrowser;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser. With {@code -Dmigrator.test.pictures=folder} what was seen is kept. */
@PostgresTest
@RequiresBrowser
class DashboardBrowserTest {
  private static final String PATH = "/migrations-dashboard";

  @Test
  void somebody_logs_in_looks_filters_and_makes_a_dry_run(
      TestDatabase database, @TempDir Path folder, @TempDir Path profile) throws Exception {
    Files.writeString(
        folder.resolve("01_orders.sql"),
        "CREATE TABLE orders (id bigint PRIMARY KEY, note text);\nSELECT pg_sleep(0.2);");
    Files.writeString(folder.resolve("01_orders_rollback.sql"), "DROP TABLE orders;");
    for (int i = 2; i < 40; i++) {
      Files.writeString(
          folder.resolve(String.format("%02d_step_%d.sql", i, i)),
          "CREATE TABLE step_" + i + " ();");
    }
    try (Served app = served(database, folder);
        Browser browser = Browser.start(profile)) {
      Files.writeString(
          folder.resolve("40_<img src=x onerror=alert(1)>.sql"),
          "CREATE INDEX orders_note ON orders (note); -- <script>alert(1)</script>\n");
      logIn(app, browser, "light");
      assertThat(browser.evaluate("document.querySelector('.result').textContent"))
          .isEqualTo("1 pending.");
      assertThat(browser.evaluate("document.querySelectorAll('.timeline > li').length"))
          .isEqualTo("40");
      assertThat(browser.evaluate("document.querySelectorAll('img').length")).isEqualTo("0");
      browser.run("document.querySelector('summary').focus()");
      browser.press("Enter", 13);
      assertThat(browser.evaluate("document.querySelector('details').open")).isEqualTo("true");
      assertThat(browser.evaluate("document.querySelector('details pre').textContent"))
          .contains("<script>alert(1)</script>");
      assertThat(browser.evaluate("document.querySelector('details .inside').textContent"))
          .contains("index-not-concurrent");
      picture(browser, "overview");

      browser.follow("[...document.links].find(a => a.textContent === 'History').click()");
      assertThat(browser.evaluate("document.querySelectorAll('tbody tr').length"))
          .isEqualTo("25");
      picture(browser, "history");
      browser.follow("document.querySelector('a[rel=next]').click()");
      assertThat(browser.evaluate("document.querySelector('nav.pages span').textContent"))
          .isEqualTo("Page 2 of 2");
      browser.run("document.getElementById('text').focus()");
      browser.type("step_17");
      browser.follow("document.querySelector('form.filter button').click()");
      assertThat(browser.evaluate("document.querySelector('tbody b').textContent"))
          .isEqualTo("17 step_17");
      assertThat(browser.evaluate("document.querySelectorAll('tbody tr').length"))
          .isEqualTo("1");

      browser.open(app.uri(PATH), 1100, 900, "light");
      browser.follow("document.querySelector('a.button').click()");
      picture(browser, "confirm");
      browser.run("document.querySelector('input[type=checkbox]').click()");
      browser.follow("document.querySelector('main button').click()");
      assertThat(browser.evaluate("document.querySelector('.result').textContent"))
          .isEqualTo("1 migration would be applied.");
      picture(browser, "report");
      assertThat(database.value("SELECT to_regclass('orders_note')")).isEqualTo("NULL");
      assertThat(browser.complaints()).isEmpty();
      browser.open(app.uri(PATH), 400, 900, "dark");
      picture(browser, "dark-narrow");
      assertThat(browser.evaluate("document.documentElement.scrollWidth <= 400"))
          .isEqualTo("true");
      assertThat(browser.complaints()).isEmpty();
      browser.follow("document.querySelector('header button').click()");
      assertThat(browser.evaluate("document.getElementById('token') !== null")).isEqualTo("true");
    }
  }

  @Test
  void a_slow_run_shows_its_progress_while_it_lasts(
      TestDatabase database, @TempDir Path folder, @TempDir Path profile) throws Exception {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder);
        Browser browser = Browser.start(profile)) {
      logIn(app, browser, "dark");
      assertThat(browser.evaluate("document.getElementById('live-0').hidden")).isEqualTo("true");
      Files.writeString(folder.resolve("02_quick.sql"), "CREATE TABLE b ();");
      Files.writeString(folder.resolve("03_slow.sql"), "SELECT pg_sleep(4);");
      MigratedDataSource one =
          app.context.getBean(MigratedDataSources.class).find("default").orElseThrow();
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> one.engine().orElseThrow().migrate());
      await(browser, "document.querySelector('#live-0 .words').textContent", "2 of 2, 03 slow");
      assertThat(browser.evaluate("document.getElementById('live-0').hidden")).isEqualTo("false");
      assertThat(browser.evaluate("document.querySelector('#live-0 progress').value"))
          .isEqualTo("1");
      assertThat(browser.evaluate("document.querySelector('.result').hidden")).isEqualTo("true");
      picture(browser, "running");
      run.get(30, TimeUnit.SECONDS);
      await(browser, "document.querySelectorAll('.timeline > li').length", "3");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void logIn(Served app, Browser browser, String scheme)
      throws InterruptedException {
    browser.open(app.uri(PATH), 1100, 900, scheme);
    picture(browser, "login-" + scheme);
    // Typed, as a person does.
    browser.run("document.getElementById('token').focus()");
    browser.type(Served.TOKEN);
    browser.follow("document.querySelector('main button').click()");
    assertThat(browser.evaluate("document.querySelector('h2') !== null")).isEqualTo("true");
    assertThat(browser.evaluate("document.cookie")).isEmpty();
  }

  private static void await(Browser browser, String expression, String value)
      throws InterruptedException {
    String seen = "";
    for (int i = 0; i < 150; i++) {
      seen = browser.evaluate(expression);
      if (seen.equals(value)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(expression + " stayed " + seen);
  }

  private static Served served(TestDatabase database, Path folder) {
    return new Served(new Boot()
        .dataSource("default", database)
        .with("migrator.endpoint.token", Served.TOKEN)
        .with("migrator.datasources.default.locations", "filesystem:" + folder));
  }

  private static void picture(Browser browser, String name) {
    String folder = System.getProperty("migrator.test.pictures", "");
    if (!folder.isEmpty()) {
      try {
        Files.createDirectories(Path.of(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      browser.picture(Path.of(folder, name + ".png"));
    }
  }
}
