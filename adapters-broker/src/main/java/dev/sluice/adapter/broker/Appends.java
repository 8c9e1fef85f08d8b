package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.PublisherConfirms.PublishResult;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Stores events: reserves their ids in Redis, publishes them, waits for RabbitMQ's confirms, and
/// makes the events visible in Redis.
///
/// Whatever fails in between, an event is either not reported as stored, or in RabbitMQ. Its id
/// stays reserved unless RabbitMQ is known not to have it: otherwise a repeat would be a second
/// event.
final class Appends {

  private static final System.Logger LOG = System.getLogger(Appends.class.getName());

  /// How long an id stays reserved when its node dies before it publishes.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BrokerClock clock;
  private final Scripts scripts;
  private final Publisher publisher;
  private final Queues queues;
  private final RedisMemoryUsage memoryUsage;
  private final Releases releases;
  private final RareWarning failing = new RareWarning();

  Appends(
      BrokerClock clock,
      Scripts scripts,
      Publisher publisher,
      Queues queues,
      RedisMemoryUsage memoryUsage,
      Releases releases) {
    this.clock = clock;
    this.memoryUsage = memoryUsage;
    this.releases = releases;
    this.scripts = scripts;
    this.publisher = publisher;
    this.queues = queues;
  }

  /// The outcome of storing one event.
  enum Outcome {
    STORED,
    /// An event with this id is already stored.
    TAKEN,
    /// Another caller is storing an event with this id.
    BUSY,
    /// The queue or Redis is full.
    FULL,
    /// It is unknown whether the event is stored.
    UNKNOWN
  }

  /// An event whose id is reserved.
  private record Reserved(int place, NewEvent event, long sequence) {}

  /// Stores each event whose id is free.
  ///
  /// @return one outcome for each event, in the same order
  /// @throws StoreUnavailableException when none was stored
  List<Outcome> store(List<NewEvent> events) {
    if (memoryUsage.isFull()) {
      return Collections.nCopies(events.size(), Outcome.FULL);
    }
    // A random token: it identifies the reservation and has no other meaning.
    String who = UUID.randomUUID().toString();
    var outcomes = new ArrayList<Outcome>(events.size());
    List<Reserved> reserved = reserve(who, events, outcomes);
    if (!reserved.isEmpty()) {
      publish(who, reserved, outcomes);
    }
    return outcomes;
  }

  private List<Reserved> reserve(String who, List<NewEvent> events, List<Outcome> outcomes) {
    List<String> answers = ask(who, events, reserveArguments(who, events));
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

  private static List<String> reserveArguments(String who, List<NewEvent> events) {
    var arguments = new ArrayList<String>(2 + 5 * events.size());
    arguments.add(who);
    arguments.add(Long.toString(PATIENCE.toMillis()));
    for (NewEvent event : events) {
      arguments.add(event.event().id().value());
      arguments.add(names(event.subscriptions()));
      arguments.add(EventCodec.encode(event.event()));
      arguments.add(event.digest().map(ContentDigest::value).orElse(""));
      arguments.add(schedule(event));
    }
    return arguments;
  }

  /// Returns the subscriptions whose deliveries do not begin before a time, each with that time.
  private static String schedule(NewEvent event) {
    return event.subscriptions().stream()
        .flatMap(
            name ->
                event.notBefore(name).map(time -> name.value() + " " + Micros.text(time)).stream())
        .collect(Collectors.joining(" "));
  }

  private List<String> ask(String who, List<NewEvent> events, List<String> arguments) {
    try {
      return scripts.run(Scripts.RESERVE, arguments);
    } catch (StoreUnavailableException e) {
      // Redis may have reserved them; nothing is published either way.
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
    Instant now = clock.local();
    for (Reserved one : reserved) {
      for (Optional<SubscriptionName> subscription : deliveries(one.event())) {
        var message = DeliveryMessage.first(one.sequence(), one.event().event(), subscription);
        DeliveryMessage scheduled =
            subscription.flatMap(one.event()::notBefore).map(message::notBefore).orElse(message);
        messages.add(OutboundMessage.first(scheduled, queues, now));
        owners.add(one);
      }
    }
    List<PublishResult> results = publishOrRelease(who, reserved, messages);
    judge(who, owners, results, outcomes);
  }

  private List<PublishResult> publishOrRelease(
      String who, List<Reserved> reserved, List<OutboundMessage> messages) {
    try {
      return publisher.publish(messages);
    } catch (StoreUnavailableException e) {
      release(who, reserved);
      throw e;
    }
  }

  /// Decides the outcome of each event by its own messages alone.
  private void judge(
      String who, List<Reserved> owners, List<PublishResult> results, List<Outcome> outcomes) {
    var published = new ArrayList<Reserved>();
    var free = new ArrayList<Reserved>();
    for (int from = 0, to; from < owners.size(); from = to) {
      Reserved owner = owners.get(from);
      to = endOfEvent(owners, from);
      List<PublishResult> own = results.subList(from, to);
      Outcome outcome = outcome(own);
      outcomes.set(owner.place(), outcome);
      if (outcome == Outcome.STORED) {
        published.add(owner);
      } else if (own.stream().allMatch(PublishResult::isLost)) {
        free.add(owner);
      }
    }
    release(who, free);
    confirm(who, published);
  }

  /// Returns where the messages end that belong to the same event as the one at `from`.
  private static int endOfEvent(List<Reserved> owners, int from) {
    int to = from + 1;
    while (to < owners.size() && owners.get(to).place() == owners.get(from).place()) {
      to++;
    }
    return to;
  }

  private static Outcome outcome(List<PublishResult> own) {
    if (own.stream().allMatch(result -> result == PublishResult.CONFIRMED)) {
      return Outcome.STORED;
    }
    boolean isFull = own.stream().allMatch(result -> result == PublishResult.REFUSED);
    return isFull ? Outcome.FULL : Outcome.UNKNOWN;
  }

  /// Returns one entry for each message. An event without subscriptions needs one too: it is stored
  /// only when RabbitMQ has it.
  private static List<Optional<SubscriptionName>> deliveries(NewEvent event) {
    return event.subscriptions().isEmpty()
        ? List.of(Optional.empty())
        : event.subscriptions().stream().map(Optional::of).toList();
  }

  /// Makes published events visible in Redis. If this fails they are stored all the same: a worker
  /// that receives one of them makes it visible.
  private void confirm(String who, List<Reserved> published) {
    if (published.isEmpty()) {
      return;
    }
    List<String> arguments = confirmArguments(who, published);
    try {
      scripts.send(Scripts.CONFIRM, arguments);
    } catch (StoreUnavailableException e) {
      LOG.log(
          failing.level(),
          "{0} events are stored in RabbitMQ, but not yet in Redis; workers will add them: {1}",
          published.size(),
          e.getMessage());
    }
  }

  private static List<String> confirmArguments(String who, List<Reserved> published) {
    var arguments = new ArrayList<String>(1 + 2 * published.size());
    arguments.add(who);
    for (Reserved one : published) {
      Event event = one.event().event();
      arguments.add(event.id().value());
      arguments.add(Micros.text(event.receivedAt()));
    }
    return arguments;
  }

  private void release(String who, List<Reserved> reserved) {
    releases.release(who, ids(reserved.stream().map(Reserved::event).toList()));
  }
}
