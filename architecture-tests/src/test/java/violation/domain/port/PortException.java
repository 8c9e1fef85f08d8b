package violation.domain.port;

/// What the seeded port exception extends.
public class PortException extends IllegalStateException {}
