package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.contract.servers.RabbitServer;
import dev.sluice.contract.servers.RedisServer;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How long Redis keeps what receivers answered.
@Tag("broker-packages")
@NeedsBrokerPackages
final class BrokerResponsesTest {

  /// The longest wait between two attempts.
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  private final RabbitServer rabbit;
  private final RedisServer redis;
  private final SettableClock clock = new SettableClock();
  private TestBroker context;
  private StorageFixture fixture;

  BrokerResponsesTest(RabbitServer rabbit, RedisServer redis) {
    this.rabbit = rabbit;
    this.redis = redis;
  }

  @BeforeEach
  void open() {
    redis.command("CONFIG", "SET", "maxmemory", "0");
    redis.command("FLUSHALL");
    context =
        TestBroker.open(TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url())), clock);
    fixture = context.fixture(clock);
  }

  @AfterEach
  void close() {
    redis.command("CONFIG", "SET", "maxmemory", "0");
    context.close();
  }

  private Claim claim() {
    var claims = new ArrayList<Claim>();
    Eventually.holds("it is claimed", () -> claims.addAll(fixture.claimDue()));
    return claims.getFirst();
  }

  private void settle(Claim claim, Resolution resolution) {
    var none = Optional.<Duration>empty();
    var times = new Response.Times(none, none, none, none, Duration.ofMillis(1));
    var response = new Response("https://a.example", 200, Map.of(), "body", false, times);
    var settlement = new Settlement(claim, resolution, 0, Optional.of(response));
    assertThat(fixture.queue().settle(List.of(settlement)))
        .containsExactly(SettlementResult.SETTLED);
  }

  private long remaining(String key) {
    String answer = redis.command("PTTL", context.settings().prefix() + ":" + key);
    return Long.parseLong(answer.replaceAll("[^0-9-]", ""));
  }

  private List<RecentAttempt> newest() {
    return fixture.events().newestAttempts(SubscriptionName.DEFAULT, Optional.empty(), 10);
  }

  @Test
  void responses_expireWithTheirEvent() {
    fixture.append("e-1");
    settle(claim(), fixture.retryIn(Duration.ZERO));
    assertKeptWhileItWaits();

    settle(claim(), Resolution.COMPLETE);
    assertThat(remaining("sluice:responses:e-1"))
        .isPositive()
        .isCloseTo(remaining("processed:e-1"), within(5_000L));

    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    assertKeptWhileItWaits();
    assertThat(remaining("sluice:attempts:2:default")).isPositive();
  }

  /// A node of an earlier release may finish or purge the event, and does not know its responses.
  private void assertKeptWhileItWaits() {
    Duration kept = context.settings().retention().plus(LONGEST_WAIT);
    assertThat(remaining("sluice:responses:e-1"))
        .isBetween(kept.toMillis(), kept.plusDays(11).toMillis());
  }

  @Test
  void everySettlement_keepsTheResponsesForTheNextWait() {
    fixture.append("e-1");
    settle(claim(), fixture.retryIn(Duration.ZERO));
    String key = context.settings().prefix() + ":sluice:responses:e-1";
    redis.command("PEXPIRE", key, "60000");

    settle(claim(), fixture.retryIn(Duration.ZERO));

    assertKeptWhileItWaits();
  }

  @Test
  void purge_leavesNoResponses() {
    fixture.append("e-1");
    settle(claim(), Resolution.COMPLETE);
    clock.advance(Duration.ofHours(1));

    assertThat(fixture.events().purge(clock.instant(), 10)).isEqualTo(1);

    assertThat(redis.command("KEYS", "*sluice:responses:*").strip()).isEmpty();
    assertThat(newest()).isEmpty();
  }

  /// A settlement is more important than the response.
  @Test
  void redisShortOfMemory_dropsResponses() {
    fixture.append("e-1");
    Claim claim = claim();
    redis.command("CONFIG", "SET", "maxmemory", "1");
    context.adapter().reconciler().look();

    settle(claim, Resolution.COMPLETE);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.record("e-1").history().getFirst().attempts())
        .singleElement()
        .extracting(Attempt::response)
        .isEqualTo(Optional.empty());
    assertThat(newest()).isEmpty();
  }
}
