package violation.adapter.broker;

/// A class that other adapters must not know.
public final class BrokerAdapter {}
