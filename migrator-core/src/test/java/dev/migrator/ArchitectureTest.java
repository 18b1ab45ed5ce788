package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.migrator.architecture.House;
import dev.migrator.architecture.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("any-server")
class ArchitectureTest {
  private static final House HOUSE = new House("dev.migrator");
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.migrator");

  /** Breaks every rule, each in one place. */
  private static final House BROKEN_HOUSE = new House("dev.migrator.architecture.broken");

  private static final JavaClasses BROKEN =
      new ClassFileImporter().importPackages(BROKEN_HOUSE.base());

  @Test
  void rooms_import_only_what_the_house_allows() {
    Rules.imports(HOUSE).check(CLASSES);
  }

  @Test
  void packages_have_no_cycles() {
    Rules.noCycles().check(CLASSES);
  }

  @Test
  void every_package_is_null_marked() {
    Rules.nullMarked().check(CLASSES);
  }

  @Test
  void names_say_what_a_type_is() {
    Rules.noVagueNames().check(CLASSES);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void a_violation_is_noticed(ArchRule rule, String message) {
    assertThatThrownBy(() -> rule.check(BROKEN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> a_violation_is_noticed() {
    ArchRule imports = Rules.imports(BROKEN_HOUSE);
    return Stream.of(
        Arguments.of(imports, "internal.text may not import internal.sql"),
        Arguments.of(imports, "internal.sql may not import the door"),
        Arguments.of(imports, "only internal.jdbc may use java.sql.*"),
        Arguments.of(imports, "only internal.jdbc may use javax.sql.*"),
        Arguments.of(imports, "only internal.jdbc may use org.postgresql.*"),
        Arguments.of(imports, "only cli may use picocli.*"),
        Arguments.of(imports, "only cli may use org.tomlj.*"),
        Arguments.of(imports, "only verify.junit may use org.junit.*"),
        Arguments.of(imports, "Cellar is in no room of the house"),
        Arguments.of(Rules.noCycles(), "Cycle detected"),
        Arguments.of(Rules.nullMarked(), "cellar lacks @NullMarked"),
        Arguments.of(Rules.noVagueNames(), "TextUtil has a name that says nothing"));
  }

  @Test
  void what_the_house_allows_is_no_violation() {
    assertThat(Rules.imports(BROKEN_HOUSE).evaluate(BROKEN).getFailureReport().toString())
        .doesNotContain("the door may not import", "Door.<init>", "Allowed");
  }
}
