package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.BrokerServers;
import dev.sluice.contract.BrokerUrls;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.figures.QueueReport;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is told of the queues is what is in them.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class GaugesTest {

  private static QueueReport.Queue queue(TestBroker broker, String name) {
    QueueReport report = broker.adapter().caretaker().gauges().report().orElseThrow();
    return report.queues().stream()
        .filter(queue -> queue.name().equals(broker.queue(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void depthConsumersAndWhatIsHeld_areTold(BrokerUrls urls) {
    var clock = new SettableClock();
    try (TestBroker broker = TestBroker.empty(urls, clock)) {
      StorageFixture fixture = broker.fixture(clock);
      fixture.events().append(Events.many(3));
      assertThat(broker.depth("ingest")).isEqualTo(3);
      Eventually.holds("they are told", () -> queue(broker, "ingest").depth() == 3);
      assertThat(queue(broker, "ingest").consumers()).isZero();

      Eventually.holds(
          "all are here",
          () ->
              !fixture
                      .queue()
                      .claim(StorageFixture.WORKER, 1, StorageFixture.LEASE, Set.of())
                      .isEmpty()
                  && broker.depth("ingest") == 0);
      broker.adapter().caretaker().gauges().tell();

      Eventually.holds("it is taken from", () -> queue(broker, "ingest").consumers() == 1);
      Eventually.holds(
          "they are held",
          () -> broker.adapter().caretaker().gauges().report().orElseThrow().unacknowledged() == 3);
      // A node that is silent for long holds nothing.
      clock.advance(Duration.ofSeconds(11));
      Eventually.holds(
          "they are not",
          () -> broker.adapter().caretaker().gauges().report().orElseThrow().unacknowledged() == 0);
    }
  }
}
