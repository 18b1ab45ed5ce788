package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.json.JsonNode;
import dev.migrator.internal.json.JsonReader;
import dev.migrator.migration.FailureCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/micronaut-reference.md}, made of the configuration metadata, which editors read too; {@code
 * -Dmigrator.golden.rewrite=true} writes it anew.
 */
class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/micronaut-reference.md");

  @Test
  void the_page_is_what_the_metadata_say() throws Exception {
    String text = page();
    if (Boolean.getBoolean("migrator.golden.rewrite")) {
      Files.writeString(PAGE, text);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(text);
  }

  @Test
  void every_property_of_a_data_source_is_described() throws Exception {
    assertThat(properties())
        .allSatisfy(property ->
            assertThat(property.members()).as(name(property)).containsKey("description"));
    assertThat(properties().map(ReferencePageTest::name))
        .containsAll(BootSettings.keys()
            .map(key -> DataSourceSettings.property("*", key))
            .toList());
  }

  private static String page() throws Exception {
    Map<String, StringBuilder> groups = new TreeMap<>();
    properties().forEach(property -> {
      String name = name(property);
      int dot = name.lastIndexOf('.');
      groups
          .computeIfAbsent(
              name.substring(0, dot).replace("*", "<name>"), ReferencePageTest::heading)
          .append("| `%s` | %s | %s | %s |\n"
              .formatted(
                  name.substring(dot + 1),
                  type(property.member("type").string()),
                  property.members().containsKey("defaultValue")
                      ? "`" + property.member("defaultValue").string() + "`"
                      : "",
                  description(property)));
    });
    return """
        # Micronaut: all properties

        Made of the configuration metadata of `micronaut-integration`, which editors read too. [Micronaut](micronaut.md) explains them. Each can be given as an
        environment variable: `MIGRATOR_DATASOURCES_ARCHIVE_LOCK_WAIT=10m`. Times are written with their unit: `500ms`, `30s`, `5m`, `1h`.
        """ + String.join("", groups.values());
  }

  private static StringBuilder heading(String group) {
    return new StringBuilder("""

        ## `%s.`

        | property | type | default | |
        |---|---|---|---|
        """.formatted(group));
  }

  private static String type(String type) {
    return switch (type.substring(type.lastIndexOf('.') + 1)) {
      case "boolean", "Boolean" -> "`true` or `false`";
      case "List" -> "list";
      case "Map" -> "names and values";
      case "int", "long", "Integer", "Long" -> "number";
      default -> "text";
    };
  }

  private static String description(JsonNode property) {
    return property
        .member("description")
        .string()
        .replaceAll("\\s+", " ")
        // One level of braces within: {@code ${name}}.
        .replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
        .replace("|", "\\|");
  }

  private static String name(JsonNode property) {
    return property.member("name").string();
  }

  private static Stream<JsonNode> properties() throws IOException, URISyntaxException {
    Path classes = Path.of(DataSourceSettings.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .toURI());
    Path metadata = classes.resolve("META-INF/spring-configuration-metadata.json");
    List<JsonNode> properties = JsonReader.read(
            metadata.toString(), Files.readString(metadata), FailureCode.CONFIGURATION_INVALID)
        .member("properties")
        .elements();
    // The compiler's order is not always the same.
    return properties.stream().sorted(Comparator.comparing(ReferencePageTest::name));
  }
}
