package violation.adapter.memory;

import violation.domain.port.EventStore;

/// Implements a port without a contract test.
public final class UntestedEventStore implements EventStore {}
