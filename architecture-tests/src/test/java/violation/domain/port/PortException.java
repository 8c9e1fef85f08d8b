package violation.domain.port;

/// The superclass of the seeded port exception.
public class PortException extends IllegalStateException {}
