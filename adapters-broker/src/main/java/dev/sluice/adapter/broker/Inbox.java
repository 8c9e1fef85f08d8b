package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.adapter.broker.connection.Prefetch;
import dev.sluice.adapter.broker.connection.Queues;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The deliveries that RabbitMQ gave to this node and that nobody has begun: as many as its workers
/// can take soon, so that they need not wait for RabbitMQ.
///
/// Nothing comes in before somebody asks for it: a node without workers takes nothing.
final class Inbox implements AutoCloseable {

  private final Rabbit rabbit;
  private final Topology topology;
  private final Queues queues;
  private final Prefetch prefetch;
  private final InstantSource clock;
  private final Strangers foreignMessages;
  private final AtomicLong redelivered = new AtomicLong();

  /// Guards the line and what is asked of it. Whoever holds it may wait for RabbitMQ, and
  /// RabbitMQ's answer comes behind deliveries that have to be taken in first: so it is not the
  /// lock of the rows.
  private final ReentrantLock opening = new ReentrantLock();

  private volatile @Nullable ConsumerChannel consumerChannel;

  /// By which the line knows that it is asked for messages.
  private List<String> consumers = List.of();

  /// At present.
  private int ahead;

  /// Guards all that follows.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition news = lock.newCondition();

  /// What waited before, and goes first.
  private final ArrayDeque<ReceivedDelivery> due = new ArrayDeque<>();

  private final ArrayDeque<ReceivedDelivery> fresh = new ArrayDeque<>();

  /// Nearly due.
  private final PriorityQueue<ReceivedDelivery> early =
      new PriorityQueue<>(
          Comparator.comparing(
              (ReceivedDelivery receivedDelivery) -> receivedDelivery.message().notBefore()));

  /// Whether anything was taken out since it was last asked how much is right, and for how long it
  /// had been here at most.
  private boolean isUsed;

  private Duration longestTaken = Duration.ZERO;

  /// @param topology makes the queues
  /// @param prefetch how many deliveries of each queue at a time
  Inbox(Topology topology, Prefetch prefetch, InstantSource clock, Strangers foreignMessages) {
    this.rabbit = topology.rabbit();
    this.topology = topology;
    this.queues = topology.queues();
    this.prefetch = prefetch;
    this.ahead = prefetch.least();
    this.clock = clock;
    this.foreignMessages = foreignMessages;
  }

  /// Takes messages that other programs published.
  @FunctionalInterface
  interface Strangers {

    /// Called by the thread that reads from RabbitMQ: it returns at once.
    void receive(ForeignMessage message);
  }

  /// Begins to take deliveries in, if it has not, or not since the connection was lost.
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
        // The client may have opened its channel again by itself.
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

  /// A line without all of its consumers would look as if there were nothing to do, so it is closed
  /// when anything goes wrong.
  private void consume(ConsumerChannel from) {
    try {
      ask(from);
    } catch (IOException | ShutdownSignalException e) {
      from.close();
      throw new StoreUnavailableException("RabbitMQ gives no messages: " + Rabbit.reason(e), e);
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
                queues.due(), ahead, (over, name, what, body) -> take(due, over, name, what, body)),
            from.consume(
                queues.ingest(),
                ahead,
                (over, name, what, body) -> take(fresh, over, name, what, body)));
  }

  /// Takes more or less ahead, as what is here was quick to be begun. Called now and then.
  void fit() {
    opening.lock();
    try {
      ConsumerChannel current = consumerChannel;
      int fitting = fitting();
      if (current == null || !current.isOpen() || fitting == ahead) {
        return;
      }
      // A limit holds for those who ask from then on.
      ahead = fitting;
      consume(current);
    } finally {
      opening.unlock();
    }
  }

  /// Judged by what waits, and by what was taken out since this was asked.
  private int fitting() {
    lock.lock();
    try {
      if (!isUsed) {
        return ahead;
      }
      Duration longest =
          Stream.of(due, fresh)
              .flatMap(row -> Stream.ofNullable(row.peek()))
              .map(ReceivedDelivery::age)
              .max(Comparator.naturalOrder())
              .filter(waiting -> waiting.compareTo(longestTaken) > 0)
              .orElse(longestTaken);
      longestTaken = Duration.ZERO;
      isUsed = false;
      return prefetch.after(longest, ahead);
    } finally {
      lock.unlock();
    }
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

  private void wake() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes up to `max` deliveries out, in the order in which they are to be begun.
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
          isUsed = true;
          longestTaken = next.age().compareTo(longestTaken) > 0 ? next.age() : longestTaken;
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

  /// Puts deliveries back that were taken out and could not be begun, in front of the others.
  void unpark(List<ReceivedDelivery> receivedDeliveries) {
    lock.lock();
    try {
      receivedDeliveries.reversed().forEach(due::addFirst);
    } finally {
      lock.unlock();
    }
  }

  /// Keeps deliveries that are due in a moment.
  void keep(Collection<ReceivedDelivery> receivedDeliveries) {
    lock.lock();
    try {
      early.addAll(receivedDeliveries);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something to take out, or for so long.
  void await(Duration longest) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(longest);
    lock.lockInterruptibly();
    try {
      long wait = Math.min(left, untilNextDue());
      while (due.isEmpty() && fresh.isEmpty() && wait > 0) {
        long before = System.nanoTime();
        var _ = news.awaitNanos(wait);
        left -= System.nanoTime() - before;
        ConsumerChannel current = consumerChannel;
        if (current == null || !current.isOpen()) {
          return;
        }
        wait = Math.min(left, untilNextDue());
      }
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

  /// How many are in it.
  int size() {
    lock.lock();
    try {
      return due.size() + fresh.size() + early.size();
    } finally {
      lock.unlock();
    }
  }

  /// What is in it.
  List<DeliveryMessage> contents() {
    lock.lock();
    try {
      return Stream.of(due, fresh, early)
          .flatMap(Collection::stream)
          .filter(ReceivedDelivery::isHeld)
          .map(ReceivedDelivery::message)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// How many messages came that had been given out before, since the start.
  long redelivered() {
    return redelivered.get();
  }

  /// Gives back all that nobody has begun, and takes nothing more.
  @Override
  public void close() {
    opening.lock();
    try {
      ConsumerChannel current = consumerChannel;
      if (current != null) {
        current.close();
      }
    } finally {
      opening.unlock();
    }
  }
}
