package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// The classes of the product, from this module's class path.
final class Product {

  static final String ROOT = "dev.sluice";

  private static final String CONTRACTS = ROOT + ".contract..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private Product() {}

  /// Returns the production classes of every module.
  static JavaClasses classes() {
    return ALL.that(resideOutsideOfPackage(CONTRACTS));
  }

  /// Returns the contracts: production classes of their module, but tests by purpose.
  static JavaClasses contracts() {
    return ALL.that(resideInAPackage(CONTRACTS));
  }
}
