package violation.domain.port;

/// Code among the ports.
public final class Behaviour {}
