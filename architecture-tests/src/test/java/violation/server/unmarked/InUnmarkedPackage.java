package violation.server.unmarked;

/// Its package has no package-info.
public final class InUnmarkedPackage {}
