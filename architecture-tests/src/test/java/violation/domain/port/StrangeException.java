package violation.domain.port;

/// An exception in the port package that is not a [PortException].
public final class StrangeException extends IllegalStateException {}
