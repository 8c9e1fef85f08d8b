package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.Queues;
import java.time.Duration;
import java.time.Instant;

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

  /// Returns the first message of a delivery: for the queue of new events, or for one that delays.
  ///
  /// @param now the time of this node
  static OutboundMessage first(DeliveryMessage message, Queues queues, Instant now) {
    String queue =
        message.isScheduled()
            ? queues
                .stepBefore(Duration.between(now, message.notBefore()))
                .map(queues::delay)
                .orElseGet(queues::due)
            : queues.ingest();
    return of(message, queue);
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
