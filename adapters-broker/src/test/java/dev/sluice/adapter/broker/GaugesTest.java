package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.MessageIntake.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The reported depths of queues are their real ones.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class GaugesTest {

  private final BrokerUrls urls;
  private final SettableClock clock = new SettableClock();

  GaugesTest(BrokerUrls urls) {
    this.urls = urls;
  }

  private static QueueReport look(TestBroker context) {
    context.adapter().sampler().run();
    return context.adapter().queues().orElseThrow();
  }

  private static QueueReport.Queue queue(TestBroker context, String name) {
    return look(context).queues().stream()
        .filter(queue -> queue.name().equals(context.queue(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void depthConsumersAndWhatIsHeld_areTold() {
    try (TestBroker context = TestBroker.empty(urls, clock)) {
      StorageFixture fixture = context.fixture(clock);
      fixture.events().append(Events.many(3));
      assertThat(context.depth("ingest")).isEqualTo(3);
      Eventually.holds("they are reported", () -> queue(context, "ingest").depth() == 3);
      assertThat(queue(context, "ingest").consumers()).isZero();

      Eventually.holds(
          "all are here",
          () ->
              !fixture
                      .queue()
                      .claim(StorageFixture.WORKER, QuotaSamples.upTo(1), StorageFixture.LEASE)
                      .isEmpty()
                  && context.depth("ingest") == 0);

      Eventually.holds("it has a consumer", () -> queue(context, "ingest").consumers() == 1);
      Eventually.holds("they are held", () -> look(context).unacknowledged() == 3);
      // A node that is silent for too long holds nothing.
      clock.advance(Duration.ofSeconds(11));
      context.adapter().reconciler().gauges().look();
      assertThat(context.adapter().queues().orElseThrow().unacknowledged()).isZero();
    }
  }

  /// Callers get the last sample, however long the next one takes.
  @Test
  void rabbitThatHangs_delaysNoCaller() throws Exception {
    try (TestBroker context = TestBroker.empty(urls, clock);
        CutProxy proxy = CutProxy.before(context.settings().amqp())) {
      BrokerSettings far = context.settings().by(proxy.url());
      try (BrokerAdapter adapter = TestBroker.open(far, clock).adapter()) {
        assertThat(adapter.queues()).isEmpty();
        adapter.sampler().run();
        Duration before = adapter.queues().orElseThrow().age();
        proxy.keepAnswers();
        CompletableFuture<Void> hanging =
            CompletableFuture.runAsync(adapter.reconciler().gauges()::look);
        Eventually.holds("RabbitMQ was asked", () -> proxy.answersKept() > 0);

        QueueReport report = adapter.queues().orElseThrow();

        assertThat(hanging).isNotDone();
        assertThat(report.queues()).isNotEmpty();
        assertThat(report.age()).isGreaterThan(before);
        proxy.cut();
        assertThat(hanging).failsWithin(Duration.ofSeconds(20));
        assertThat(adapter.queues()).isPresent();
      }
    }
  }

  @Test
  void memoryOfRedis_isReported() {
    try (TestBroker context = TestBroker.empty(urls, clock)) {
      QueueReport.Memory memory = look(context).memory();

      assertThat(memory.usedBytes()).isPositive();
      assertThat(memory.limitBytes()).isNotNegative();
    }
  }

  @Test
  void messagesThatAreNoEvents_areCounted() {
    try (TestBroker context = TestBroker.empty(urls, clock)) {
      context.adapter().takeMessages(_ -> List.of(new Result.Refused("no event")));
      context.publish("ingest", new BasicProperties(), "nonsense");
      assertThat(
              context
                  .fixture(clock)
                  .queue()
                  .claim(StorageFixture.WORKER, QuotaSamples.upTo(1), StorageFixture.LEASE))
          .isEmpty();

      Eventually.holds("it is counted", () -> look(context).foreignDeadLetters() == 1);
      assertThat(look(context).foreignDeadLetters()).isEqualTo(1);
    }
  }
}
