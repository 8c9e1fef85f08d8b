package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.InFlight.Held;
import dev.sluice.adapter.broker.PublisherConfirms.PublishResult;
import dev.sluice.adapter.broker.codec.AttemptCodec;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.FailureCauseCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.format.ResponseCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Records the outcomes of attempts: publishes the follow-up message of the delivery, updates
/// Redis, and only then acknowledges the message of the attempt.
final class Settlements {

  private final BrokerClock clock;
  private final Publisher publisher;
  private final Queues queues;
  private final Scripts scripts;
  private final DelayedDeliveries delayedDeliveries;
  private final RedisMemoryUsage memoryUsage;

  Settlements(
      BrokerClock clock,
      Publisher publisher,
      Queues queues,
      Scripts scripts,
      DelayedDeliveries delayedDeliveries,
      RedisMemoryUsage memoryUsage) {
    this.clock = clock;
    this.publisher = publisher;
    this.queues = queues;
    this.scripts = scripts;
    this.delayedDeliveries = delayedDeliveries;
    this.memoryUsage = memoryUsage;
  }

  /// An ended attempt.
  ///
  /// @param subscriptionVersion as in [Settlement#subscriptionVersion]
  /// @param response as in [Settlement#response]
  record Ended(
      Held held, Resolution resolution, long subscriptionVersion, Optional<Response> response) {

    static Ended of(Held held, Settlement settlement) {
      return new Ended(
          held, settlement.resolution(), settlement.subscriptionVersion(), settlement.response());
    }

    /// Returns the same with the resolution that was published.
    private Ended as(Resolution published) {
      return new Ended(held, published, subscriptionVersion, response);
    }

    /// Returns whether RabbitMQ confirmed its follow-up message.
    boolean isPublished() {
      return held.receivedDelivery().published().isPresent();
    }
  }

  /// Settles outcomes that need no message: completed or expired.
  ///
  /// @return one result for each, in the same order
  List<SettlementResult> complete(List<Ended> ended) {
    return record(ended);
  }

  /// Settles outcomes that need a follow-up message.
  ///
  /// Each on its own: those whose message RabbitMQ confirmed are settled, the others are not.
  ///
  /// @return one result for each, in the same order; empty for those that could not be settled
  List<Optional<SettlementResult>> settle(List<Ended> ended) {
    List<Ended> decided = ended.stream().map(Settlements::asPublished).toList();
    publish(decided.stream().filter(one -> !one.isPublished()).toList());
    List<Ended> published = decided.stream().filter(Ended::isPublished).toList();
    Iterator<SettlementResult> results = record(published).iterator();
    return decided.stream()
        .map(
            one ->
                one.isPublished()
                    ? Optional.of(results.next())
                    : Optional.<SettlementResult>empty())
        .toList();
  }

  /// Returns the resolution that was published, if any: it cannot be taken back, whatever is
  /// requested now.
  private static Ended asPublished(Ended ended) {
    return ended.held().receivedDelivery().published().map(ended::as).orElse(ended);
  }

  private void publish(List<Ended> ended) {
    if (ended.isEmpty()) {
      return;
    }
    Instant now = clock.local();
    List<PublishResult> results =
        publisher.publish(ended.stream().map(one -> successor(one, now).orElseThrow()).toList());
    for (int index = 0; index < results.size(); index++) {
      if (results.get(index) == PublishResult.CONFIRMED) {
        ended.get(index).held().receivedDelivery().published(ended.get(index).resolution());
      }
    }
  }

  private List<SettlementResult> record(List<Ended> ended) {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<String> answers = send(ended);
    ended.forEach(one -> one.held().receivedDelivery().done());
    return answers.stream()
        .map(answer -> answer.equals("ok") ? SettlementResult.SETTLED : SettlementResult.LEASE_LOST)
        .toList();
  }

  private List<String> send(List<Ended> ended) {
    List<String> answers = new ArrayList<>(scripts.run(Scripts.SETTLE, arguments(ended)));
    List<Ended> missing = missing(ended, answers);
    if (missing.isEmpty()) {
      return answers;
    }
    // Redis was emptied while they were in progress; RabbitMQ has sent them to no other node.
    var registration = new RedisRegistration(scripts);
    registration.register(
        missing.stream().map(one -> one.held().receivedDelivery().message()).toList());
    registration.begin(missing.stream().map(Ended::held).toList());
    List<String> again = scripts.run(Scripts.SETTLE, arguments(missing));
    for (int index = 0; index < missing.size(); index++) {
      answers.set(ended.indexOf(missing.get(index)), again.get(index));
    }
    return answers;
  }

  private static List<Ended> missing(List<Ended> ended, List<String> answers) {
    List<Ended> missing = new ArrayList<>();
    for (int index = 0; index < answers.size(); index++) {
      if (answers.get(index).equals("missing")) {
        missing.add(ended.get(index));
      }
    }
    return missing;
  }

  private Optional<OutboundMessage> successor(Ended ended, Instant now) {
    return switch (ended.resolution()) {
      case Resolution.Complete(), Resolution.Expire() -> Optional.empty();
      case Resolution.Retry(Instant dueAt, FailureCause cause) -> {
        DeliveryMessage next = failed(ended, cause, dueAt, now);
        yield Optional.of(OutboundMessage.of(next, delayedDeliveries.queueFor(next)));
      }
      case Resolution.DeadLetter(FailureCause cause) -> {
        DeliveryMessage dead = failed(ended, cause, now, now);
        yield Optional.of(OutboundMessage.of(dead, queues.dead()));
      }
      case Resolution.HandBack() -> {
        DeliveryMessage next = handedBack(ended, now);
        yield Optional.of(OutboundMessage.of(next, queues.due()));
      }
    };
  }

  private static DeliveryMessage failed(
      Ended ended, FailureCause cause, Instant dueAt, Instant now) {
    DeliveryMessage message = ended.held().receivedDelivery().message();
    return message
        .retry(ended.held().claim().attempts(), dueAt, cause)
        .remembering(line(ended, now));
  }

  private static DeliveryMessage handedBack(Ended ended, Instant now) {
    DeliveryMessage message = ended.held().receivedDelivery().message();
    return message.handedBack(ended.held().claim().attempt()).remembering(line(ended, now));
  }

  private static String line(Ended ended, Instant now) {
    Claim claim = ended.held().claim();
    return AttemptCodec.encode(
        Attempt.begun(claim.attempt(), claim.lease())
            .ended(ended.resolution(), now)
            .under(ended.subscriptionVersion()));
  }

  private List<String> arguments(List<Ended> all) {
    var arguments = new ArrayList<String>(12 * all.size());
    for (Ended one : all) {
      addName(arguments, one.held().claim());
      arguments.addAll(nextState(one));
      arguments.add(one.subscriptionVersion() == 0 ? "" : Long.toString(one.subscriptionVersion()));
      addResponse(arguments, one.response());
    }
    return arguments;
  }

  /// Stored events have to be processed while Redis lacks memory; the responses are dropped then.
  private void addResponse(List<String> arguments, Optional<Response> response) {
    if (response.isPresent() && !memoryUsage.isFull()) {
      arguments.add(Integer.toString(StatusClass.of(response.get().status()).digit()));
      arguments.add(ResponseCodec.encode(response.get()));
    } else {
      arguments.add("");
      arguments.add("");
    }
  }

  private static List<String> nextState(Ended ended) {
    return switch (ended.resolution()) {
      case Resolution.Complete() -> List.of("C", "", "", "");
      case Resolution.Retry(Instant dueAt, FailureCause cause) ->
          List.of("T", Micros.text(dueAt), FailureCauseCodec.encode(cause), "");
      case Resolution.DeadLetter(FailureCause cause) ->
          List.of(
              "F",
              "",
              FailureCauseCodec.encode(cause),
              ErrorFingerprint.of(ended.held().claim().subscription(), cause).toString());
      case Resolution.HandBack() -> List.of("H", "", "", "");
      case Resolution.Expire() -> List.of("E", "", "", "");
    };
  }

  /// Adds the arguments by which scripts identify an attempt.
  static void addName(List<String> arguments, Claim claim) {
    arguments.add(claim.event().id().value());
    arguments.add(Long.toString(claim.sequence()));
    arguments.add(claim.subscription().value());
    arguments.add(Integer.toString(claim.attempt()));
    arguments.add(DeliveryStateCodec.text(claim.lease().worker()));
  }
}
