package dev.sluice.server;

/// The version of the program.
final class Version {

  private Version() {}

  /// As the jar's manifest says; `dev` when run from classes.
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
