package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.PublisherConfirms.Fate;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Stores events: takes their ids in Redis, publishes them, waits for RabbitMQ's word, and makes
/// them known in Redis.
///
/// Whatever fails in between, an event is either not said to be stored, or in RabbitMQ. Its id
/// stays reserved unless RabbitMQ is known not to have it: else a repeat would be a second event.
final class Appends {

  private static final System.Logger LOG = System.getLogger(Appends.class.getName());

  /// An id stays taken for so long when its node dies before it has published.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Scripts scripts;
  private final Publisher publisher;
  private final Queues queues;
  private final RedisMemoryUsage memoryUsage;
  private final Releases releases;
  private final RareWarning untold = new RareWarning();

  Appends(
      Scripts scripts,
      Publisher publisher,
      Queues queues,
      RedisMemoryUsage memoryUsage,
      Releases releases) {
    this.memoryUsage = memoryUsage;
    this.releases = releases;
    this.scripts = scripts;
    this.publisher = publisher;
    this.queues = queues;
  }

  /// What became of an event.
  enum Outcome {
    STORED,
    /// An event with this id is stored.
    TAKEN,
    /// Somebody is just storing an event with this id.
    BUSY,
    /// The queue or Redis is full.
    FULL,
    /// It may be stored, or not.
    UNKNOWN
  }

  /// An event that may be published.
  private record Reserved(int place, NewEvent event, long number) {}

  /// Stores each event whose id is free.
  ///
  /// @return one outcome for each, in their order
  /// @throws StoreUnavailableException when none was
  List<Outcome> store(List<NewEvent> events) {
    if (memoryUsage.isFull()) {
      return Collections.nCopies(events.size(), Outcome.FULL);
    }
    // Chance alone: it tells who reserved an id, and is of no use to anybody else.
    String who = UUID.randomUUID().toString();
    var outcomes = new ArrayList<Outcome>(events.size());
    List<Reserved> reserved = reserve(who, events, outcomes);
    if (!reserved.isEmpty()) {
      publish(who, reserved, outcomes);
    }
    return outcomes;
  }

  private List<Reserved> reserve(String who, List<NewEvent> events, List<Outcome> outcomes) {
    var arguments = new ArrayList<String>(2 + 4 * events.size());
    arguments.add(who);
    arguments.add(Long.toString(PATIENCE.toMillis()));
    for (NewEvent event : events) {
      arguments.add(event.event().id().value());
      arguments.add(names(event.subscriptions()));
      arguments.add(EventCodec.encode(event.event()));
      arguments.add(event.digest().map(ContentDigest::value).orElse(""));
    }
    List<String> answers = ask(who, events, arguments);
    var reserved = new ArrayList<Reserved>(events.size());
    for (int place = 0; place < answers.size(); place++) {
      switch (answers.get(place)) {
        case "taken" -> outcomes.add(Outcome.TAKEN);
        case "busy" -> outcomes.add(Outcome.BUSY);
        case String number -> {
          outcomes.add(Outcome.STORED);
          reserved.add(new Reserved(place, events.get(place), Long.parseLong(number)));
        }
      }
    }
    return reserved;
  }

  private List<String> ask(String who, List<NewEvent> events, List<String> arguments) {
    try {
      return scripts.run(Scripts.RESERVE, arguments);
    } catch (StoreUnavailableException e) {
      // Redis may have reserved them; nothing is published, whatever it did.
      releases.releaseUnknown(who, ids(events));
      throw e;
    }
  }

  private static List<String> ids(List<NewEvent> events) {
    return events.stream().map(event -> event.event().id().value()).toList();
  }

  private static String names(List<SubscriptionName> subscriptions) {
    return String.join(" ", subscriptions.stream().map(SubscriptionName::value).toList());
  }

  private void publish(String who, List<Reserved> reserved, List<Outcome> outcomes) {
    var messages = new ArrayList<OutboundMessage>(reserved.size());
    var owners = new ArrayList<Reserved>(reserved.size());
    for (Reserved one : reserved) {
      for (Optional<SubscriptionName> subscription : deliveries(one.event())) {
        var message = DeliveryMessage.first(one.number(), one.event().event(), subscription);
        messages.add(OutboundMessage.of(message, queues.ingest()));
        owners.add(one);
      }
    }
    List<Fate> fates;
    try {
      fates = publisher.publish(messages);
    } catch (StoreUnavailableException e) {
      release(who, reserved);
      throw e;
    }
    judge(who, owners, fates, outcomes);
  }

  /// Each event by its own messages, whatever became of its neighbours.
  private void judge(String who, List<Reserved> owners, List<Fate> fates, List<Outcome> outcomes) {
    var published = new ArrayList<Reserved>();
    var free = new ArrayList<Reserved>();
    for (int from = 0, to; from < owners.size(); from = to) {
      Reserved owner = owners.get(from);
      to = from + 1;
      while (to < owners.size() && owners.get(to).place() == owner.place()) {
        to++;
      }
      List<Fate> own = fates.subList(from, to);
      if (own.stream().allMatch(fate -> fate == Fate.CONFIRMED)) {
        published.add(owner);
      } else {
        boolean isFull = own.stream().allMatch(fate -> fate == Fate.REFUSED);
        outcomes.set(owner.place(), isFull ? Outcome.FULL : Outcome.UNKNOWN);
        if (own.stream().allMatch(Fate::isLost)) {
          free.add(owner);
        }
      }
    }
    release(who, free);
    confirm(who, published);
  }

  /// An event that nobody wants goes through RabbitMQ too: until it is there, it is not stored.
  private static List<Optional<SubscriptionName>> deliveries(NewEvent event) {
    return event.subscriptions().isEmpty()
        ? List.of(Optional.empty())
        : event.subscriptions().stream().map(Optional::of).toList();
  }

  /// RabbitMQ has the events, so they are stored, whatever Redis says now: a worker tells it again.
  private void confirm(String who, List<Reserved> published) {
    if (published.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<String>(1 + 2 * published.size());
    arguments.add(who);
    for (Reserved one : published) {
      Event event = one.event().event();
      arguments.add(event.id().value());
      arguments.add(Micros.text(event.receivedAt()));
    }
    try {
      scripts.tell(Scripts.CONFIRM, arguments);
    } catch (StoreUnavailableException e) {
      LOG.log(
          untold.level(),
          "{0} events are in RabbitMQ, but Redis could not be told; workers will tell it: {1}",
          published.size(),
          e.getMessage());
    }
  }

  private void release(String who, List<Reserved> reserved) {
    releases.release(who, ids(reserved.stream().map(Reserved::event).toList()));
  }
}
