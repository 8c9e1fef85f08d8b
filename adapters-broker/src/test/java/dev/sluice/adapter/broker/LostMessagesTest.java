package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// RabbitMQ lost messages unnoticed, as when a queue was purged: Redis still knows their
/// deliveries.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class LostMessagesTest {

  private final SettableClock clock = new SettableClock();
  private final BrokerUrls urls;
  private TestBroker context;
  private StorageFixture fixture;

  LostMessagesTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @BeforeEach
  void open() {
    context = TestBroker.empty(urls, clock);
    fixture = context.fixture(clock);
    context.adapter().reconciler().look();
  }

  @AfterEach
  void close() {
    context.close();
  }

  /// A minute later.
  private void sweep() {
    clock.advance(Duration.ofMinutes(1));
    context.adapter().sampler().run();
    context.adapter().reconciler().sweepSoon();
    context.adapter().reconciler().look();
  }

  private void lose(int messages) {
    for (int number = 0; number < messages; number++) {
      assertThat(context.get("ingest")).isPresent();
    }
  }

  private List<String> claimed(int number) {
    var ids = new ArrayList<String>();
    Eventually.holds(
        number + " are claimed",
        () -> {
          fixture
              .queue()
              .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE)
              .forEach(claim -> ids.add(claim.event().id().value()));
          return ids.size() >= number;
        });
    return ids;
  }

  @Test
  void allMessagesGone_isNoticedAfterTwoLooksAndMended() {
    fixture.events().append(Events.many(3));
    Eventually.holds("they are there", () -> context.depth("ingest") == 3);
    lose(3);
    try (var log = new RecordedLog(BrokerReconciler.class)) {
      sweep();
      assertThat(log.warnings()).isEmpty();

      sweep();
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("3 deliveries are unfinished, but RabbitMQ has 0 messages");
    }
    context.adapter().reconciler().look();

    assertThat(claimed(3)).hasSize(3).doesNotHaveDuplicates();
  }

  /// A loss this small is no evidence: counts are not taken at the same instant.
  @Test
  void fewMessagesGone_areMendedWhenAnOperatorAsks() {
    fixture.events().append(Events.many(3));
    Eventually.holds("they are there", () -> context.depth("ingest") == 3);
    lose(1);
    try (var log = new RecordedLog(BrokerReconciler.class)) {
      sweep();
      sweep();
      sweep();
      assertThat(log.warnings()).isEmpty();
    }
    assertThat(context.depth("ingest")).isEqualTo(2);

    BrokerAdapter.reconcile(context.settings());
    context.adapter().reconciler().look();

    assertThat(claimed(3)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void nothingGone_isNeverTakenForALoss() {
    fixture.events().append(Events.many(3));
    try (var log = new RecordedLog(BrokerReconciler.class)) {
      sweep();
      fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
      sweep();
      sweep();

      assertThat(log.warnings()).isEmpty();
    }
  }
}
