package violation.server;

import violation.domain.port.PortException;

/// A port exception outside an adapter.
public final class ServerBrokePortException extends PortException {}
