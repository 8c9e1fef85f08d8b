package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.adapter.broker.connection.ForeignMessage;
import dev.sluice.adapter.broker.connection.ForeignMessages;
import dev.sluice.adapter.broker.connection.Prefetch;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Topology;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The deliveries that RabbitMQ sent to this node and that are not begun: as many as its workers
/// can take soon, so that they need not wait for RabbitMQ.
///
/// It receives nothing before [#open] is called: a node without workers takes nothing.
final class Inbox implements AutoCloseable {

  private final Rabbit rabbit;
  private final Topology topology;
  private final Prefetch prefetch;
  private final InstantSource clock;
  private final ForeignMessages foreignMessages;
  private final AtomicLong redelivered = new AtomicLong();

  /// Guards the consumer channel and its consumers. The thread that holds it may wait for an answer
  /// of RabbitMQ, and that answer comes behind deliveries that have to be received first: so it is
  /// not the lock of the queues below.
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable ConsumerChannel consumerChannel;

  /// The tags of the consumers on the channel.
  private List<String> consumers = List.of();

  /// The current prefetch.
  private int ahead;

  /// Guards all fields below.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition news = lock.newCondition();

  /// Deliveries that waited before; they go first.
  private final ArrayDeque<ReceivedDelivery> due = new ArrayDeque<>();

  private final ArrayDeque<ReceivedDelivery> fresh = new ArrayDeque<>();

  /// Deliveries that are due in a moment.
  private final PriorityQueue<ReceivedDelivery> early =
      new PriorityQueue<>(
          Comparator.comparing(
              (ReceivedDelivery receivedDelivery) -> receivedDelivery.message().notBefore()));

  private final WaitMeter waits = new WaitMeter();
  private boolean isWakeUp;

  /// @param topology declares the queues
  /// @param prefetch how many deliveries of each queue to hold
  Inbox(
      Topology topology, Prefetch prefetch, InstantSource clock, ForeignMessages foreignMessages) {
    this.rabbit = topology.rabbit();
    this.topology = topology;
    this.prefetch = prefetch;
    this.ahead = prefetch.least();
    this.clock = clock;
    this.foreignMessages = foreignMessages;
  }

  /// Starts to receive deliveries, unless it already does over an open channel.
  ///
  /// @throws StoreUnavailableException when there is no connection
  void open() {
    opening.lock();
    try {
      ConsumerChannel current = consumerChannel;
      if (current != null && current.isOpen()) {
        return;
      }
      if (!rabbit.isOpen()) {
        throw new StoreUnavailableException("there is no connection to RabbitMQ");
      }
      if (current != null) {
        // The client may have reopened this channel by itself.
        current.close();
      }
      clear();
      consumers = List.of();
      topology.declareAll();
      var next = new ConsumerChannel(rabbit.channel(), this::wake);
      consumerChannel = next;
      consume(next);
    } finally {
      opening.unlock();
    }
  }

  private void clear() {
    lock.lock();
    try {
      due.clear();
      fresh.clear();
      early.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Starts the consumers, and closes the channel if one of them fails: without all of its
  /// consumers it would look as if there were nothing to do.
  private void consume(ConsumerChannel from) {
    try {
      ask(from);
    } catch (IOException | ShutdownSignalException e) {
      from.close();
      throw new StoreUnavailableException("cannot consume from RabbitMQ: " + Rabbit.reason(e), e);
    }
  }

  private void ask(ConsumerChannel from) throws IOException {
    for (String consumer : consumers) {
      from.cancel(consumer);
    }
    consumers = List.of();
    consumers =
        List.of(
            from.consume(
                topology.queues().due(),
                ahead,
                (over, name, what, body) -> take(due, over, name, what, body)),
            from.consume(
                topology.queues().ingest(),
                ahead,
                (over, name, what, body) -> take(fresh, over, name, what, body)));
  }

  /// Adjusts the prefetch to how quickly deliveries are begun. Called about once a second.
  void fit() {
    opening.lock();
    try {
      ConsumerChannel current = consumerChannel;
      int fitting = fitting();
      if (current == null || !current.isOpen() || fitting == ahead) {
        return;
      }
      // A prefetch applies to consumers that are started after it was set.
      ahead = fitting;
      consume(current);
    } finally {
      opening.unlock();
    }
  }

  /// Returns the prefetch that suits the deliveries that wait, and those taken since the last call.
  private int fitting() {
    return locked(
        () ->
            waits
                .longest(Stream.of(due, fresh).flatMap(row -> Stream.ofNullable(row.peek())))
                .map(longest -> prefetch.after(longest, ahead))
                .orElse(ahead));
  }

  private void take(
      ArrayDeque<ReceivedDelivery> row,
      ConsumerChannel from,
      Envelope envelope,
      BasicProperties properties,
      byte[] body) {
    if (envelope.isRedeliver()) {
      redelivered.incrementAndGet();
    }
    Optional<DeliveryMessage> message = MessageCodec.decode(properties, body);
    if (message.isEmpty()) {
      foreignMessages.receive(
          new ForeignMessage(from, envelope.getDeliveryTag(), properties, body));
      return;
    }
    lock.lock();
    try {
      row.add(new ReceivedDelivery(message.get(), from, envelope.getDeliveryTag()));
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends a wait for deliveries.
  void wakeUp() {
    locked(
        () -> {
          isWakeUp = true;
          news.signalAll();
          return 0;
        });
  }

  private void wake() {
    locked(
        () -> {
          news.signalAll();
          return 0;
        });
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// Removes and returns up to `max` deliveries, in the order in which they are to begin.
  List<ReceivedDelivery> take(int max) {
    Instant now = clock.instant();
    var taken = new ArrayList<ReceivedDelivery>();
    lock.lock();
    try {
      while (taken.size() < max) {
        ReceivedDelivery next = next(now);
        if (next == null) {
          break;
        }
        if (next.isHeld()) {
          taken.add(next);
          waits.took(next);
        }
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  private @Nullable ReceivedDelivery next(Instant now) {
    ReceivedDelivery first = early.peek();
    if (first != null && !first.message().notBefore().isAfter(now)) {
      return early.poll();
    }
    ReceivedDelivery waited = due.poll();
    return waited == null ? fresh.poll() : waited;
  }

  /// Adds deliveries again that were taken and could not be begun, in front of the others.
  void returnToFront(List<ReceivedDelivery> receivedDeliveries) {
    lock.lock();
    try {
      receivedDeliveries.reversed().forEach(due::addFirst);
    } finally {
      lock.unlock();
    }
  }

  /// Adds deliveries that are due in a moment.
  void keep(Collection<ReceivedDelivery> receivedDeliveries) {
    lock.lock();
    try {
      early.addAll(receivedDeliveries);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is a delivery that is wanted, but not longer than `longest`.
  void await(Duration longest, Predicate<ReceivedDelivery> isWanted) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(longest);
    lock.lockInterruptibly();
    try {
      long wait = Math.min(left, untilNextDue());
      while (Stream.of(due, fresh).flatMap(Collection::stream).noneMatch(isWanted)
          && wait > 0
          && !isWakeUp) {
        long before = System.nanoTime();
        var _ = news.awaitNanos(wait);
        left -= System.nanoTime() - before;
        ConsumerChannel current = consumerChannel;
        if (current == null || !current.isOpen()) {
          return;
        }
        wait = Math.min(left, untilNextDue());
      }
      isWakeUp = false;
    } finally {
      lock.unlock();
    }
  }

  private long untilNextDue() {
    ReceivedDelivery first = early.peek();
    return first == null
        ? Long.MAX_VALUE
        : Duration.between(clock.instant(), first.message().notBefore()).toNanos();
  }

  int size() {
    return locked(() -> due.size() + fresh.size() + early.size());
  }

  List<DeliveryMessage> contents() {
    return locked(
        () ->
            Stream.of(due, fresh, early)
                .flatMap(Collection::stream)
                .filter(ReceivedDelivery::isHeld)
                .map(ReceivedDelivery::message)
                .toList());
  }

  /// Returns how many messages were redelivered to this node since the start.
  long redelivered() {
    return redelivered.get();
  }

  /// Closes the channel, so that RabbitMQ requeues all unacknowledged deliveries.
  @Override
  public void close() {
    opening.lock();
    try {
      Optional.ofNullable(consumerChannel).ifPresent(ConsumerChannel::close);
    } finally {
      opening.unlock();
    }
  }
}
