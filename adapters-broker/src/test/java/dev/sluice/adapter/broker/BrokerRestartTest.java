package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.BrokerUrls;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.NeedsBrokerPackages;
import dev.sluice.contract.RabbitServer;
import dev.sluice.contract.RedisServer;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.StoreUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RabbitMQ is stopped and started while deliveries are in work and wait.
@Tag("broker-packages")
@NeedsBrokerPackages
final class BrokerRestartTest {

  @Test
  void stoppedRabbit_isWaitedFor(@TempDir Path folder) throws Exception {
    try (RabbitServer rabbit = RabbitServer.start(folder);
        RedisServer redis = RedisServer.start(folder)) {
      var clock = new SettableClock();
      var settings = TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
      TestBroker broker = TestBroker.open(settings, clock);
      // The queues end with their server: one that just began has not found all its leaders.
      try (BrokerAdapter adapter = broker.adapter()) {
        assertThat(adapter.storage()).isNotNull();
        StorageFixture fixture = broker.fixture(clock);
        fixture.append("before");
        Claim claim = fixture.claimOne();
        fixture.append("waiting");
        rabbit.stop();
        Eventually.holds("it is gone", () -> !isStored(fixture, "meanwhile"));
        rabbit.startAgain();
        Eventually.holds("it is back", () -> isStored(fixture, "after"));

        assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);

        var claimed = new ArrayList<String>();
        Eventually.holds(
            "both are claimed",
            () -> {
              fixture
                  .queue()
                  .claim(StorageFixture.WORKER, 10, StorageFixture.LEASE, Set.of())
                  .forEach(one -> claimed.add(one.event().id().value()));
              return claimed.size() >= 2;
            });
        assertThat(claimed).containsExactlyInAnyOrder("waiting", "after");
      }
    }
  }

  private static boolean isStored(StorageFixture fixture, String id) {
    try {
      return fixture.append(Events.event(id)) instanceof AppendResult.Stored;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
