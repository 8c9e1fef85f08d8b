package violation.server;

/// An exception whose name does not end with Exception.
public final class Mishap extends IllegalStateException {}
