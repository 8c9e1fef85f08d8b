package violation.adapter.memory;

import violation.domain.port.EventStore;

/// A port is implemented and no contract says how well.
public final class UntestedEventStore implements EventStore {}
