package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toList;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.stream.Stream;

/// Which packages may use which libraries.
final class TechnologyRules {

  private TechnologyRules() {}

  /// Each technology has its packages, and no other package uses it.
  static ArchRule technologiesStayAtHome(String root) {
    return Stream.of(Technology.values())
        .map(technology -> staysAtHome(root, technology))
        .collect(collectingAndThen(toList(), CompositeArchRule::of))
        .as("each technology should be known only at its home")
        .because("a library that is used in one place can be replaced in one place");
  }

  /// View models can be tested without a screen.
  static ArchRule viewModelsKnowNoSceneGraph(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".admin.viewmodel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..")
        .because("code that uses controls can only be tested with a screen");
  }

  private static ArchRule staysAtHome(String root, Technology technology) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(below(technology.homes(root)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(below(technology.packages()));
  }

  private static String[] below(Stream<String> packages) {
    return packages.map(name -> name + "..").toArray(String[]::new);
  }
}
