package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.connection.Prefetch;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Topology;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Messages that arrive while the inbox opens do not block it.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class InboxTest {

  /// More than the client buffers for a channel before it stops reading.
  private static final int MANY = 3_000;

  private static void publish(TestBroker context, Queues queues) {
    Rabbit rabbit = Rabbit.connect(context.settings().amqp(), "publishing", TestBroker.THREADS);
    try (rabbit) {
      List<OutboundMessage> messages =
          IntStream.range(0, MANY)
              .mapToObj(
                  number ->
                      DeliveryMessage.first(
                          number,
                          Events.event("e-" + number),
                          Optional.of(SubscriptionName.DEFAULT)))
              .map(message -> OutboundMessage.of(message, queues.due()))
              .toList();
      new Publisher(rabbit).publishAll(messages);
    }
  }

  @Test
  void manyAtOnce_areTakenInWhileItOpens(BrokerUrls urls) {
    var clock = new SettableClock();
    try (TestBroker context = TestBroker.empty(urls, clock)) {
      var queues = context.settings().queues();
      publish(context, queues);
      Rabbit rabbit = Rabbit.connect(context.settings().amqp(), "consuming", TestBroker.THREADS);
      try (rabbit;
          var inbox =
              new Inbox(
                  new Topology(rabbit, queues, () -> {}),
                  new Prefetch(MANY, 2 * MANY),
                  clock,
                  _ -> {})) {
        inbox.open();

        Eventually.holds("all are here", () -> inbox.size() == MANY);
        assertThat(inbox.take(10)).hasSize(10);
        inbox.fit();
        assertThat(inbox.take(MANY)).hasSize(MANY - 10).allMatch(ReceivedDelivery::isHeld);
      }
    }
  }
}
