package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.AMQP.BasicProperties;

/// A message that another program published, or one of ours that was damaged.
public final class ForeignMessage {

  private final ConsumerChannel consumerChannel;
  private final long tag;
  private final BasicProperties properties;
  private final byte[] body;

  /// @param consumerChannel the channel over which it came
  /// @param tag its delivery tag on that channel
  public ForeignMessage(
      ConsumerChannel consumerChannel, long tag, BasicProperties properties, byte[] body) {
    this.consumerChannel = consumerChannel;
    this.tag = tag;
    this.properties = properties;
    this.body = body;
  }

  public BasicProperties properties() {
    return properties;
  }

  public byte[] body() {
    return body;
  }

  /// Returns whether this node still has to acknowledge the message.
  public boolean isHeld() {
    return consumerChannel.isOpen();
  }

  /// Acknowledges the message.
  public void done() {
    consumerChannel.acknowledge(tag);
  }
}
