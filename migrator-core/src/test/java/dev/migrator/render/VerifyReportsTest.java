package dev.migrator.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.DataVerdict;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reports of a verification beside what is expected of them. */
class VerifyReportsTest {

  static Stream<Arguments> rendered() {
    return Stream.of(
        Arguments.of("verify.txt", VerifyText.of(SampleVerification.REPORT)),
        Arguments.of("verify-passed.txt", VerifyText.of(SampleVerification.PASSED)),
        Arguments.of("verify-nothing.txt", VerifyText.of(SampleVerification.NOTHING)),
        Arguments.of("verify.json", VerifyJson.of(SampleVerification.REPORT)),
        Arguments.of("verify-passed.json", VerifyJson.of(SampleVerification.PASSED)),
        Arguments.of("verify.xml", VerifyJunit.of(SampleVerification.REPORT)),
        Arguments.of("verify-passed.xml", VerifyJunit.of(SampleVerification.PASSED)),
        Arguments.of("verify.md", VerifyMarkdown.of(SampleVerification.REPORT)),
        Arguments.of("verify-passed.md", VerifyMarkdown.of(SampleVerification.PASSED)),
        Arguments.of("verify.html", VerifyPage.of(SampleVerification.REPORT)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rendered")
  void isRenderedAsExpected(String file, String text) {
    Golden.check(file, text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rendered")
  void showsNoSecretAndNothingThatActs(String file, String text) {
    assertThat(text).doesNotContain("secret", "\u0007");
    if (file.endsWith("xml") || file.endsWith("html")) {
      assertThat(text).doesNotContain("<script", "<b>prices");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rendered")
  void saysWhetherItPassed(String file, String text) {
    boolean passed = file.contains("passed") || file.contains("nothing");
    assertThat(text)
        .containsIgnoringCase(
            switch (file.substring(file.lastIndexOf('.'))) {
              case ".json" -> "\"passed\": " + passed;
              case ".xml" -> "failures=\"" + (passed ? 0 : 5);
              default -> passed ? "passed" : "not passed";
            });
  }

  /** What Surefire's schema asks for, and with it the readers that CI servers have. */
  @Test
  void ofTestResultsEveryNumberIsTheSumOfItsCases() throws Exception {
    Element suite = xml(VerifyJunit.of(SampleVerification.REPORT)).getDocumentElement();
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("name")).isNotEmpty();
    List<Element> cases = elements(suite, "testcase");
    assertThat(cases).hasSize(12);
    assertThat(suite.getAttribute("tests")).isEqualTo("12");
    assertThat(suite.getAttribute("failures"))
        .isEqualTo(Integer.toString(elements(suite, "failure").size()));
    assertThat(suite.getAttribute("skipped"))
        .isEqualTo(Integer.toString(elements(suite, "skipped").size()));
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(cases).allSatisfy(element -> {
      assertThat(element.getAttribute("name")).isNotEmpty();
      assertThat(element.getAttribute("classname")).startsWith("migrations");
      assertThat(element.getAttribute("time")).matches("\\d+\\.\\d{3}");
      assertThat(elements(element, "*").size()).isLessThanOrEqualTo(1);
    });
    assertThat(elements(suite, "failure")).allSatisfy(element -> {
      assertThat(element.getAttribute("type")).isNotEmpty();
      assertThat(element.getAttribute("message")).isNotEmpty();
    });
    assertThat(cases.get(2).getAttribute("name")).isEqualTo("0003 <b>prices</b> | *bold* @ada");
    assertThat(cases.get(2).getTextContent()).contains("</pre><script>alert(1)</script>");
  }

  @Test
  @PostgresTest
  void theServerReadsTheJson(TestDatabase database) {
    assertThat(database.value(
            "select (d -> 'migrations' -> 2 -> 'afterDown' -> 'changes' -> 1 ->> 'name')"
                + " from (select ?::jsonb as d) as document",
            VerifyJson.of(SampleVerification.REPORT)))
        .isEqualTo("price");
  }

  @Test
  void aSummaryOfAThousandFailuresFitsIntoAComment() {
    List<VerifiedMigration> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(SampleVerification.REPORT.migrations().get(2));
    }
    String markdown =
        VerifyMarkdown.of(new VerifyReport("", many, List.of(), List.of(), Duration.ofHours(1)));
    assertThat(markdown).hasSizeLessThan(65_536).contains("and 980 more.");
  }

  @Test
  void aSummaryOfLongTextsFitsIntoAComment() {
    VerifiedMigration lost = SampleVerification.REPORT.migrations().get(2);
    VerifiedMigration wordy = new VerifiedMigration(
        lost.migration(),
        RollbackVerdict.DOWN_FAILS,
        ("x".repeat(190) + "\n").repeat(100),
        null,
        null,
        DataVerdict.LOST,
        List.of(),
        lost.complexity(),
        List.of(),
        lost.up(),
        lost.down(),
        lost.again());
    String markdown = VerifyMarkdown.of(new VerifyReport(
        "server ".repeat(10_000),
        Collections.nCopies(30, wordy),
        List.of(),
        Collections.nCopies(1_000, "a long note ".repeat(50)),
        Duration.ofHours(1)));
    assertThat(markdown)
        .hasSizeLessThan(65_536)
        .contains("and 27 more.")
        .containsPattern("- and 9[0-9]{2} more\n");
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
