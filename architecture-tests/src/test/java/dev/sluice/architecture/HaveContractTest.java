package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/// Requires a contract test for every port that a class implements.
///
/// A port without a contract must be named here, so that a new port is not overlooked.
final class HaveContractTest extends ArchCondition<JavaClass> {

  /// Handlers are the user's code and listeners only receive: neither promises anything.
  private static final Set<String> WITHOUT_CONTRACT = Set.of("EventHandler", "TransitionListener");

  private final String root;
  private final JavaClasses tests;

  HaveContractTest(String root, JavaClasses tests) {
    super("have a test in their package, or below it, that implements the contract of their port");
    this.root = root;
    this.tests = tests;
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    if (!isConcrete(item)) {
      return;
    }
    ports(item)
        .map(port -> root + ".contract." + port.getSimpleName() + "Contract")
        .filter(contract -> !isTested(item.getPackageName(), contract))
        .map(contract -> item.getDescription() + " has no test beside it that is a " + contract)
        .forEach(message -> events.add(SimpleConditionEvent.violated(item, message)));
  }

  private Stream<JavaClass> ports(JavaClass item) {
    return item.getAllRawInterfaces().stream()
        .filter(this::isPort)
        .filter(type -> !WITHOUT_CONTRACT.contains(type.getSimpleName()));
  }

  /// Stores are ports too where they stand with the values that they keep.
  private boolean isPort(JavaClass type) {
    String domain = root + ".domain.";
    return type.getPackageName().equals(domain + "port")
        || (type.getPackageName().startsWith(domain) && type.getSimpleName().endsWith("Store"));
  }

  private boolean isTested(String packageName, String contract) {
    return tests.stream()
        .filter(HaveContractTest::isConcrete)
        .filter(test -> (test.getPackageName() + ".").startsWith(packageName + "."))
        .flatMap(test -> test.getAllRawInterfaces().stream())
        .anyMatch(type -> type.getName().equals(contract));
  }

  private static boolean isConcrete(JavaClass type) {
    return !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
  }
}
