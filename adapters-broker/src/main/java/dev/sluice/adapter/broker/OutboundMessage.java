package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;

/// A message on its way to a queue.
final class OutboundMessage {

  private final String queue;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param body is not changed by anybody from now on
  OutboundMessage(String queue, BasicProperties properties, byte[] body) {
    this.queue = queue;
    this.properties = properties;
    this.body = body;
  }

  /// A delivery on its way.
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
