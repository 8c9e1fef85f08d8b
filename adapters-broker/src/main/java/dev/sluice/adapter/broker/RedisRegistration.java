package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.codec.FailureCauseCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Registers deliveries that Redis does not know, from their messages.
final class RedisRegistration {

  /// Stands for the worker of a dead letter's last attempt, which is known from its history only.
  private static final String NOBODY = "unknown";

  private static final FailureCause GIVEN_UP =
      new FailureCause(
          FailureCause.Kind.ABANDONED, "GivenUp", "RabbitMQ put it into the dead letters");

  private final Scripts scripts;

  RedisRegistration(Scripts scripts) {
    this.scripts = scripts;
  }

  /// Registers waiting deliveries. Those that Redis knows stay as they are.
  void register(List<DeliveryMessage> messages) {
    var arguments = new ArrayList<String>(14 * messages.size());
    for (DeliveryMessage message : messages) {
      add(arguments, message, message.failure().isPresent() ? "T" : "R", "");
    }
    send(arguments);
  }

  private void send(List<String> arguments) {
    if (!arguments.isEmpty()) {
      scripts.send(Scripts.REGISTER, arguments);
    }
  }

  /// Begins deliveries in progress, which [#register] has registered as waiting.
  void begin(List<InFlight.Held> inWork) {
    for (InFlight.Held held : inWork) {
      var arguments = new ArrayList<String>();
      Duration lease = Duration.between(held.claim().lease().startedAt(), held.leaseEnd());
      arguments.add(Micros.text(lease));
      arguments.add(DeliveryStateCodec.text(held.claim().lease().worker()));
      RedisClaims.addName(arguments, held.receivedDelivery().message(), false);
      var _ = scripts.run(Scripts.BEGIN, arguments);
    }
  }

  /// Registers dead letters.
  void registerDead(List<DeliveryMessage> messages) {
    var arguments = new ArrayList<String>(14 * messages.size());
    for (DeliveryMessage message : messages) {
      // RabbitMQ may have moved others there, which did not fail.
      FailureCause cause = message.failure().orElse(GIVEN_UP);
      message
          .subscription()
          .map(subscription -> ErrorFingerprint.of(subscription, cause).toString())
          .ifPresent(fingerprint -> add(arguments, message.failed(cause), "F", fingerprint));
    }
    send(arguments);
  }

  private static void add(
      List<String> arguments, DeliveryMessage message, String letter, String fingerprint) {
    arguments.add(message.event().id().value());
    arguments.add(Long.toString(message.sequence()));
    arguments.add(EventCodec.encode(message.event()));
    arguments.add(message.subscriptionText());
    arguments.add(letter);
    arguments.add(Integer.toString(message.attempts().started()));
    arguments.add(Integer.toString(message.attempts().spent()));
    arguments.add(Integer.toString(message.replays()));
    arguments.add(Micros.text(message.dueAt()));
    arguments.add(message.isScheduled() ? "1" : "");
    arguments.add(NOBODY);
    arguments.add(
        message.failure().map((FailureCause cause) -> FailureCauseCodec.encode(cause)).orElse(""));
    arguments.add(fingerprint);
    arguments.add(message.history());
  }
}
