package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.Keys;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.contract.servers.RabbitServer;
import dev.sluice.contract.servers.RedisServer;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Redis lacks memory, and queues have other properties than they must have.
@Tag("broker-packages")
@NeedsBrokerPackages
final class BrokerLimitsTest {

  private static final Pause PAUSE =
      new Pause(PauseScope.EVERYTHING, "why", "ann", SettableClock.START, Instant.MAX);

  private static final ApiKey KEY = Keys.key("key1", "ann");

  private static final NodeReport REPORT =
      new NodeReport(
          StorageFixture.WORKER,
          "1",
          SettableClock.START,
          NodeReport.Phase.ACTIVE,
          0,
          1,
          Optional.empty());

  private final RabbitServer rabbit;
  private final RedisServer redis;
  private final SettableClock clock = new SettableClock();
  private TestBroker context;
  private StorageFixture fixture;

  BrokerLimitsTest(RabbitServer rabbit, RedisServer redis) {
    this.rabbit = rabbit;
    this.redis = redis;
  }

  @BeforeEach
  void open() {
    redis.command("CONFIG", "SET", "maxmemory", "0");
    redis.command("FLUSHALL");
    context = TestBroker.open(settings(), clock);
    fixture = context.fixture(clock);
  }

  private BrokerSettings settings() {
    return TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
  }

  @AfterEach
  void close() {
    redis.command("CONFIG", "SET", "maxmemory", "0");
    context.close();
  }

  private List<Claim> claims(int number) {
    var all = new ArrayList<Claim>();
    Eventually.holds(
        number + " are claimed",
        () -> {
          all.addAll(
              fixture
                  .queue()
                  .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE));
          return all.size() >= number;
        });
    return all;
  }

  @Test
  void redisWithoutMemory_letsWorkGoOnAndIntakeBeRefused() {
    fixture.events().append(Events.many(3));
    context.adapter().reconciler().look();
    redis.command("CONFIG", "SET", "maxmemory", "1");

    List<Claim> begun = claims(3);
    assertThat(fixture.queue().extend(begun, StorageFixture.LEASE)).isEmpty();
    assertThat(fixture.settle(begun.get(0), Resolution.COMPLETE))
        .isEqualTo(SettlementResult.SETTLED);
    assertThat(fixture.settle(begun.get(1), fixture.retryIn(Duration.ofHours(1))))
        .isEqualTo(SettlementResult.SETTLED);
    assertThat(fixture.settle(begun.get(2), new Resolution.DeadLetter(StorageFixture.CAUSE)))
        .isEqualTo(SettlementResult.SETTLED);
    context.adapter().reconciler().look();
    assertThat(fixture.append(Events.event("more"))).isInstanceOf(AppendResult.Full.class);

    redis.command("CONFIG", "SET", "maxmemory", "0");
    context.adapter().reconciler().look();
    assertThat(fixture.append(Events.event("more"))).isInstanceOf(AppendResult.Stored.class);
  }

  /// Otherwise nodes would take each other for gone, and operators could do nothing about it.
  @Test
  void redisWithoutMemory_hearsOfNodesAndOperators() {
    BrokerAdapter adapter = context.adapter();
    adapter.keys().add(KEY);
    redis.command("CONFIG", "SET", "maxmemory", "1");

    adapter.nodes().report(REPORT);
    adapter.changes().want(StorageFixture.WORKER, Duration.ofMinutes(1));
    adapter.changes().publish(new ChangeBatch(StorageFixture.WORKER, 1, List.of()));
    adapter.pauses().put(PAUSE);
    assertThat(adapter.keys().revoke(KEY.id(), clock.instant())).isTrue();
    adapter.reconciler().gauges().reportHeld();
    adapter.reconciler().look();
    adapter.sampler().run();

    assertThat(adapter.nodes().nodes()).hasSize(1);
    assertThat(adapter.changes().isWanted(new WorkerId("another"))).isTrue();
    assertThat(adapter.pauses().all()).containsExactly(PAUSE);
    QueueReport.Memory memory = adapter.queues().orElseThrow().memory();
    assertThat(memory.limitBytes()).isEqualTo(1);
    assertThat(memory.usedBytes()).isGreaterThan(1);
  }

  /// Dead letters wait for an operator; they are not purged to make room.
  @Test
  void redisShortOfMemory_forgetsCompletedEventsEarly() {
    context.adapter().reconciler().look();
    fixture.complete("done");
    fixture.deadLetter(Events.event("dead"));
    clock.advance(Duration.ofMinutes(5));
    fixture.complete("of late");
    redis.command("CONFIG", "SET", "maxmemory", "1");

    context.adapter().reconciler().look();

    assertThat(fixture.events().counts().of(EventStatus.COMPLETED)).isEqualTo(1);
    assertThat(fixture.status("of late")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.status("dead")).isEqualTo(EventStatus.FAILED);
  }

  @Test
  void namesOfAnInstallation_allBeginWithItsPrefix() {
    redis.command("FLUSHALL");
    fixture.complete("done");
    fixture.deadLetter(Events.event("dead"));
    fixture.append("waiting");
    context.adapter().pauses().put(PAUSE);
    context.adapter().reconciler().look();
    context.adapter().sampler().run();
    String prefix = context.settings().prefix();

    assertThat(redis.command("KEYS", "*").lines())
        .hasSizeGreaterThan(10)
        .allMatch(key -> key.startsWith(prefix + ":"));
  }

  @Test
  void queuesOfAnInstallation_allBeginWithItsPrefix() {
    List<String> before = rabbit.ctl("list_queues", "name").lines().toList();
    try (TestBroker another = TestBroker.open(settings(), clock)) {
      List<String> made =
          rabbit.ctl("list_queues", "name").lines().filter(name -> !before.contains(name)).toList();

      assertThat(made)
          .hasSizeGreaterThan(5)
          .allMatch(queue -> queue.startsWith(another.settings().prefix() + ".events."));
    }
  }

  @Test
  void redisThatEvicts_isWarnedOfAtTheStart() {
    redis.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
    try (var log = new RecordedLog(ServerCheck.class);
        TestBroker another = TestBroker.open(settings(), clock)) {
      assertThat(another.adapter().storage()).isNotNull();

      assertThat(log.warnings()).singleElement().asString().contains("volatile-lru", "noeviction");
    } finally {
      redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  }

  @Test
  void queueThatDoesNotLast_isRefusedAtTheStart() {
    BrokerSettings settings = settings();
    context.inChannel(
        channel -> channel.queueDeclare(settings.queues().ingest(), false, false, false, null));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> TestBroker.open(settings, clock).close())
        .withMessageContaining(settings.queues().ingest())
        .withMessageContaining("durable");

    context.inChannel(channel -> channel.queueDelete(settings.queues().ingest()));
  }

  @Test
  void classicQueue_isRefusedAtTheStart() {
    BrokerSettings settings = settings();
    context.inChannel(
        channel -> channel.queueDeclare(settings.queues().ingest(), true, false, false, null));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> TestBroker.open(settings, clock).close())
        .withMessageContaining("x-queue-type");

    context.inChannel(channel -> channel.queueDelete(settings.queues().ingest()));
  }

  /// As when RabbitMQ comes back without its data.
  @Test
  void queuesThatAreGone_areMadeAgainWithTheirMessages() {
    context.adapter().reconciler().look();
    fixture.append("e-1");
    fixture.append("e-2");
    clock.advance(Duration.ofSeconds(1));
    context.inChannel(channel -> channel.queueDelete(context.queue("ingest")));

    context.adapter().reconciler().look();

    assertThat(claims(2)).hasSize(2);
  }

  @Test
  void copiesOfADeadLetter_leaveOne() {
    fixture.deadLetter(Events.event("dead"));
    Eventually.holds("it is there", () -> context.depth("dlq") == 1);
    var dead = context.get("dlq").orElseThrow();
    String body = new String(dead.getBody(), StandardCharsets.UTF_8);
    BasicProperties properties = dead.getProps();
    for (int copy = 0; copy < 3; copy++) {
      context.publish("dlq", properties, body);
    }
    Eventually.holds("all are there", () -> context.depth("dlq") == 3);

    // RabbitMQ may not yet have requeued what the previous scan read.
    Eventually.holds(
        "one is left",
        () -> {
          context.adapter().reconciler().sweepSoon();
          context.adapter().reconciler().look();
          return context.depth("dlq") == 1;
        });
    assertThat(fixture.status("dead")).isEqualTo(EventStatus.FAILED);
  }
}
