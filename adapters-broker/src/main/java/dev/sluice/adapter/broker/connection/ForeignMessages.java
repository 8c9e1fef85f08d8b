package dev.sluice.adapter.broker.connection;

/// Receives messages that other programs published.
@FunctionalInterface
public interface ForeignMessages {

  /// Must return at once, because the thread that reads from RabbitMQ calls it.
  void receive(ForeignMessage message);
}
