package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// Tells how full the queues are. What only nodes know, what they hold and what came to them again,
/// each of them writes into Redis.
final class Gauges {

  private static final String HELD = "sluice:held";
  private static final String REDELIVERED = "sluice:redelivered";

  /// A node that has not written for so long has gone, and holds nothing.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private static final Duration KEPT = Duration.ofSeconds(1);

  private final Broker broker;
  private final Inbox inbox;
  private final InFlight inFlight;
  private final List<String> queues;
  private final String name;
  private long toldRedelivered;

  /// Guarded by this object, as is the next.
  private Optional<QueueReport> latest = Optional.empty();

  private long nextReport = System.nanoTime();

  /// @param queues all of them
  /// @param name by which other nodes know this one
  Gauges(Broker broker, Caretaker.Own own, List<String> queues, String name) {
    this.broker = broker;
    this.inbox = own.inbox();
    this.inFlight = own.inFlight();
    this.queues = List.copyOf(queues);
    this.name = name;
  }

  /// Writes down what this node holds. Called about once a second, by one thread.
  void tell() {
    String held = Micros.text(broker.scripts().now()) + " " + (inbox.size() + inFlight.size());
    broker.redis().ask(client -> client.hset(HELD, name, held));
    long redelivered = inbox.redelivered();
    if (redelivered > toldRedelivered) {
      broker.redis().ask(client -> client.incrBy(REDELIVERED, redelivered - toldRedelivered));
      toldRedelivered = redelivered;
    }
  }

  /// This node has nothing more to tell.
  void leave() {
    broker.redis().ask(client -> client.hdel(HELD, name));
  }

  /// How it is, about a second ago; nothing when RabbitMQ or Redis do not answer.
  synchronized Optional<QueueReport> report() {
    if (System.nanoTime() - nextReport > 0) {
      try {
        latest = Optional.of(new QueueReport(depths(), held(), redelivered()));
      } catch (StoreUnavailableException e) {
        latest = Optional.empty();
      }
      nextReport = System.nanoTime() + KEPT.toNanos();
    }
    return latest;
  }

  private List<QueueReport.Queue> depths() {
    try (Channel channel = broker.publishing().channel()) {
      var depths = new ArrayList<QueueReport.Queue>(queues.size());
      for (String queue : queues) {
        DeclareOk told = channel.queueDeclarePassive(queue);
        depths.add(new QueueReport.Queue(queue, told.getMessageCount(), told.getConsumerCount()));
      }
      return depths;
    } catch (IOException | ShutdownSignalException | TimeoutException e) {
      throw new StoreUnavailableException("RabbitMQ does not tell of its queues", e);
    }
  }

  /// Messages that nodes hold.
  long held() {
    long oldest = Micros.of(broker.scripts().now().minus(LONGEST_SILENCE));
    Map<String, String> told = broker.redis().ask(client -> client.hgetAll(HELD));
    long sum = 0;
    for (Map.Entry<String, String> entry : told.entrySet()) {
      String[] parts = entry.getValue().split(" ", 2);
      if (Long.parseLong(parts[0]) < oldest) {
        broker.redis().ask(client -> client.hdel(HELD, entry.getKey()));
      } else {
        sum += Long.parseLong(parts[1]);
      }
    }
    return sum;
  }

  private long redelivered() {
    String counted = broker.redis().ask(client -> client.get(REDELIVERED));
    return counted == null ? 0 : Long.parseLong(counted);
  }
}
