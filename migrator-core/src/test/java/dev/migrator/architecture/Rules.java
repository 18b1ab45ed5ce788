package dev.migrator.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** The rules that hold for every class of migrator-core. */
public final class Rules {
  private static final Pattern VAGUE = Pattern.compile(
      "Db\\p{Upper}.*|.*(Manager|Helper|Util|Utils|Processor|Handler|Info|Impl|Data)");

  private Rules() {}

  /**
   * Classes live in rooms, and rooms import only what the house allows.
   *
   * @param house the rooms
   * @return the rule
   */
  public static ArchRule imports(House house) {
    return classes("live in a room and import only what the house allows", (type, events) -> {
      if (house.roomOf(type.getPackageName()).isEmpty()) {
        events.add(violated(type, type.getName() + " is in no room of the house"));
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        house
            .objection(dependency)
            .ifPresent(objection ->
                events.add(violated(type, objection + ": " + dependency.getDescription())));
      }
    });
  }

  /**
   * No package needs, over any detour, a package that needs it.
   *
   * @return the rule
   */
  public static ArchRule noCycles() {
    return slices()
        .assignedFrom(new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
          }

          @Override
          public String getDescription() {
            return "packages";
          }
        })
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  /**
   * Null is an error wherever it is not announced.
   *
   * @return the rule
   */
  public static ArchRule nullMarked() {
    return classes("be in a package that is @NullMarked", (type, events) -> {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        events.add(violated(type, type.getPackageName() + " lacks @NullMarked"));
      }
    });
  }

  /**
   * Names say what a type is.
   *
   * @return the rule
   */
  public static ArchRule noVagueNames() {
    return classes("have a name that says what they are", (type, events) -> {
      if (VAGUE.matcher(type.getSimpleName()).matches()) {
        events.add(violated(type, type.getName() + " has a name that says nothing"));
      }
    });
  }

  private static ArchRule classes(String text, BiConsumer<JavaClass, ConditionEvents> check) {
    ArchCondition<JavaClass> condition = new ArchCondition<>(text) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.accept(type, events);
      }
    };
    return ArchRuleDefinition.classes().should(condition).allowEmptyShould(true);
  }

  private static ConditionEvent violated(JavaClass type, String message) {
    return SimpleConditionEvent.violated(type, message);
  }
}
