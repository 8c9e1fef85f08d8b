package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.connection.ConsumerChannel;

/// A message that another program published, or one of ours that was damaged.
final class ForeignMessage {

  private final ConsumerChannel consumerChannel;
  private final long tag;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param consumerChannel the channel over which it came
  /// @param tag its delivery tag on that channel
  ForeignMessage(
      ConsumerChannel consumerChannel, long tag, BasicProperties properties, byte[] body) {
    this.consumerChannel = consumerChannel;
    this.tag = tag;
    this.properties = properties;
    this.body = body;
  }

  BasicProperties properties() {
    return properties;
  }

  byte[] body() {
    return body;
  }

  /// Returns whether this node still has to acknowledge the message.
  boolean isHeld() {
    return consumerChannel.isOpen();
  }

  /// Acknowledges the message.
  void done() {
    consumerChannel.acknowledge(tag);
  }
}
