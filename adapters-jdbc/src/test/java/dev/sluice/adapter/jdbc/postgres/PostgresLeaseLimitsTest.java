package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Limits on leases hold over nodes that claim at the same moment.
final class PostgresLeaseLimitsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Quotas ONE_LEASE = QuotaSamples.limited(10, 1);
  private static final int CLAIMING = 3;
  private static final int ROUNDS = 60;

  private final SettableClock clock = new SettableClock();
  private final List<PostgresAdapter> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    nodes.add(TestDatabase.empty(clock));
    IntStream.range(0, CLAIMING).forEach(_ -> nodes.add(TestDatabase.open(clock)));
  }

  @AfterEach
  void stop() {
    nodes.forEach(PostgresAdapter::close);
  }

  private List<Claim> claim(int node) {
    return nodes
        .get(node)
        .storage()
        .deliveries()
        .claim(new WorkerId("worker-" + node), ONE_LEASE, StorageFixture.LEASE);
  }

  /// The first node stores; the others know nothing of the subscription until they claim.
  @Test
  void nodesThatDiscoverASubscription_keepItsLimit() throws Exception {
    var together = new CyclicBarrier(CLAIMING);
    try (var threads = Executors.newFixedThreadPool(CLAIMING)) {
      for (int round = 0; round < ROUNDS; round++) {
        append(round);
        List<Callable<List<Claim>>> claims =
            IntStream.rangeClosed(1, CLAIMING)
                .mapToObj(
                    node ->
                        (Callable<List<Claim>>)
                            () -> {
                              together.await(10, TimeUnit.SECONDS);
                              return claim(node);
                            })
                .toList();
        var claimed = new ArrayList<Claim>();
        for (Future<List<Claim>> future : threads.invokeAll(claims)) {
          claimed.addAll(future.get());
        }

        assertThat(claimed).as("round %d", round).hasSizeLessThanOrEqualTo(1);
        finish(claimed);
      }
    }
  }

  private void append(int round) {
    List<NewEvent> events =
        IntStream.range(0, CLAIMING)
            .mapToObj(number -> Events.event("e-" + round + "-" + number, "t", clock.instant()))
            .map(event -> new NewEvent(event, List.of(MAIL)))
            .toList();
    nodes.getFirst().storage().events().append(events);
  }

  /// Completes everything, so that the nodes forget the subscription.
  private void finish(List<Claim> claimed) {
    settle(claimed);
    for (int tries = 0;
        tries < 1_000 && nodes.getFirst().storage().deliveries().countUnfinished(MAIL, 1) > 0;
        tries++) {
      clock.advance(Duration.ofSeconds(1));
      settle(claim(1));
    }
    IntStream.rangeClosed(1, CLAIMING)
        .forEach(
            node -> {
              clock.advance(Duration.ofSeconds(1));
              assertThat(claim(node)).isEmpty();
            });
  }

  private void settle(List<Claim> claims) {
    nodes
        .get(1)
        .storage()
        .deliveries()
        .settle(claims.stream().map(claim -> new Settlement(claim, Resolution.COMPLETE)).toList());
  }
}
