package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.Queue.DeclareOk;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// Reports how full the queues are. Each node writes to Redis what only it knows: how many messages
/// it holds, and how many were redelivered to it.
final class Gauges {

  private static final Script TELL = Script.alone("held").evenAtLimit();
  private static final String HELD = "sluice:held";
  private static final String REDELIVERED = "sluice:redelivered";
  private static final String FOREIGN = "sluice:foreign";

  /// A node that has not written for this long is gone and holds nothing.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final ReconcilerDependencies dependencies;
  private final List<String> queues;
  private final String name;

  /// The counts already reported to Redis, used by the reporting thread alone.
  private long reportedRedelivered;

  private long reportedForeign;

  private volatile Optional<Look> latest = Optional.empty();

  /// @param queues the names of all queues
  /// @param name identifies this node to other nodes
  Gauges(ReconcilerDependencies dependencies, List<String> queues, String name) {
    this.dependencies = dependencies;
    this.queues = List.copyOf(queues);
    this.name = name;
  }

  /// A sample, and when it was taken, by [System#nanoTime].
  private record Look(QueueReport report, long at) {

    QueueReport now() {
      return new QueueReport(
          report.queues(),
          report.unacknowledged(),
          report.redelivered(),
          report.foreignDeadLetters(),
          report.memory(),
          Duration.ofNanos(System.nanoTime() - at));
    }
  }

  /// Writes to Redis what this node holds. Called about once a second, by one thread.
  void reportHeld() {
    int inHand = dependencies.inbox().size() + dependencies.inFlight().size();
    long redelivered = dependencies.inbox().redelivered();
    long foreign = dependencies.foreignMessages().buried();
    dependencies
        .redis()
        .run(
            TELL,
            List.of(
                name,
                Micros.text(dependencies.scripts().now()) + " " + inHand,
                Long.toString(redelivered - reportedRedelivered),
                Long.toString(foreign - reportedForeign)));
    reportedRedelivered = redelivered;
    reportedForeign = foreign;
  }

  /// Removes this node's entry from Redis.
  void leave() {
    dependencies.redis().ask(client -> client.hdel(HELD, name));
  }

  /// Takes a sample from RabbitMQ and Redis. Called about once a second, by the same thread as
  /// [#report] and not by callers, because RabbitMQ may take seconds.
  ///
  /// @throws StoreUnavailableException when one of them does not answer
  void look() {
    long begin = System.nanoTime();
    RedisMemoryUsage.Usage usage = dependencies.memoryUsage().refresh();
    var report =
        new QueueReport(
            depths(),
            held(),
            number(REDELIVERED),
            number(FOREIGN),
            new QueueReport.Memory(usage.used(), usage.limit()),
            Duration.ZERO);
    latest = Optional.of(new Look(report, begin));
  }

  /// Returns the last sample; empty before the first one.
  Optional<QueueReport> report() {
    return latest.map(Look::now);
  }

  private List<QueueReport.Queue> depths() {
    // Not over the publishing connection: RabbitMQ blocks it while it lacks memory.
    try (Channel channel = dependencies.consuming().channel()) {
      var depths = new ArrayList<QueueReport.Queue>(queues.size());
      for (String queue : queues) {
        DeclareOk reported = channel.queueDeclarePassive(queue);
        depths.add(
            new QueueReport.Queue(queue, reported.getMessageCount(), reported.getConsumerCount()));
      }
      return depths;
    } catch (IOException | ShutdownSignalException | TimeoutException e) {
      throw new StoreUnavailableException("RabbitMQ did not report the depth of its queues", e);
    }
  }

  /// Returns how many messages all nodes hold.
  long held() {
    long oldest = Micros.of(dependencies.scripts().now().minus(LONGEST_SILENCE));
    Map<String, String> reported = dependencies.redis().ask(client -> client.hgetAll(HELD));
    long sum = 0;
    for (Map.Entry<String, String> entry : reported.entrySet()) {
      String[] parts = entry.getValue().split(" ", 2);
      if (Long.parseLong(parts[0]) < oldest) {
        dependencies.redis().ask(client -> client.hdel(HELD, entry.getKey()));
      } else {
        sum += Long.parseLong(parts[1]);
      }
    }
    return sum;
  }

  private long number(String key) {
    String counted = dependencies.redis().ask(client -> client.get(key));
    return counted == null ? 0 : Long.parseLong(counted);
  }
}
