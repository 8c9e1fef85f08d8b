package dev.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ANONYMOUS_CLASSES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.RECORDS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/// How classes are built, named and hidden.
final class ShapeRules {

  private ShapeRules() {}

  /// An adapter exposes the class that creates it and the record with its settings. Its other
  /// public types are only for its own sub-packages.
  static ArchRule adaptersHideTheirInsides(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".adapter..")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .haveSimpleNameEndingWith("Adapter")
        .orShould()
        .haveSimpleNameEndingWith("Settings")
        .orShould(new StayInsideAdapter(root + ".adapter"))
        .because("other public types get used, and then the adapter can no longer be redesigned");
  }

  /// At least 65 % of the types in adapters are package-private. The others are public for packages
  /// of the same adapter, or create and configure the adapter (ADR 31).
  static ArchRule adaptersAreMostlyHidden(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".adapter..")
        .should(new HideAtLeast(0.65))
        .because("an adapter that exposes much will be used as a library");
  }

  /// At least 45 % of all types are package-private, including the domain's public types (ADR 31).
  static ArchRule manyTypesAreHidden(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new HideAtLeast(0.45))
        .because("a public type binds all code, a package-private one only its own package");
  }

  /// A package has at most 45 files.
  static ArchRule packagesAreSmall(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new FitInPackages(45))
        .because("in a longer list a file is hard to find");
  }

  /// A constructor takes at most seven parameters.
  ///
  /// A record may have more, because its components are its state. Constructors of enums and of
  /// anonymous classes have parameters in the class file that are not in the source.
  static ArchRule constructorsTakeFewParameters(String root) {
    return constructors()
        .that()
        .areDeclaredInClassesThat(
            resideInAPackage(root + "..")
                .and(not(RECORDS))
                .and(not(ENUMS))
                .and(not(ANONYMOUS_CLASSES)))
        .should(new TakeAtMost(7))
        .because("a constructor with more parameters needs a record for them");
  }

  /// Every package is marked as containing no null values.
  static ArchRule packagesAreNullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new BeInNullMarkedPackage())
        .because("the compiler does not check for null in an unmarked package");
  }

  /// Domain values are immutable, and no class of the domain has a mutable field.
  static ArchRule domainValuesAreImmutable(String root) {
    ArchRule values =
        classes()
            .that()
            .resideInAPackage(root + ".domain.event")
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAssignableTo(Throwable.class)
            .should()
            .beRecords()
            .because("events are facts, and threads share them without a lock");
    ArchRule finalFields =
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(root + ".domain..")
            .should()
            .beFinal()
            .because("immutable objects can be passed to other threads safely");
    return CompositeArchRule.of(values).and(finalFields);
  }

  /// A name describes its class, which these words do not.
  static ArchRule namesAreNotVague(String root) {
    String vague = "Abstract\\w*|\\w*(Util|Utils|Helper|Helpers|Manager|Impl|Common|Base)";
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*[.$](" + vague + ")")
        .because("a class with such a name attracts unrelated code");
  }

  /// The names of exceptions end with Exception.
  static ArchRule exceptionsSayThatTheyAre(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areAssignableTo(Throwable.class)
        .should()
        .haveSimpleNameEndingWith("Exception")
        .because("signatures and logs show only the name");
  }

  /// Only adapters create exceptions of ports.
  static ArchRule onlyAdaptersBreakPorts(String root) {
    String ports = root + ".domain.port";
    return classes()
        .that(assignableTo(ports + ".PortException"))
        .should()
        .resideInAnyPackage(ports, root + ".adapter..")
        .because("code that catches a port's exception assumes that something outside has failed");
  }
}
