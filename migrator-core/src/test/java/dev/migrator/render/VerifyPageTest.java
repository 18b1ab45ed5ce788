package dev.migrator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.VerifyReport;
import dev.migrator.report.VerifyReport.Check;
import dev.migrator.report.VerifyReport.Result;
import dev.migrator.testing.Browser;
import dev.migrator.testing.RequiresBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser. The pictures stay in {@code target/pages}, for a person to look at. */
@RequiresBrowser
class VerifyPageTest {

  private static final Path PICTURES = Path.of("target", "pages");

  @TempDir
  static Path folder;

  private static Path page;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(PICTURES);
    page =
        Files.writeString(folder.resolve("verify.html"), VerifyPage.of(SampleVerification.REPORT));
    browser = Browser.start(folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @ParameterizedTest(name = "{0} x {1}, {2}")
  @CsvSource({"360,740,light", "360,740,dark", "1280,900,light", "1280,900,dark"})
  void isReadableOnEveryScreen(int width, int height, String scheme) throws Exception {
    browser.open(page, width, height, scheme);
    browser.picture(PICTURES.resolve("verify-" + width + "-" + scheme + ".png"));
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true), true");

    assertThat(browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing sticks out at the side")
        .isEqualTo("true");
    assertThat(browser.evaluate("window.innerWidth")).isEqualTo(Integer.toString(width));
    assertThat(browser.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
        .isEqualTo("16");
    assertThat(browser.evaluate(LOWEST_CONTRAST))
        .as("contrast of text and ground (WCAG 2.2, 1.4.3)")
        .satisfies(lowest -> assertThat(Double.parseDouble(lowest)).isGreaterThanOrEqualTo(4.5));
  }

  @ParameterizedTest
  @CsvSource({"360,740", "1280,900"})
  void longLinesAreFolded(int width, int height) throws Exception {
    VerifyReport sample = SampleVerification.REPORT;
    String sentence = "the rollback of a migration with a_rather_long_name failed: ".repeat(12);
    Path other = Files.writeString(
        folder.resolve("long.html"),
        VerifyPage.of(new VerifyReport(
            sample.server(),
            sample.migrations(),
            List.of(new Check("all taken back", Result.FAILED, sentence, Duration.ofMillis(8))),
            List.of(sentence),
            sample.duration())));
    browser.open(other, width, height, "light");
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing sticks out at the side")
        .isEqualTo("true");
    assertThat(browser.evaluate(
            "[...document.querySelectorAll('pre')].every(p => p.scrollWidth <= p.clientWidth)"))
        .as("nothing has to be scrolled for")
        .isEqualTo("true");
  }

  @Test
  void asksNobodyForAnythingAndBreaksNoPolicy() throws Exception {
    browser.open(page, 360, 740, "light");
    assertThat(browser.requests()).as("its own file").hasSize(1);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.evaluate(
            "document.querySelectorAll('script, link, img, iframe, [style]').length"))
        .isEqualTo("0");
    assertThat(
            browser.evaluate("getComputedStyle(document.querySelector('.timeline')).listStyleType"))
        .as("the policy lets its own style through")
        .isEqualTo("none");
    browser.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<i style=\"color: rgb(1, 2, 3)\" id=foreign>x</i>'), true");
    assertThat(browser.evaluate("getComputedStyle(document.getElementById('foreign')).color"))
        .as("and no other")
        .isNotEqualTo("rgb(1, 2, 3)");
  }

  @Test
  void isWorkedWithTheKeyboardAlone() throws Exception {
    browser.open(page, 1280, 900, "light");
    browser.press("Tab", 9);
    assertThat(browser.evaluate("document.activeElement.textContent")).isEqualTo("To the timeline");
    browser.press("Enter", 13);
    browser.press("Tab", 9);
    assertThat(browser.evaluate("document.activeElement.tagName")).isEqualTo("SUMMARY");
    assertThat(browser.evaluate("document.activeElement.textContent"))
        .contains("0001 create_people");
    assertThat(browser.evaluate("document.activeElement.parentElement.open")).isEqualTo("false");
    browser.press("Enter", 13);
    assertThat(browser.evaluate("document.activeElement.parentElement.open")).isEqualTo("true");
    assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        .isEqualTo("solid");
  }

  @Test
  void textsOfMigrationsStayTexts() throws Exception {
    browser.open(page, 1280, 900, "light");
    assertThat(browser.evaluate("document.querySelectorAll('.timeline > li').length"))
        .isEqualTo("9");
    assertThat(browser.evaluate("document.querySelectorAll('details[open]').length"))
        .isEqualTo("4");
    assertThat(browser.evaluate("document.querySelector('#m3 b').textContent"))
        .isEqualTo("0003 <b>prices</b> | *bold* @ada");
    assertThat(browser.evaluate("document.querySelector('#m3 pre').textContent"))
        .contains("</pre><script>alert(1)</script>");
  }

  /** Of all elements that hold text themselves, against the nearest ground that is not transparent. */
  private static final String LOWEST_CONTRAST = """
      (() => {
        const numbers = c => c.match(/[\\d.]+/g).map(Number);
        const light = c => {
          const [r, g, b] = numbers(c).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = e => {
          for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (numbers(c)[3] !== 0) { return c; }
          }
          return 'rgb(255, 255, 255)';
        };
        let lowest = 21;
        for (const e of document.body.querySelectorAll('*')) {
          if ([...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) {
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
            lowest = Math.min(lowest, (a + 0.05) / (b + 0.05));
          }
        }
        return lowest;
      })()""";
}
