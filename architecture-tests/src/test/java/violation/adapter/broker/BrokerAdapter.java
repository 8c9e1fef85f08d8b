package violation.adapter.broker;

/// What another adapter must not know.
public final class BrokerAdapter {}
