package dev.sluice.adapter.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sends deliveries that are not to be begun now to queues where they wait: until they are due,
/// until somebody else has done with them, or until their subscription is no longer paused.
///
/// A message is published to the next queue before it is taken out of the one before: after a fault
/// it may be in both, never in neither.
final class Detours {

  private final Broker broker;
  private final Topology topology;
  private final Inbox inbox;
  private final StrangerDesk strangers;

  /// Subscriptions whose queue is there.
  private final Set<SubscriptionName> declared = ConcurrentHashMap.newKeySet();

  Detours(Broker broker, Topology topology, Inbox inbox, StrangerDesk strangers) {
    this.broker = broker;
    this.topology = topology;
    this.inbox = inbox;
    this.strangers = strangers;
  }

  /// These subscriptions may have deliveries aside, from before this node began.
  void know(List<SubscriptionName> subscriptions) {
    subscriptions.forEach(topology::declarePaused);
    declared.addAll(subscriptions);
  }

  /// Makes the queues that are not there any more.
  void restoreQueues() {
    topology.declareAll();
    declared.forEach(topology::declarePaused);
  }

  /// Whether the queues are there through which all deliveries go.
  boolean hasQueues() {
    return topology.isComplete();
  }

  /// Sends away what is paused or not due.
  ///
  /// @return what may be begun
  List<Arrival> sortOut(List<Arrival> arrivals, Set<SubscriptionName> paused) {
    Instant now = broker.clock().local();
    var open = new ArrayList<Arrival>(arrivals.size());
    var early = new ArrayList<Arrival>();
    var held = new ArrayList<Arrival>();
    for (Arrival arrival : arrivals) {
      DeliveryMessage message = arrival.message();
      if (message.subscription().filter(paused::contains).isPresent()) {
        held.add(arrival);
      } else if (message.notBefore().isAfter(now)) {
        early.add(arrival);
      } else {
        open.add(arrival);
      }
    }
    setAside(held);
    delay(early, now);
    return open;
  }

  private void delay(List<Arrival> arrivals, Instant now) {
    var moving = new ArrayList<Arrival>();
    var messages = new ArrayList<Outgoing>();
    var nearlyDue = new ArrayList<Arrival>();
    for (Arrival arrival : arrivals) {
      Optional<Duration> step =
          broker.queues().stepFor(Duration.between(now, arrival.message().notBefore()));
      if (step.isPresent()) {
        moving.add(arrival);
        messages.add(Outgoing.of(arrival.message(), broker.queues().delay(step.get())));
      } else {
        nearlyDue.add(arrival);
      }
    }
    move(moving, messages);
    inbox.keep(nearlyDue);
  }

  private void move(List<Arrival> arrivals, List<Outgoing> messages) {
    broker.publisher().publishAll(messages);
    arrivals.forEach(Arrival::done);
  }

  /// The queue for what is to be looked at from a time on.
  String queueFor(Instant notBefore) {
    return broker
        .queues()
        .stepFor(Duration.between(broker.clock().local(), notBefore))
        .map(broker.queues()::delay)
        .orElseGet(broker.queues()::due);
  }

  /// A delivery that somebody else has begun.
  ///
  /// @param until when it is to come again
  record Busy(Arrival arrival, Instant until) {}

  /// Sends away what others have begun, to come again.
  void waitForOthers(List<Busy> busy) {
    var messages = new ArrayList<Outgoing>(busy.size());
    for (Busy one : busy) {
      DeliveryMessage later = one.arrival().message().later(one.until());
      messages.add(Outgoing.of(later, queueFor(one.until())));
    }
    move(busy.stream().map(Busy::arrival).toList(), messages);
  }

  private void setAside(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    var messages = new ArrayList<Outgoing>(arrivals.size());
    var names = new ArrayList<String>(1 + 2 * arrivals.size());
    names.add("aside");
    for (Arrival arrival : arrivals) {
      SubscriptionName subscription = arrival.message().subscription().orElseThrow();
      if (!declared.contains(subscription)) {
        topology.declarePaused(subscription);
        declared.add(subscription);
      }
      messages.add(Outgoing.of(arrival.message(), broker.queues().paused(subscription)));
      names.add(subscription.value());
      names.add(arrival.message().event().id().value());
    }
    broker.scripts().run(Scripts.ASIDE, names);
    move(arrivals, messages);
  }

  /// Puts deliveries back that were set aside, those of subscriptions that are not paused.
  ///
  /// @param limit at most so many
  /// @return how many of them still wait for a worker
  int putBack(Set<SubscriptionName> paused, int limit) {
    int left = limit;
    for (SubscriptionName subscription : declared) {
      if (!paused.contains(subscription) && left > 0) {
        left -= putBack(subscription, left);
      }
    }
    return limit - left;
  }

  private int putBack(SubscriptionName subscription, int limit) {
    int back = 0;
    boolean isEmpty = false;
    Channel channel = broker.consuming().channel();
    var line = new Line(channel, () -> {});
    try (line) {
      while (back < limit && !isEmpty) {
        int wanted = limit - back;
        List<Arrival> arrivals = get(channel, line, broker.queues().paused(subscription), wanted);
        isEmpty = arrivals.size() < wanted;
        back += putBack(arrivals);
      }
    } catch (IOException | ShutdownSignalException e) {
      throw new StoreUnavailableException("RabbitMQ went away: " + e.getMessage(), e);
    }
    return back;
  }

  private List<Arrival> get(Channel channel, Line line, String queue, int limit)
      throws IOException {
    var arrivals = new ArrayList<Arrival>();
    while (arrivals.size() < limit) {
      GetResponse response = channel.basicGet(queue, false);
      if (response == null) {
        break;
      }
      long tag = response.getEnvelope().getDeliveryTag();
      Optional<DeliveryMessage> message =
          MessageCodec.read(response.getProps(), response.getBody());
      if (message.isPresent()) {
        arrivals.add(new Arrival(message.get(), line, tag));
      } else {
        strangers.bury(
            new Stranger(line, tag, response.getProps(), response.getBody()),
            "it was among paused deliveries");
      }
    }
    return arrivals;
  }

  private int putBack(List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return 0;
    }
    var names = new ArrayList<String>(1 + 2 * arrivals.size());
    names.add("back");
    for (Arrival arrival : arrivals) {
      names.add(arrival.message().subscriptionText());
      names.add(arrival.message().event().id().value());
    }
    // What was cancelled meanwhile goes back too: whoever begins it finds that it is done with.
    move(
        arrivals,
        arrivals.stream()
            .map(arrival -> Outgoing.of(arrival.message(), broker.queues().due()))
            .toList());
    return (int) broker.scripts().run(Scripts.ASIDE, names).stream().filter("1"::equals).count();
  }
}
