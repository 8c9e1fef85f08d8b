package dev.sluice.adapter.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads every message of a queue without removing it: at the end RabbitMQ requeues all that was
/// not acknowledged. Meanwhile no other consumer gets these messages.
///
/// It has its own connection, because RabbitMQ may send more than it can process for the moment,
/// and then the whole connection waits.
final class QueueScan implements AutoCloseable {

  private static final int TOGETHER = 500;

  /// The largest prefetch of AMQP 0-9-1. For a quorum queue, no limit means 2,000.
  private static final int MOST_ON_A_LINE = 65_535;

  /// RabbitMQ delivers the next message faster than this.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Rabbit rabbit;

  /// @param rabbit a connection for this scan alone
  QueueScan(Rabbit rabbit) {
    this.rabbit = rabbit;
  }

  /// Processes some deliveries, and acknowledges those that are not needed.
  @FunctionalInterface
  interface Look {
    void at(List<ReceivedDelivery> receivedDeliveries);
  }

  /// A message: a delivery, or empty when another program published it.
  private record Found(Optional<ReceivedDelivery> delivery) {}

  /// Returns how many messages wait in a queue.
  int depth(String queue) {
    try (Channel channel = rabbit.channel()) {
      return channel.queueDeclarePassive(queue).getMessageCount();
    } catch (IOException | ShutdownSignalException | TimeoutException e) {
      throw new StoreUnavailableException("RabbitMQ did not report the depth of queue " + queue, e);
    }
  }

  /// Reads the messages that are in a queue now.
  ///
  /// @return how many of them other programs published
  /// @throws StoreUnavailableException when the connection to RabbitMQ or Redis is lost meanwhile
  int run(String queue, Look look) {
    int left = depth(queue);
    if (left == 0) {
      return 0;
    }
    int foreignMessages = 0;
    var coming = new LinkedBlockingQueue<Found>(TOGETHER);
    var lines = new ArrayList<ConsumerChannel>();
    try {
      for (int given = 0; given < left; given += MOST_ON_A_LINE) {
        var consumerChannel = new ConsumerChannel(rabbit.channel(), () -> {});
        lines.add(consumerChannel);
        receive(consumerChannel, queue, coming);
      }
      while (left > 0) {
        List<Found> batch = next(coming);
        if (!lines.stream().allMatch(ConsumerChannel::isOpen)) {
          throw new StoreUnavailableException("RabbitMQ closed a channel");
        }
        if (batch.isEmpty()) {
          // Workers took the others meanwhile.
          break;
        }
        List<ReceivedDelivery> deliveries =
            batch.stream().flatMap(found -> found.delivery().stream()).toList();
        look.at(deliveries);
        foreignMessages += batch.size() - deliveries.size();
        left -= batch.size();
      }
    } catch (IOException | ShutdownSignalException e) {
      throw new StoreUnavailableException("lost the connection to RabbitMQ: " + e.getMessage(), e);
    } finally {
      lines.forEach(ConsumerChannel::close);
    }
    return foreignMessages;
  }

  private static void receive(
      ConsumerChannel consumerChannel, String queue, LinkedBlockingQueue<Found> coming)
      throws IOException {
    consumerChannel.consume(
        queue,
        MOST_ON_A_LINE,
        (from, envelope, properties, body) -> {
          Optional<ReceivedDelivery> delivery =
              MessageCodec.decode(properties, body)
                  .map(message -> new ReceivedDelivery(message, from, envelope.getDeliveryTag()));
          offer(coming, new Found(delivery), from);
        });
  }

  /// Waits for room, which makes RabbitMQ wait, but not after the end of the scan.
  private static void offer(
      LinkedBlockingQueue<Found> coming, Found found, ConsumerChannel consumerChannel) {
    try {
      while (consumerChannel.isOpen()) {
        if (coming.offer(found, MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Found> next(LinkedBlockingQueue<Found> coming) {
    var batch = new ArrayList<Found>();
    try {
      Found first = coming.poll(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        coming.drainTo(batch, TOGETHER - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return batch;
  }

  @Override
  public void close() {
    rabbit.close();
  }
}
