package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A step with an unknown outcome is neither done twice nor undone.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class UnknownOutcomesTest {

  private final SettableClock clock = new SettableClock();
  private final BrokerUrls urls;
  private TestBroker context;
  private StorageFixture fixture;

  UnknownOutcomesTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @BeforeEach
  void open() {
    context = TestBroker.empty(urls, clock);
    fixture = context.fixture(clock);
  }

  @AfterEach
  void close() {
    context.close();
  }

  private List<Claim> claims() {
    return fixture
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
  }

  private List<Claim> claims(int number) {
    var all = new ArrayList<Claim>();
    Eventually.holds(
        number + " are claimed",
        () -> {
          all.addAll(claims());
          return all.size() >= number;
        });
    return all;
  }

  private void publish(long number) {
    var message =
        DeliveryMessage.first(number, Events.event("e-1"), Optional.of(SubscriptionName.DEFAULT));
    context.publish(
        "ingest", MessageCodec.properties(message).build(), message.event().payload().json());
  }

  /// The producer got no confirmation either time, and RabbitMQ has both messages.
  @Test
  void secondTryOfAnId_doesNotReplaceTheFirst() {
    publish(1_000);
    Claim first = claims(1).getFirst();
    publish(2_000);
    Eventually.holds(
        "the second is acknowledged", () -> claims().isEmpty() && context.isEmpty("ingest"));

    assertThat(fixture.settle(first, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
    assertThat(claims()).isEmpty();
  }

  /// Redis came back with an earlier state, which still has the first event of this id.
  @Test
  void eventWhoseIdWasFreeAgain_replacesTheFirst() {
    publish(1_000);
    fixture.settle(claims(1).getFirst(), Resolution.COMPLETE);
    publish(Micros.of(clock.instant().plus(Duration.ofDays(8))));

    assertThat(claims(1)).hasSize(1);
  }

  @Test
  void beginWhoseAnswerWasLost_isTheSameAttempt() throws Exception {
    fixture.append("e-1");
    try (CutProxy proxy = CutProxy.before(URI.create(urls.redis()))) {
      var redis = URI.create("redis://127.0.0.1:" + proxy.url().getPort() + "/0");
      try (BrokerAdapter adapter =
          TestBroker.open(context.settings().over(redis), clock).adapter()) {
        var queue = adapter.storage().deliveries();
        queue.awaitWork(QuotaSamples.upTo(100), Duration.ofSeconds(5));
        proxy.keepAnswers();
        Eventually.holds("the answer is lost", () -> isLost(adapter));
        proxy.cut();

        var begun = new ArrayList<Claim>();
        Eventually.holds(
            "it is begun",
            () -> {
              begun.addAll(
                  queue.claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE));
              return !begun.isEmpty();
            });
        assertThat(begun.getFirst().attempt()).isEqualTo(1);
      }
    }
  }

  /// Nothing was published, so a repeat need not wait for the end of the reservation.
  @Test
  void reservationWhoseAnswerWasLost_isReleased() throws Exception {
    try (CutProxy proxy = CutProxy.before(URI.create(urls.redis()))) {
      var redis = URI.create("redis://127.0.0.1:" + proxy.url().getPort() + "/0");
      try (BrokerAdapter adapter =
          TestBroker.open(context.settings().over(redis), clock).adapter()) {
        proxy.keepAnswers();
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(
                () ->
                    adapter.storage().events().append(List.of(Events.routed(Events.event("e-1")))));
        proxy.cut();
        adapter.sampler().run();
      }
    }

    assertThat(fixture.append(Events.event("e-1"))).isInstanceOf(AppendResult.Stored.class);
  }

  private static boolean isLost(BrokerAdapter adapter) {
    try {
      adapter
          .storage()
          .deliveries()
          .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE);
      return false;
    } catch (StoreUnavailableException e) {
      return true;
    }
  }
}
