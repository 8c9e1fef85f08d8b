package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;

/// A message to be published to a queue.
final class OutboundMessage {

  private final String queue;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param body must not change from now on
  OutboundMessage(String queue, BasicProperties properties, byte[] body) {
    this.queue = queue;
    this.properties = properties;
    this.body = body;
  }

  /// Returns the message of a delivery for a queue.
  static OutboundMessage of(DeliveryMessage message, String queue) {
    return new OutboundMessage(
        queue, MessageCodec.properties(message).build(), MessageCodec.body(message));
  }

  String queue() {
    return queue;
  }

  BasicProperties properties() {
    return properties;
  }

  byte[] body() {
    return body;
  }
}
