package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.PublisherConfirms.PublishResult;
import dev.sluice.adapter.broker.connection.Channels;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Publishes messages and waits until RabbitMQ has confirmed each. Any number of threads may
/// publish at once; their messages go over one channel.
final class Publisher {

  private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

  /// Longer than RabbitMQ takes with a slow disk, and short enough for a waiting producer.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Rabbit rabbit;

  /// Guards the channel: taking a number and sending the message must be one step.
  private final ReentrantLock sending = new ReentrantLock();

  private @Nullable Lane lane;

  Publisher(Rabbit rabbit) {
    this.rabbit = rabbit;
  }

  /// Publishes messages and waits for their confirms.
  ///
  /// @return the outcome of each, in the same order
  /// @throws StoreUnavailableException when none of them was sent
  List<PublishResult> publish(List<OutboundMessage> messages) {
    rabbit.requireUsable();
    var publisherConfirms = new PublisherConfirms(messages.size());
    lockSending();
    try {
      send(messages, publisherConfirms);
    } finally {
      sending.unlock();
    }
    return publisherConfirms.await(LONGEST_WAIT);
  }

  private void send(List<OutboundMessage> messages, PublisherConfirms publisherConfirms) {
    int place = 0;
    Lane current = openLane();
    try {
      while (place < messages.size()
          && current.send(messages.get(place), publisherConfirms, place)) {
        place++;
      }
    } catch (IOException | RuntimeException e) {
      // Also a message that the client refuses to send: the client has counted it all the same.
      LOG.log(Level.DEBUG, "a message may not have been sent", e);
      closeLane();
      publisherConfirms.answer(place, PublishResult.UNKNOWN);
      place++;
    }
    for (; place < messages.size(); place++) {
      publisherConfirms.answer(place, PublishResult.NOT_SENT);
    }
  }

  private Lane openLane() {
    try {
      return lane();
    } catch (IOException | ShutdownSignalException e) {
      closeLane();
      throw new StoreUnavailableException("cannot publish to RabbitMQ: " + e.getMessage(), e);
    }
  }

  /// Locks `sending`. RabbitMQ may block the thread that sends; others wait only a limited time for
  /// it.
  private void lockSending() {
    try {
      if (sending.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreUnavailableException("RabbitMQ accepts messages too slowly");
  }

  private void closeLane() {
    Lane current = lane;
    if (current != null) {
      current.isOver = true;
      Channels.abort(current.channel);
    }
  }

  /// Publishes messages that must all arrive.
  ///
  /// @throws StoreUnavailableException when one was refused, or may have been
  void publishAll(List<OutboundMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    for (PublishResult result : publish(messages)) {
      if (result != PublishResult.CONFIRMED) {
        throw new StoreUnavailableException(
            switch (result) {
              case REFUSED -> "a queue is full";
              case NOT_SENT -> "the connection to RabbitMQ was lost";
              case NO_QUEUE -> "a queue is missing";
              case UNKNOWN, CONFIRMED -> "RabbitMQ did not confirm in time";
            });
      }
    }
  }

  private Lane lane() throws IOException {
    Lane current = lane;
    if (current == null || current.isOver) {
      if (current != null) {
        // The client has reopened it by itself, with numbers that start again.
        Channels.abort(current.channel);
      }
      current = new Lane(rabbit.channel());
      lane = current;
    }
    return current;
  }

  /// A channel and the messages that RabbitMQ has not confirmed yet.
  private static final class Lane {

    private final Channel channel;

    /// By their numbers, to which confirms refer. Guarded by itself, and guards `returned`.
    private final TreeMap<Long, Place> onTheirWay = new TreeMap<>();

    /// Numbers of messages that found no queue. RabbitMQ confirms them too, a moment later.
    private final Set<Long> returned = new HashSet<>();

    private volatile boolean isOver;

    Lane(Channel channel) throws IOException {
      this.channel = channel;
      channel.addConfirmListener(
          (number, isMultiple) -> answer(number, isMultiple, PublishResult.CONFIRMED),
          (number, isMultiple) -> answer(number, isMultiple, PublishResult.REFUSED));
      channel.addReturnListener(
          message -> {
            synchronized (onTheirWay) {
              returned.add(Long.parseLong(message.getProperties().getCorrelationId()));
            }
          });
      channel.addShutdownListener(
          _ -> {
            isOver = true;
            answer(Long.MAX_VALUE, true, PublishResult.UNKNOWN);
          });
      channel.confirmSelect();
    }

    private record Place(PublisherConfirms publisherConfirms, int index) {}

    /// @return false when it was not sent, because the channel is closed
    boolean send(OutboundMessage message, PublisherConfirms publisherConfirms, int index)
        throws IOException {
      if (isOver) {
        return false;
      }
      long number = channel.getNextPublishSeqNo();
      synchronized (onTheirWay) {
        onTheirWay.put(number, new Place(publisherConfirms, index));
      }
      BasicProperties properties =
          message.properties().builder().correlationId(Long.toString(number)).build();
      channel.basicPublish("", message.queue(), true, properties, message.body());
      return true;
    }

    private void answer(long number, boolean isMultiple, PublishResult result) {
      synchronized (onTheirWay) {
        if (isMultiple) {
          var answered = onTheirWay.headMap(number, true);
          answered.forEach((each, place) -> answer(each, place, result));
          answered.clear();
        } else {
          Place place = onTheirWay.remove(number);
          if (place != null) {
            answer(number, place, result);
          }
        }
      }
    }

    private void answer(long number, Place place, PublishResult result) {
      boolean hasNoQueue = returned.remove(number) && result == PublishResult.CONFIRMED;
      place.publisherConfirms().answer(place.index(), hasNoQueue ? PublishResult.NO_QUEUE : result);
    }
  }
}
