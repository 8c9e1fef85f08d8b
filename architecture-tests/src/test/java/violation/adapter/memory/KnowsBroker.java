package violation.adapter.memory;

import violation.adapter.broker.BrokerAdapter;

/// An adapter knows another one.
public record KnowsBroker(BrokerAdapter other) {}
