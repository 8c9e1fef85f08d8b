package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// A channel over which messages come in. Once closed it stays closed, and all that came over it
/// and was not acknowledged belongs to others.
public final class ConsumerChannel implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(ConsumerChannel.class.getName());

  /// Of all lines: each is opened again, and may be cancelled again at once.
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

  /// Takes messages as they come.
  @FunctionalInterface
  public interface Receiver {

    /// Called by one thread at a time.
    void receive(
        ConsumerChannel consumerChannel,
        Envelope envelope,
        BasicProperties properties,
        byte[] body);
  }

  /// Asks for the messages of a queue.
  ///
  /// @param prefetch at most so many at a time that were not acknowledged
  /// @return by which [#cancel] knows it
  public String consume(String queue, int prefetch, Receiver receiver) throws IOException {
    channel.basicQos(prefetch);
    return channel.basicConsume(
        queue,
        false,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
            receiver.receive(ConsumerChannel.this, envelope, properties, body);
          }

          @Override
          public void handleCancel(String consumer) {
            LOG.log(CANCELLED.level(), "RabbitMQ gives nothing more of queue {0}", queue);
            close();
          }
        });
  }

  /// Asks for no more of it. What came is still to be acknowledged.
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
      // It comes again, and what is remembered of it will tell that it is done with.
      LOG.log(Level.DEBUG, "an acknowledgement was lost", e);
    }
  }

  /// Gives back all that was not acknowledged.
  @Override
  public void close() {
    isOpen = false;
    Channels.abort(channel);
  }
}
