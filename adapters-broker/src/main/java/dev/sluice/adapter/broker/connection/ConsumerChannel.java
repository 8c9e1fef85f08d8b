package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// A channel over which messages are delivered. Once closed it stays closed, and RabbitMQ sends its
/// unacknowledged messages to others.
public final class ConsumerChannel implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ConsumerChannel.class.getName());

  /// Shared by all channels: each is opened again, and may be cancelled again at once.
  private static final RareWarning CANCELLED = new RareWarning();

  private final Channel channel;
  private volatile boolean isOpen = true;

  public ConsumerChannel(Channel channel, Runnable onEnd) {
    this.channel = channel;
    channel.addShutdownListener(
        _ -> {
          isOpen = false;
          onEnd.run();
        });
  }

  /// Receives messages as they come.
  @FunctionalInterface
  public interface Receiver {

    /// Processes a message. Called by one thread at a time.
    void receive(
        ConsumerChannel consumerChannel,
        Envelope envelope,
        BasicProperties properties,
        byte[] body);
  }

  /// Starts to consume a queue.
  ///
  /// @param prefetch the most unacknowledged messages at a time
  /// @return the consumer's tag, for [#cancel]
  public String consume(String queue, int prefetch, Receiver receiver) throws IOException {
    channel.basicQos(prefetch);
    return channel.basicConsume(queue, false, consumer(queue, receiver));
  }

  private DefaultConsumer consumer(String queue, Receiver receiver) {
    return new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
        receiver.receive(ConsumerChannel.this, envelope, properties, body);
      }

      @Override
      public void handleCancel(String consumer) {
        LOG.log(CANCELLED.level(), "RabbitMQ cancelled the consumer of queue {0}", queue);
        close();
      }
    };
  }

  /// Stops a consumer. Messages that already came still have to be acknowledged.
  public void cancel(String consumer) throws IOException {
    channel.basicCancel(consumer);
  }

  public boolean isOpen() {
    return isOpen;
  }

  public void acknowledge(long tag) {
    if (!isOpen) {
      return;
    }
    try {
      channel.basicAck(tag, false);
    } catch (IOException | ShutdownSignalException e) {
      // The message is redelivered, and its state in Redis shows that it is finished.
      LOG.log(Level.DEBUG, "an acknowledgement was lost", e);
    }
  }

  /// Closes the channel, so that RabbitMQ requeues the unacknowledged messages.
  @Override
  public void close() {
    isOpen = false;
    Channels.abort(channel);
  }
}
