package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.contract.servers.RabbitServer;
import dev.sluice.contract.servers.RedisServer;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RabbitMQ or Redis fails, or accepts nothing.
@Tag("broker-packages")
@NeedsBrokerPackages
final class BrokerFaultsTest {

  @TempDir private static Path folder;
  private static RabbitServer rabbit;
  private static RedisServer redis;

  private final SettableClock clock = new SettableClock();
  private BrokerSettings settings;
  private TestBroker context;
  private StorageFixture fixture;

  @BeforeAll
  static void startServers() throws IOException {
    rabbit = RabbitServer.start(folder);
    redis = RedisServer.start(folder);
  }

  @AfterAll
  static void stopServers() throws IOException {
    redis.close();
    rabbit.close();
  }

  @BeforeEach
  void prepare() {
    redis.command("FLUSHALL");
    settings = TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
    open();
  }

  private void open() {
    context = TestBroker.open(settings, clock);
    fixture = context.fixture(clock);
  }

  @AfterEach
  void close() {
    context.close();
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

  /// The producer does not learn the outcome, and sends the event again.
  @Test
  void connectionCutBeforeTheConfirmation_leavesOneEvent() throws Exception {
    context.close();
    try (CutProxy proxy = CutProxy.before(URI.create(rabbit.url()))) {
      settings = settings.by(proxy.url());
      open();
      // Otherwise the first answer is that there is a channel.
      fixture.append("before");
      proxy.keepAnswers();
      CompletableFuture<AppendResult> append =
          CompletableFuture.supplyAsync(() -> fixture.append(Events.event("e-1")));
      Eventually.holds("the confirmation was kept", () -> proxy.answersKept() > 0);
      proxy.cut();
      assertThat(append).failsWithin(Duration.ofSeconds(20));

      assertThat(claims(2)).hasSize(2);
      assertThat(fixture.append(Events.event("e-1"))).isInstanceOf(AppendResult.Duplicate.class);
      assertThat(claims()).isEmpty();
      context.close();
    }
    settings = TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
    open();
  }

  private boolean isStored(String id) {
    try {
      return fixture.append(Events.event(id)) instanceof AppendResult.Stored;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  @Test
  void outcomeThatRedisCannotTake_isPublishedOnce() throws Exception {
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    redis.stop();
    try {
      for (int turn = 0; turn < 3; turn++) {
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(
                () -> fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)));
      }
    } finally {
      redis.startAgain();
    }

    assertThat(fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)))
        .isEqualTo(SettlementResult.SETTLED);
    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
    assertThat(context.depth("dlq")).isEqualTo(1);
  }

  /// While some deliveries are in progress and others wait.
  @Test
  void stoppedRabbit_isWaitedFor() throws Exception {
    fixture.append("before");
    Claim claim = fixture.claimOne();
    fixture.append("waiting");
    rabbit.stop();
    try {
      Eventually.holds("it is down", () -> !isStored("meanwhile"));
    } finally {
      rabbit.startAgain();
    }
    Eventually.holds("it is back", () -> isStored("after"));

    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
    assertThat(claims(2))
        .extracting(one -> one.event().id().value())
        .containsExactlyInAnyOrder("waiting", "after");
    // Its queues stay: a server that has just started has not found all their leaders.
    context.adapter().close();
    settings = TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
    open();
  }

  @Test
  void redeliveries_areNotBegunWhileTheirLeaseLasts() {
    fixture.events().append(Events.many(50));
    List<Claim> begun = claims(50);
    for (int storm = 0; storm < 3; storm++) {
      rabbit.ctl("close_all_connections", "storm");
      Eventually.holds("it is connected again", this::claimsNothing);
    }

    begun.forEach(
        claim ->
            assertThat(fixture.settle(claim, Resolution.COMPLETE))
                .isEqualTo(SettlementResult.SETTLED));

    assertThat(fixture.events().counts().of(EventStatus.COMPLETED)).isEqualTo(50);
    clock.advance(StorageFixture.LEASE.multipliedBy(2));
    Eventually.holds(
        "no message is left",
        () -> claimsNothing() && context.isEmpty("ingest") && context.isEmpty("due"));
  }

  private boolean claimsNothing() {
    try {
      assertThat(claims()).isEmpty();
      fixture.events().counts();
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /// Its attempts never end, as when it crashes its worker.
  @Test
  void poisonMessage_endsAsADeadLetter() {
    fixture.append("e-1");
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(fixture.claimOne().attempt()).isEqualTo(attempt);
      rabbit.ctl("close_all_connections", "the worker is gone");
      Eventually.holds("it is connected again", this::claimsNothing);
      clock.advance(StorageFixture.LEASE.plusSeconds(2));
      Resolution verdict =
          attempt < 3
              ? fixture.retryIn(Duration.ZERO)
              : new Resolution.DeadLetter(StorageFixture.CAUSE);
      Eventually.holds(
          "its lease has expired",
          () -> {
            claimsNothing();
            return fixture.queue().reclaimExpired(10, _ -> verdict).size() == 1;
          });
    }

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.FAILED);
    assertThat(fixture.record("e-1").history().getFirst().attempts()).hasSize(3);
    Map<String, Object> headers = context.get("dlq").orElseThrow().getProps().getHeaders();
    assertThat(String.valueOf(headers.get("sluice-error"))).contains("receiver said no");
    assertThat(String.valueOf(headers.get("sluice-history")).lines()).hasSize(3);
  }

  @Test
  void fullQueue_refusesWhatItCannotTake() {
    context.close();
    settings = TestBroker.settings(new BrokerUrls(rabbit.url(), redis.url()));
    TestBroker.declareIngest(settings, 5);
    open();
    int stored = 0;
    AppendResult last = new AppendResult.Full();
    for (int number = 0; number < 20; number++) {
      last = fixture.append(Events.event("e-" + number));
      stored += last instanceof AppendResult.Stored ? 1 : 0;
    }

    assertThat(last).isInstanceOf(AppendResult.Full.class);
    assertThat(fixture.events().find(new EventId("e-19"))).isEmpty();
    assertThat(fixture.events().counts().backlog()).isEqualTo(stored);
    assertThat(claims(stored)).hasSize(stored);
    Eventually.holds("there is room again", () -> isStored("e-19"));
  }

  @Test
  void alarm_refusesEventsUntilItIsOver() {
    rabbit.ctl("set_vm_memory_high_watermark", "absolute", "1");
    Eventually.holds("it refuses", () -> !isStored("e-" + System.nanoTime()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> fixture.events().counts());
    // The figures are most needed now.
    context.adapter().reconciler().gauges().look();
    assertThat(context.adapter().queues()).isPresent();

    rabbit.ctl("set_vm_memory_high_watermark", "0.4");

    Eventually.holds("it is over", () -> isStored("after"));
  }

  /// Completions need nothing of RabbitMQ.
  @Test
  void completions_areRecordedWhileRabbitTakesNothing() {
    fixture.events().append(Events.many(2));
    List<Claim> begun = claims(2);
    var batch =
        List.of(
            new Settlement(begun.getFirst(), fixture.retryIn(Duration.ofHours(1))),
            new Settlement(begun.getLast(), Resolution.COMPLETE));
    rabbit.ctl("set_vm_memory_high_watermark", "absolute", "1");
    Eventually.holds("it refuses", () -> !isStored("e-" + System.nanoTime()));

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> fixture.queue().settle(batch));

    assertThat(redis.command("HGET", settings.keys().text() + "sluice:counts", "eC"))
        .isEqualTo("1");
    rabbit.ctl("set_vm_memory_high_watermark", "0.4");
    Eventually.holds("it is over", () -> isStored("after"));
    assertThat(fixture.queue().settle(batch))
        .containsExactly(SettlementResult.SETTLED, SettlementResult.SETTLED);
  }
}
