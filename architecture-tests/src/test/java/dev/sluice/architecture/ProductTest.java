package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The product complies with every rule.
final class ProductTest {

  /// Guards against a rule that passes because its classes were not imported.
  @ParameterizedTest
  @CsvSource({
    "domain.event, 5",
    "domain.delivery, 15",
    "domain.subscription, 5",
    "domain.port, 15",
    "application, 3",
    "application.intake, 5",
    "application.operate, 10",
    "application.work, 10",
    "format, 20",
    "adapter.memory, 12",
    "adapter.http, 35",
    "adapter.webhook, 30",
    "server, 10",
    "admin, 3",
    "admin.api, 20",
    "admin.poll, 5",
    "admin.model, 10",
    "admin.viewmodel, 30",
    "admin.view, 10",
    "admin.view.events, 15",
  })
  void package_isImported(String name, int atLeast) {
    var classes = Product.classes().that(resideInAPackage(Product.ROOT + '.' + name));

    assertThat(classes).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void productClasses_keepRule(Rule rule) {
    rule.of(Product.ROOT).check(Product.classes());
  }

  @Test
  void testsOfAllModules_areNotSkipped() {
    HygieneRules.noTestIsSkipped(Product.ROOT).check(TestClasses.ofAllModules());
  }

  @Test
  void contracts_areNotSkipped() {
    HygieneRules.noTestIsSkipped(Product.ROOT).check(Product.contracts());
  }
}
