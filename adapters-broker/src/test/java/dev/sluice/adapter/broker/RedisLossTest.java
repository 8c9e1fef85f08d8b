package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/// Redis lost everything, or the latest changes, or does not know an event yet.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisLossTest {

  private final SettableClock clock = new SettableClock();
  private final BrokerUrls urls;
  private Redis redis;
  private TestBroker context;
  private StorageFixture fixture;

  RedisLossTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @BeforeEach
  void open() {
    context = TestBroker.empty(urls, clock);
    redis = context.redis();
    fixture = context.fixture(clock);
  }

  @AfterEach
  void close() {
    context.close();
    redis.close();
  }

  /// Claims until there are `number` claims; they come as RabbitMQ delivers them.
  private List<Claim> claims(int number) {
    var all = new ArrayList<Claim>();
    Eventually.holds(
        number + " are claimed",
        () -> {
          try {
            all.addAll(claims());
          } catch (StoreUnavailableException e) {
            // It reconnects.
          }
          return all.size() >= number;
        });
    return all;
  }

  private List<Claim> claims() {
    return fixture
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
  }

  @Test
  void emptiedRedis_isToldOfAllThatIsNotFinished() {
    context.adapter().reconciler().look();
    fixture.deadLetter(Events.event("dead"));
    fixture.complete("done");
    fixture.append("retrying");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofHours(1)));
    fixture.append("waiting");
    var dead = fixture.record("dead");
    redis.ask(UnifiedJedis::flushDB);
    assertThat(fixture.events().find(new EventId("waiting"))).isEmpty();

    context.adapter().reconciler().look();

    assertThat(fixture.status("waiting")).isEqualTo(EventStatus.RECEIVED);
    assertThat(fixture.status("retrying")).isEqualTo(EventStatus.RETRYING);
    assertThat(fixture.record("retrying").summary().lastError()).contains(StorageFixture.CAUSE);
    assertThat(fixture.record("retrying").history().getFirst().attempts()).hasSize(1);
    assertThat(fixture.record("dead").summary().event()).isEqualTo(dead.summary().event());
    assertThat(fixture.record("dead").summary().lastError()).contains(StorageFixture.CAUSE);
    assertThat(fixture.events().find(new EventId("done"))).isEmpty();
    assertThat(fixture.events().counts().backlog()).isEqualTo(2);
    assertThat(
            fixture.control().replay(new EventId("dead"), new ReplayScope.Failed(), LanePlace.TAIL))
        .isInstanceOf(ControlResult.Changed.class);
    assertThat(claims(2))
        .extracting(claim -> claim.event().id().value())
        .containsExactlyInAnyOrder("waiting", "dead");
  }

  /// For a quorum queue, a consumer without a limit has one of 2,000.
  @Test
  void emptiedRedis_isToldHoweverMuchThereIs() {
    for (int thousand = 0; thousand < 3; thousand++) {
      int from = 1_000 * thousand;
      fixture
          .events()
          .append(
              IntStream.range(from, from + 1_000)
                  .mapToObj(number -> Events.routed(Events.event("e-" + number)))
                  .toList());
    }
    redis.ask(UnifiedJedis::flushDB);

    context.adapter().reconciler().look();

    assertThat(fixture.events().counts().backlog()).isEqualTo(3_000);
    assertThat(claims(3_000)).hasSize(3_000);
  }

  /// Redis comes back with an earlier state; deliveries finished since have no messages any more.
  @Test
  void earlierStateOfRedis_isMendedByExecutingAgain() {
    context.adapter().reconciler().look();
    fixture.append("e-1");
    redis.ask(client -> client.copy("processed:e-1", "kept", false));
    fixture.settle(fixture.claimOne(), Resolution.COMPLETE);
    redis.ask(client -> client.copy("kept", "processed:e-1", true));
    redis.ask(client -> client.zadd("sluice:in:R", 1, "e-1"));
    redis.ask(client -> client.set("sluice:knows", "an earlier run"));
    clock.advance(Duration.ofSeconds(1));

    context.adapter().reconciler().look();

    assertThat(claims(1)).hasSize(1);
  }

  @Test
  void redisEmptiedDuringAnAttempt_stillTakesItsOutcome() {
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    redis.ask(UnifiedJedis::flushDB);

    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(claims()).isEmpty();
  }

  /// A dead letter is published before Redis has it as one, and Redis may be in an earlier state.
  @Test
  void deadLetterThatRedisDoesNotKnowAsOne_staysInItsQueue() {
    fixture.deadLetter(Events.event("dead"));
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    DeliveryMessage message =
        DeliveryMessage.first(claim.sequence(), claim.event(), Optional.of(claim.subscription()))
            .retry(claim.attempts(), clock.instant(), StorageFixture.CAUSE);
    context.publish(
        "dlq", MessageCodec.properties(message).build(), claim.event().payload().json());
    redis.ask(client -> client.del("processed:dead"));

    context.adapter().reconciler().look();

    Eventually.holds("both are left", () -> context.depth("dlq") == 2);
    assertThat(fixture.status("dead")).isEqualTo(EventStatus.FAILED);
  }

  /// The newer event of the same id may never be published.
  @Test
  void messageWhoseIdIsReservedAnew_isKept() {
    fixture.append("e-1");
    Eventually.holds("it is in the queue", () -> context.depth("ingest") == 1);
    redis.ask(client -> client.del("processed:e-1"));
    redis.ask(
        client ->
            client.hset(
                "processed:e-1", Map.of("n", "9000000000000000", "subs", "default", "p", "who")));

    assertThat(claims()).isEmpty();
    redis.ask(client -> client.del("processed:e-1"));

    clock.advance(Duration.ofSeconds(2));
    assertThat(claims(1)).hasSize(1);
  }

  /// All nodes were down for longer than finished events are kept.
  @Test
  void deadLettersThatRedisForgotByItself_leaveNoGroupBehind() {
    fixture.deadLetter(Events.event("gone"));
    fixture.deadLetter(Events.event("gone-too"));
    redis.ask(client -> client.del("processed:gone", "sluice:event:gone"));
    redis.ask(client -> client.del("processed:gone-too", "sluice:event:gone-too"));
    Instant now = clock.instant();
    var trend = new ErrorGroup.Trend(now.minusSeconds(120), now.minusSeconds(60));

    assertThat(fixture.storage().deadLetters().groups(trend, 10)).isEmpty();

    long left = redis.ask(client -> client.zcard("sluice:dead"));
    assertThat(left).isZero();
  }

  @Test
  void deadLettersThatAreDoneWith_leaveTheirQueue() {
    fixture.deadLetter(Events.event("replayed"));
    fixture.deadLetter(Events.event("dead"));
    context.publish("dlq", new BasicProperties(), "of another program");
    fixture.control().replay(new EventId("replayed"), new ReplayScope.Failed(), LanePlace.TAIL);
    Eventually.holds("all are there", () -> context.depth("dlq") == 3);

    // RabbitMQ may not yet have requeued what the previous scan read.
    Eventually.holds(
        "two messages are left",
        () -> {
          context.adapter().reconciler().sweepSoon();
          context.adapter().reconciler().look();
          return context.depth("dlq") == 2;
        });
    assertThat(fixture.status("dead")).isEqualTo(EventStatus.FAILED);
  }
}
