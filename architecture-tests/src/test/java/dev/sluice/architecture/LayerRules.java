package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/// Which package may know which.
final class LayerRules {

  private LayerRules() {}

  /// Adapters know the application and the format of events, both know the domain, only the server
  /// knows all.
  ///
  /// Every class has to be in a layer: a package beside them would be free of all these rules.
  static ArchRule layersPointInward(String root) {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("domain")
        .definedBy(root + ".domain..")
        .layer("application")
        .definedBy(root + ".application..")
        .layer("format")
        .definedBy(root + ".format..")
        .layer("adapters")
        .definedBy(root + ".adapter..")
        .layer("server")
        .definedBy(root + ".server..")
        .layer("admin")
        .definedBy(root + ".admin..")
        .whereLayer("domain")
        .mayNotAccessAnyLayer()
        .whereLayer("application")
        .mayOnlyBeAccessedByLayers("format", "adapters", "server")
        .whereLayer("format")
        .mayOnlyBeAccessedByLayers("adapters", "server")
        .whereLayer("adapters")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("admin")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("admin")
        .mayNotAccessAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .because("what changes often may know what changes seldom, never the other way round");
  }

  /// The console and the server share the HTTP contract and not one class.
  static ArchRule consoleSpeaksOnlyHttp(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".admin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            root + ".domain..",
            root + ".application..",
            root + ".format..",
            root + ".adapter..",
            root + ".server..")
        .because("a shared class would let the console work where another HTTP client does not");
  }

  /// No adapter depends on another.
  static ArchRule adaptersDoNotKnowEachOther(String root) {
    return slices()
        .matching(root + ".adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .because("a storage that needs the web server's classes cannot be replaced alone");
  }

  /// No two packages need each other, directly or round about.
  static ArchRule packagesHaveNoCycles(String root) {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a cycle can only be read, tested and moved together");
  }
}
