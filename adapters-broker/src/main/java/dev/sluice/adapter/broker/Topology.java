package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Sees to it that the queues are there. All are quorum queues: what RabbitMQ confirms is on the
/// disks of most of its nodes.
final class Topology {

  private static final System.Logger LOG = System.getLogger(Topology.class.getName());
  private static final String TYPE = "x-queue-type";

  /// RabbitMQ 4 drops a message after 20 returns where nothing else is said; how often a delivery
  /// is tried is for us to say.
  private static final int MOST_RETURNS = 1_000_000;

  private final Rabbit rabbit;
  private final Queues queues;

  Topology(Rabbit rabbit, Queues queues) {
    this.rabbit = rabbit;
    this.queues = queues;
  }

  /// Declares every queue that does not depend on a subscription.
  ///
  /// @throws StoreUnavailableException when RabbitMQ does not answer
  void declareAll() {
    declare(queues.ingest(), work());
    declare(queues.due(), work());
    declare(queues.dead(), quorum());
    queues.delays().forEach(step -> declare(queues.delay(step), delay(step)));
  }

  void declarePaused(SubscriptionName subscription) {
    declare(queues.paused(subscription), work());
  }

  private Map<String, Object> work() {
    return deadLettered(queues.dead());
  }

  private Map<String, Object> delay(Duration step) {
    Map<String, Object> arguments = deadLettered(queues.due());
    arguments.put("x-message-ttl", step.toMillis());
    return arguments;
  }

  /// What goes from one queue to another is never in neither: RabbitMQ 3.10 and newer.
  private static Map<String, Object> deadLettered(String target) {
    Map<String, Object> arguments = quorum();
    arguments.put("x-overflow", "reject-publish");
    arguments.put("x-dead-letter-strategy", "at-least-once");
    arguments.put("x-dead-letter-exchange", "");
    arguments.put("x-dead-letter-routing-key", target);
    return arguments;
  }

  private static Map<String, Object> quorum() {
    var arguments = new HashMap<String, Object>();
    arguments.put(TYPE, "quorum");
    arguments.put("x-delivery-limit", MOST_RETURNS);
    return arguments;
  }

  /// A refused declaration closes its channel, so each has its own.
  private void declare(String queue, Map<String, Object> arguments) {
    try (Channel channel = rabbit.channel()) {
      channel.queueDeclare(queue, true, false, false, arguments);
    } catch (IOException e) {
      if (isOtherwise(e)) {
        LOG.log(
            Level.WARNING,
            "queue {0} is there with other properties than it would be made with; it is used as it"
                + " is: {1}",
            queue,
            e.getCause());
      } else {
        throw new StoreUnavailableException(
            "RabbitMQ does not make queue " + queue + ": " + Rabbit.reason(e), e);
      }
    } catch (TimeoutException | ShutdownSignalException e) {
      throw new StoreUnavailableException(
          "RabbitMQ does not make queue " + queue + ": " + Rabbit.reason(e), e);
    }
  }

  private static boolean isOtherwise(IOException failure) {
    return failure.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
  }
}
