package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/// Declares the queues. All are quorum queues: a message that RabbitMQ confirms is on the disks of
/// most of its nodes.
public final class Topology {

  private static final System.Logger LOG = System.getLogger(Topology.class.getName());
  private static final String TYPE = "x-queue-type";

  /// By default RabbitMQ 4 drops a message after it was returned 20 times; how often a delivery is
  /// tried is not for RabbitMQ to decide.
  private static final int MOST_RETURNS = 1_000_000;

  private static final int MOST_DIFFERENCES = 16;

  private final Rabbit rabbit;
  private final Queues queues;
  private final Runnable onMissing;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /// @param onMissing runs before a missing queue is declared: its messages may be lost
  public Topology(Rabbit rabbit, Queues queues, Runnable onMissing) {
    this.rabbit = rabbit;
    this.queues = queues;
    this.onMissing = onMissing;
  }

  public Rabbit rabbit() {
    return rabbit;
  }

  public Queues queues() {
    return queues;
  }

  /// Returns whether the queues exist through which all deliveries go.
  public boolean isComplete() {
    try {
      return isThere(queues.ingest()) && isThere(queues.due()) && isThere(queues.dead());
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      throw new StoreUnavailableException("RabbitMQ did not report whether its queues exist", e);
    }
  }

  /// Declares every queue that does not depend on a subscription.
  ///
  /// @throws StoreUnavailableException when RabbitMQ does not answer, or events would not be safe
  ///   in an existing queue
  public void declareAll() {
    declare(queues.ingest(), work());
    declare(queues.due(), work());
    declare(queues.dead(), quorum());
    queues.delays().forEach(step -> declare(queues.delay(step), delay(step)));
  }

  public void declarePaused(SubscriptionName subscription) {
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

  /// Returns arguments with which a message that moves to another queue is never in neither:
  /// RabbitMQ 3.10 and newer.
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

  private void declare(String queue, Map<String, Object> arguments) {
    try {
      if (isThere(queue)) {
        verify(queue, new HashMap<>(arguments));
      } else {
        // First: if the queue were declared before, a crash in between would hide that it was lost.
        onMissing.run();
        create(queue, arguments);
      }
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      throw new StoreUnavailableException(
          "cannot declare queue " + queue + ": " + Rabbit.reason(e), e);
    }
  }

  /// Returns whether a queue exists, whatever its properties.
  private boolean isThere(String queue) throws IOException, TimeoutException {
    try (Channel channel = rabbit.channel()) {
      var _ = channel.queueDeclarePassive(queue);
      return true;
    } catch (IOException e) {
      if (closeOf(e).filter(close -> close.getReplyCode() == AMQP.NOT_FOUND).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  /// Declares a queue over a channel of its own, which RabbitMQ closes when it refuses.
  private void create(String queue, Map<String, Object> arguments)
      throws IOException, TimeoutException {
    try (Channel channel = rabbit.channel()) {
      var _ = channel.queueDeclare(queue, true, false, false, arguments);
    }
  }

  /// Checks an existing queue. RabbitMQ reports one difference at a time, so it is asked again with
  /// each harmless one.
  private void verify(String queue, Map<String, Object> arguments)
      throws IOException, TimeoutException {
    var harmless = new ArrayList<String>();
    for (int turn = 0; turn < MOST_DIFFERENCES; turn++) {
      try {
        create(queue, arguments);
        break;
      } catch (IOException e) {
        String text = difference(e);
        harmless.add(text);
        if (!QueueDifference.read(queue, text).isTakenOver(arguments)) {
          break;
        }
      }
    }
    warnOnce(queue, harmless);
  }

  /// Returns how a queue differs from its declaration, in RabbitMQ's words.
  ///
  /// @throws IOException the failure itself, when it has another reason
  private static String difference(IOException failure) throws IOException {
    return closeOf(failure)
        .filter(close -> close.getReplyCode() == AMQP.PRECONDITION_FAILED)
        .map(AMQP.Channel.Close::getReplyText)
        .orElseThrow(() -> failure);
  }

  private void warnOnce(String queue, List<String> harmless) {
    if (!harmless.isEmpty() && warned.add(queue)) {
      LOG.log(
          Level.WARNING,
          "queue {0} exists with other properties than Sluice would declare; using it as it is:"
              + " {1}",
          queue,
          harmless);
    }
  }

  private static Optional<AMQP.Channel.Close> closeOf(IOException failure) {
    return failure.getCause() instanceof ShutdownSignalException signal
            && signal.getReason() instanceof AMQP.Channel.Close close
        ? Optional.of(close)
        : Optional.empty();
  }
}
