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

/// How single classes are made, named and hidden.
final class ShapeRules {

  private ShapeRules() {}

  /// An adapter shows the class that makes it and the record that sets it up. Other public types
  /// are there for its own sub-packages, and nothing else uses them.
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
        .because("whatever else is public gets used, and then the adapter cannot be rebuilt");
  }

  /// At least 65 % of the types in adapters are package-private. The rest is public for the
  /// packages of the same adapter, or makes the adapter and sets it up (ADR 31).
  static ArchRule adaptersAreMostlyHidden(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".adapter..")
        .should(new HideAtLeast(0.65))
        .because("an adapter that shows much is a library, and somebody will use it as one");
  }

  /// At least 45 % of all types are package-private, the domain's public words included (ADR 31).
  static ArchRule manyTypesAreHidden(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new HideAtLeast(0.45))
        .because("a public type binds everybody, a package-private one only its neighbours");
  }

  /// A package holds at most 45 files.
  static ArchRule packagesAreSmall(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new FitInPackages(45))
        .because("in a longer list nobody finds a file by guessing where it is");
  }

  /// A constructor takes at most seven parameters.
  ///
  /// A record's components are its state, so it may have more. Constructors of enums and of
  /// anonymous classes have parameters in the class file that nobody wrote.
  static ArchRule constructorsTakeFewParameters(String root) {
    return constructors()
        .that()
        .areDeclaredInClassesThat(
            resideInAPackage(root + "..")
                .and(not(RECORDS))
                .and(not(ENUMS))
                .and(not(ANONYMOUS_CLASSES)))
        .should(new TakeAtMost(7))
        .because("a constructor with more parameters is a record that was not seen");
  }

  /// Every package says that null is no value in it.
  static ArchRule packagesAreNullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new BeInNullMarkedPackage())
        .because("in an unmarked package the compiler checks no null");
  }

  /// Values of the domain cannot change, and no class of the domain has a field that can.
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
            .because("events are facts, and are shared by threads without a lock");
    ArchRule finalFields =
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(root + ".domain..")
            .should()
            .beFinal()
            .because("what cannot change can be handed to another thread as it is");
    return CompositeArchRule.of(values).and(finalFields);
  }

  /// A name says what its class does, which these words do not.
  static ArchRule namesAreNotVague(String root) {
    String vague = "Abstract\\w*|\\w*(Util|Utils|Helper|Helpers|Manager|Impl|Common|Base)";
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*[.$](" + vague + ")")
        .because("a class with such a name attracts whatever has no place");
  }

  /// Exceptions end in Exception.
  static ArchRule exceptionsSayThatTheyAre(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areAssignableTo(Throwable.class)
        .should()
        .haveSimpleNameEndingWith("Exception")
        .because("in a signature and in a log the name is all there is to see");
  }

  /// A port is broken by its adapter: nobody else makes exceptions of that kind.
  static ArchRule onlyAdaptersBreakPorts(String root) {
    String ports = root + ".domain.port";
    return classes()
        .that(assignableTo(ports + ".PortException"))
        .should()
        .resideInAnyPackage(ports, root + ".adapter..")
        .because("who catches a port's exception takes it that something outside has failed");
  }
}
