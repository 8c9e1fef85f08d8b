package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// What ships, as the class path of this module has it.
final class Product {

  static final String ROOT = "dev.sluice";

  private static final String CONTRACTS = ROOT + ".contract..";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private Product() {}

  /// Production classes of every module.
  static JavaClasses classes() {
    return ALL.that(resideOutsideOfPackage(CONTRACTS));
  }

  /// The contracts: production classes of their module, and tests by what they do.
  static JavaClasses contracts() {
    return ALL.that(resideInAPackage(CONTRACTS));
  }
}
