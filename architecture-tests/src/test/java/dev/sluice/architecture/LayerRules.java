package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/// Which packages may depend on which.
final class LayerRules {

  private LayerRules() {}

  /// Adapters depend on the application and the event format, both depend on the domain, and only
  /// the server depends on all.
  ///
  /// Every class must be in a layer: none of these rules would apply to a package outside them.
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
        .because("code that changes often may depend on code that changes seldom, not vice versa");
  }

  /// The console and the server share the HTTP contract but no class.
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
        .because("with a shared class the console could do what other HTTP clients cannot");
  }

  /// No adapter depends on another one.
  static ArchRule adaptersDoNotKnowEachOther(String root) {
    return slices()
        .matching(root + ".adapter.(*)..")
        .should()
        .notDependOnEachOther()
        .because("a storage that needs the web server's classes cannot be replaced on its own");
  }

  /// No two packages depend on each other, directly or indirectly.
  static ArchRule packagesHaveNoCycles(String root) {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a cycle can only be read, tested and moved together");
  }
}
