package dev.sluice.server;

/// The version of the program.
final class Version {

  private Version() {}

  /// Returns the version in the jar's manifest; `dev` when run from classes.
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
