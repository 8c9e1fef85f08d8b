package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.connection.ConsumerChannel;

/// A message that another program published, or that was damaged on its way.
final class ForeignMessage {

  private final ConsumerChannel consumerChannel;
  private final long tag;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param consumerChannel over which it came
  /// @param tag its name there
  ForeignMessage(
      ConsumerChannel consumerChannel, long tag, BasicProperties properties, byte[] body) {
    this.consumerChannel = consumerChannel;
    this.tag = tag;
    this.properties = properties;
    this.body = body;
  }

  /// As they came.
  BasicProperties properties() {
    return properties;
  }

  /// As it came.
  byte[] body() {
    return body;
  }

  /// Whether RabbitMQ still waits to hear of it from this node.
  boolean isHeld() {
    return consumerChannel.isOpen();
  }

  /// It is done with: RabbitMQ may forget it.
  void done() {
    consumerChannel.acknowledge(tag);
  }
}
