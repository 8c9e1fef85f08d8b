package violation.adapter.memory;

import violation.adapter.broker.BrokerAdapter;

/// An adapter depends on another one.
public record KnowsBroker(BrokerAdapter other) {}
