package violation.server;

import violation.domain.port.PortException;

/// A port that broke outside of an adapter.
public final class ServerBrokePortException extends PortException {}
