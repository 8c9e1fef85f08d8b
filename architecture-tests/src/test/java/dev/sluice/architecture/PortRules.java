package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.lang.ArchRule;

/// What a port looks like, and what its adapters owe it.
final class PortRules {

  private PortRules() {}

  /// The port package holds promises and the values they speak of.
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
        .because("code in the port package would be behaviour that no adapter can change");
  }

  /// A port has no default methods.
  static ArchRule portsHaveNoDefaultMethods(String root) {
    return methods()
        .that()
        .areDeclaredInClassesThat(resideInAPackage(root + ".domain.port").and(INTERFACES))
        .should()
        .haveModifier(ABSTRACT)
        .because("a default that does nothing is a promise which an adapter breaks unnoticed");
  }

  /// Each implementation of a port has, beside it, a test that implements the port's contract.
  static ArchRule implementationsKeepTheirContract(String root) {
    return classes()
        .that()
        .resideOutsideOfPackage(root + ".domain..")
        .should(new HaveContractTest(root, TestClasses.ofAllModules()))
        .because("an adapter is what its contract's tests say, not what its method names promise");
  }
}
