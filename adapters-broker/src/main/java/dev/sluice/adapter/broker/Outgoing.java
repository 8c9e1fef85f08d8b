package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;

/// A message on its way to a queue.
final class Outgoing {

  private final String queue;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param body is not changed by anybody from now on
  Outgoing(String queue, BasicProperties properties, byte[] body) {
    this.queue = queue;
    this.properties = properties;
    this.body = body;
  }

  /// A delivery on its way.
  static Outgoing of(DeliveryMessage message, String queue) {
    return new Outgoing(
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
