package dev.sluice.adapter.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.adapter.broker.connection.ForeignMessage;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Topology;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Moves deliveries that must not begin now to queues where they wait: until they are due, until
/// another worker has finished with them, or until their subscription is resumed.
///
/// A message is published to the next queue before it is acknowledged in the previous one: after a
/// fault it may be in both, never in neither.
final class DelayedDeliveries {

  /// A claim must not wait for long.
  private static final int MAX_UNPARKED = 1_000;

  /// What was unparked needs a moment until it is received.
  private static final Duration BETWEEN_PULLS = Duration.ofMillis(50);

  private static final long BETWEEN_UNPARKS = Duration.ofSeconds(5).toNanos();

  private final BrokerClock clock;
  private final Redis redis;
  private final Publisher publisher;
  private final Scripts scripts;
  private final Topology topology;
  private final Queues queues;
  private final Inbox inbox;
  private final ForeignMessageConsumer foreignMessages;

  /// Used by the thread that claims, as is the next field.
  private Set<SubscriptionName> lastClaimable = Set.of();

  private long lastUnpark;

  /// Subscriptions with a rate limit that may have parked deliveries, and when some were unparked
  /// last.
  private final Map<SubscriptionName, Long> lastPull = new ConcurrentHashMap<>();

  /// Subscriptions whose queue is declared.
  private final Set<SubscriptionName> declared = ConcurrentHashMap.newKeySet();

  DelayedDeliveries(
      BrokerClock clock,
      Redis redis,
      Publisher publisher,
      Scripts scripts,
      Topology topology,
      Inbox inbox,
      ForeignMessageConsumer foreignMessages) {
    this.clock = clock;
    this.redis = redis;
    this.publisher = publisher;
    this.scripts = scripts;
    this.topology = topology;
    this.queues = topology.queues();
    this.inbox = inbox;
    this.foreignMessages = foreignMessages;
  }

  /// Declares the queues of subscriptions that may have parked deliveries from before this node
  /// started.
  void know(List<SubscriptionName> subscriptions) {
    subscriptions.forEach(topology::declarePaused);
    declared.addAll(subscriptions);
  }

  /// Creates missing queues.
  void restoreQueues() {
    topology.declareAll();
    declared.forEach(topology::declarePaused);
  }

  /// Returns whether the queues exist through which all deliveries go.
  boolean hasQueues() {
    return topology.isComplete();
  }

  /// Moves deliveries that are not due, or must not be claimed, to other queues.
  ///
  /// @param allowance of the claim
  /// @return the deliveries that may begin
  List<ReceivedDelivery> sortOut(
      List<ReceivedDelivery> receivedDeliveries, ClaimAllowance allowance) {
    Instant now = clock.local();
    var open = new ArrayList<ReceivedDelivery>(receivedDeliveries.size());
    var early = new ArrayList<ReceivedDelivery>();
    var held = new ArrayList<ReceivedDelivery>();
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      DeliveryMessage message = receivedDelivery.message();
      Optional<SubscriptionName> name = message.subscription();
      if (name.filter(one -> !allowance.isClaimable(one)).isPresent()) {
        held.add(receivedDelivery);
      } else if (message.notBefore().isAfter(now)) {
        early.add(receivedDelivery);
      } else if (name.filter(one -> !allowance.take(one)).isPresent()) {
        held.add(receivedDelivery);
        lastPull.putIfAbsent(name.get(), System.nanoTime());
      } else {
        open.add(receivedDelivery);
      }
    }
    park(held);
    delay(early, now);
    return open;
  }

  private void delay(List<ReceivedDelivery> receivedDeliveries, Instant now) {
    var moving = new ArrayList<ReceivedDelivery>();
    var messages = new ArrayList<OutboundMessage>();
    var nearlyDue = new ArrayList<ReceivedDelivery>();
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      Optional<Duration> step = stepFor(receivedDelivery.message(), now);
      if (step.isPresent()) {
        moving.add(receivedDelivery);
        messages.add(OutboundMessage.of(receivedDelivery.message(), queues.delay(step.get())));
      } else {
        nearlyDue.add(receivedDelivery);
      }
    }
    move(moving, messages);
    inbox.keep(nearlyDue);
  }

  private Optional<Duration> stepFor(DeliveryMessage message, Instant now) {
    Duration wait = Duration.between(now, message.notBefore());
    return message.isScheduled() ? queues.stepBefore(wait) : queues.stepFor(wait);
  }

  private void move(List<ReceivedDelivery> receivedDeliveries, List<OutboundMessage> messages) {
    publisher.publishAll(messages);
    receivedDeliveries.forEach(ReceivedDelivery::done);
  }

  /// Returns the queue for a delivery that is to be checked at [DeliveryMessage#notBefore].
  String queueFor(DeliveryMessage message) {
    return stepFor(message, clock.local()).map(queues::delay).orElseGet(queues::due);
  }

  /// A delivery that another worker has begun, or that was rescheduled.
  ///
  /// @param until when to check it again
  record Busy(ReceivedDelivery receivedDelivery, Instant until) {}

  /// Moves deliveries that other workers have begun to queues that delay.
  void waitForOthers(List<Busy> busy) {
    var messages = new ArrayList<OutboundMessage>(busy.size());
    for (Busy one : busy) {
      DeliveryMessage later = one.receivedDelivery().message().later(one.until());
      messages.add(OutboundMessage.of(later, queueFor(later)));
    }
    move(busy.stream().map(Busy::receivedDelivery).toList(), messages);
  }

  private void park(List<ReceivedDelivery> receivedDeliveries) {
    if (receivedDeliveries.isEmpty()) {
      return;
    }
    var messages = new ArrayList<OutboundMessage>(receivedDeliveries.size());
    var names = new ArrayList<String>(1 + 2 * receivedDeliveries.size());
    names.add("park");
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      SubscriptionName subscription = receivedDelivery.message().subscription().orElseThrow();
      declareOnce(subscription);
      messages.add(OutboundMessage.of(receivedDelivery.message(), queues.paused(subscription)));
      names.add(subscription.value());
      names.add(receivedDelivery.message().event().id().value());
    }
    scripts.run(Scripts.PARK, names);
    move(receivedDeliveries, messages);
  }

  private void declareOnce(SubscriptionName subscription) {
    if (!declared.contains(subscription)) {
      topology.declarePaused(subscription);
      declared.add(subscription);
    }
  }

  /// Unparks deliveries of subscriptions that may be claimed again: at once when these have
  /// changed, and every few seconds, because another node may have parked some before it learned of
  /// the change. Called by one thread at a time.
  void unparkWhenDue(Quotas quotas) {
    pull(quotas);
    Set<SubscriptionName> claimable = quotas.names();
    if (claimable.equals(lastClaimable) && System.nanoTime() - lastUnpark < BETWEEN_UNPARKS) {
      return;
    }
    for (String name : redis.ask(client -> client.smembers("sluice:parked"))) {
      declareOnce(new SubscriptionName(name));
    }
    int left = MAX_UNPARKED;
    for (SubscriptionName subscription : declared) {
      if (left > 0 && claimable.contains(subscription)) {
        left -= unpark(subscription, Math.min(left, quotas.withinRate(subscription)));
        if (quotas.withinRate(subscription) < Integer.MAX_VALUE) {
          lastPull.putIfAbsent(subscription, System.nanoTime());
        }
      }
    }
    if (left > 0) {
      lastClaimable = claimable;
      lastUnpark = System.nanoTime();
    }
  }

  /// Unparks as many deliveries of subscriptions with a rate limit as may begin now.
  private void pull(Quotas quotas) {
    lastPull.forEach(
        (subscription, last) -> {
          int allowed = Math.min(MAX_UNPARKED, allowed(quotas, subscription));
          long now = System.nanoTime();
          if (allowed > 0 && now - last >= BETWEEN_PULLS.toNanos()) {
            boolean isEmpty = unpark(subscription, allowed) < allowed;
            if (isEmpty) {
              lastPull.remove(subscription);
            } else {
              lastPull.put(subscription, now);
            }
          }
        });
  }

  private static int allowed(Quotas quotas, SubscriptionName subscription) {
    return quotas.names().contains(subscription) ? quotas.withinRate(subscription) : 0;
  }

  /// Returns how long to wait for work at most: what was unparked last may have gone to another
  /// node, while this one has tokens left.
  Duration shorten(Quotas quotas, Duration wait) {
    boolean isPullDue =
        wait.compareTo(BETWEEN_PULLS) > 0
            && lastPull.keySet().stream().anyMatch(name -> allowed(quotas, name) > 0);
    return isPullDue ? BETWEEN_PULLS : wait;
  }

  private int unpark(SubscriptionName subscription, int limit) {
    int back = 0;
    boolean isEmpty = false;
    Channel channel = topology.rabbit().channel();
    var consumerChannel = new ConsumerChannel(channel, () -> {});
    try (consumerChannel) {
      while (back < limit && !isEmpty) {
        int wanted = limit - back;
        List<ReceivedDelivery> receivedDeliveries =
            get(channel, consumerChannel, queues.paused(subscription), wanted);
        isEmpty = receivedDeliveries.size() < wanted;
        back += unpark(receivedDeliveries);
      }
    } catch (IOException | ShutdownSignalException e) {
      throw new StoreUnavailableException("lost the connection to RabbitMQ: " + e.getMessage(), e);
    }
    return back;
  }

  private List<ReceivedDelivery> get(
      Channel channel, ConsumerChannel consumerChannel, String queue, int limit)
      throws IOException {
    var receivedDeliveries = new ArrayList<ReceivedDelivery>();
    while (receivedDeliveries.size() < limit) {
      GetResponse response = channel.basicGet(queue, false);
      if (response == null) {
        break;
      }
      decodeOrBury(response, consumerChannel).ifPresent(receivedDeliveries::add);
    }
    return receivedDeliveries;
  }

  /// Returns the delivery; empty for a foreign message, which is moved to the dead letters.
  private Optional<ReceivedDelivery> decodeOrBury(
      GetResponse response, ConsumerChannel consumerChannel) {
    long tag = response.getEnvelope().getDeliveryTag();
    Optional<DeliveryMessage> message =
        MessageCodec.decode(response.getProps(), response.getBody());
    if (message.isEmpty()) {
      foreignMessages.bury(
          new ForeignMessage(consumerChannel, tag, response.getProps(), response.getBody()),
          "it was in the queue of a paused subscription");
    }
    return message.map(known -> new ReceivedDelivery(known, consumerChannel, tag));
  }

  private int unpark(List<ReceivedDelivery> receivedDeliveries) {
    if (receivedDeliveries.isEmpty()) {
      return 0;
    }
    var names = new ArrayList<String>(1 + 2 * receivedDeliveries.size());
    names.add("unpark");
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      names.add(receivedDelivery.message().subscriptionText());
      names.add(receivedDelivery.message().event().id().value());
    }
    // Deliveries cancelled meanwhile are moved too: the worker that receives one finds it finished.
    move(receivedDeliveries, messagesForDue(receivedDeliveries));
    return (int) scripts.run(Scripts.PARK, names).stream().filter("1"::equals).count();
  }

  private List<OutboundMessage> messagesForDue(List<ReceivedDelivery> receivedDeliveries) {
    return receivedDeliveries.stream()
        .map(ReceivedDelivery::message)
        .map(message -> OutboundMessage.of(message, queues.due()))
        .toList();
  }
}
