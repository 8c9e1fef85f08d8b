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

/// Looks at every message of a queue without taking it away: at the end all that was not
/// acknowledged goes back to its place. Meanwhile nobody else is given what is looked at.
///
/// It has a connection of its own, because it may be given more than it can look at for the moment,
/// and then the whole connection waits.
final class QueueScan implements AutoCloseable {

  private static final int TOGETHER = 500;

  /// The largest limit of AMQP 0-9-1. To say that there is none means 2,000 to a quorum queue.
  private static final int MOST_ON_A_LINE = 65_535;

  /// RabbitMQ gives what there is faster than that.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Rabbit rabbit;

  /// @param rabbit a connection for this alone
  QueueScan(Rabbit rabbit) {
    this.rabbit = rabbit;
  }

  /// Looks at some deliveries, and acknowledges those that nobody needs.
  @FunctionalInterface
  interface Look {
    void at(List<ReceivedDelivery> receivedDeliveries);
  }

  /// What came of a message: a delivery, or nothing when another program published it.
  private record Found(Optional<ReceivedDelivery> delivery) {}

  /// How many messages wait in a queue.
  int depth(String queue) {
    try (Channel channel = rabbit.channel()) {
      return channel.queueDeclarePassive(queue).getMessageCount();
    } catch (IOException | ShutdownSignalException | TimeoutException e) {
      throw new StoreUnavailableException("RabbitMQ does not tell of queue " + queue, e);
    }
  }

  /// Looks at what is in a queue now.
  ///
  /// @return how many messages of other programs there are
  /// @throws StoreUnavailableException when RabbitMQ or Redis went away meanwhile
  int sweep(String queue, Look look) {
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
      throw new StoreUnavailableException("RabbitMQ went away: " + e.getMessage(), e);
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

  /// Waits for room, which makes RabbitMQ wait, but not for a sweep that is over.
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
