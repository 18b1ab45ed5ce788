package dev.migrator.demo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.migrator.demo");

  @Test
  void the_engine_is_used_through_its_door_only() {
    classes()
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackage("dev.migrator..")
            .or(resideInAnyPackage(
                "dev.migrator",
                "dev.migrator.micronaut..",
                "dev.migrator.demo..",
                "dev.migrator.migration..",
                "dev.migrator.report..",
                "dev.migrator.config..",
                "dev.migrator.event..")))
        .check(CLASSES);
  }

  @Test
  void every_package_is_null_marked() {
    CLASSES.forEach(type -> {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        throw new AssertionError(type.getPackageName() + " lacks @NullMarked");
      }
    });
  }
}
