package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.lang.ArchRule;

/// The form of ports, and the contracts of their implementations.
final class PortRules {

  private PortRules() {}

  /// The port package contains only interfaces and the values that they use.
  static ArchRule portPackageHoldsPromises(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".domain.port")
        .and()
        .areTopLevelClasses()
        .should()
        .beInterfaces()
        .orShould()
        .beRecords()
        .orShould()
        .beEnums()
        .orShould()
        .beAssignableTo(root + ".domain.port.PortException")
        .because("code in the port package is behaviour that no adapter can change");
  }

  /// A port has no default methods.
  static ArchRule portsHaveNoDefaultMethods(String root) {
    return methods()
        .that()
        .areDeclaredInClassesThat(
            resideInAPackage(root + ".domain.port")
                .or(resideInAPackage(root + ".domain..").and(simpleNameEndingWith("Store")))
                .and(INTERFACES))
        .should()
        .haveModifier(ABSTRACT)
        .because("an adapter that forgets to override a default breaks the contract unnoticed");
  }

  /// Each implementation of a port has a test in its package, or below, that implements the port's
  /// contract.
  static ArchRule implementationsKeepTheirContract(String root) {
    return classes()
        .that()
        .resideOutsideOfPackage(root + ".domain..")
        .should(new HaveContractTest(root, TestClasses.ofAllModules()))
        .because("only the tests of its contract show that an adapter keeps it, not method names");
  }
}
