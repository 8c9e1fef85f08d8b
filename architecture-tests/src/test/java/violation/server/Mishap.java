package violation.server;

/// An exception under another name.
public final class Mishap extends IllegalStateException {}
