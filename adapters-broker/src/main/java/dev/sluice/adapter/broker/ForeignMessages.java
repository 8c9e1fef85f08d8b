package dev.sluice.adapter.broker;

/// Receives messages that other programs published.
@FunctionalInterface
interface ForeignMessages {

  /// Must return at once, because the thread that reads from RabbitMQ calls it.
  void receive(ForeignMessage message);
}
