package violation.domain.port;

/// An exception of a port that no one catches as such.
public final class StrangeException extends IllegalStateException {}
