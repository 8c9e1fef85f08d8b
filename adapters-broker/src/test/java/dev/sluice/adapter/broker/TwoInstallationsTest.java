package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/// Two installations with different prefixes on the same two servers do not affect each other.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class TwoInstallationsTest {

  private static final String ONE = "one";

  private final BrokerUrls urls;
  private final SettableClock clock = new SettableClock();

  TwoInstallationsTest(BrokerUrls urls) {
    this.urls = urls;
  }

  private record Two(TestBroker one, TestBroker other, StorageFixture ours, StorageFixture theirs)
      implements AutoCloseable {

    void look() {
      one.adapter().reconciler().look();
      other.adapter().reconciler().look();
    }

    @Override
    public void close() {
      try (one;
          other) {
        // Both are closed, even if closing one fails.
      }
    }
  }

  /// The other one may have no prefix, or a longer one with the same beginning.
  private Two open(String prefix) {
    TestRedis.empty(urls).close();
    TestBroker one = TestBroker.open(TestBroker.settings(urls, ONE), clock);
    TestBroker other = TestBroker.open(TestBroker.settings(urls, prefix), clock);
    var two = new Two(one, other, one.fixture(clock), other.fixture(clock));
    two.look();
    return two;
  }

  /// Claims until there are `number` claims.
  private static List<String> claims(StorageFixture fixture, int number) {
    var all = new ArrayList<String>();
    Eventually.holds(
        number + " are claimed",
        () -> {
          claimed(fixture).forEach(claim -> all.add(claim.event().id().value()));
          return all.size() >= number;
        });
    return all;
  }

  private static List<Claim> claimed(StorageFixture fixture) {
    return fixture
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
  }

  private static long total(StorageFixture fixture) {
    return Stream.of(EventStatus.values()).mapToLong(fixture.events().counts()::of).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void eventOfOne_isUnknownToTheOther(String prefix) {
    try (Two two = open(prefix)) {
      two.ours().append("e-1");
      two.ours().append("e-2");

      assertThat(two.theirs().events().find(new EventId("e-1"))).isEmpty();
      assertThat(total(two.theirs())).isZero();
      assertThat(
              two.theirs()
                  .events()
                  .list(EventFilter.ALL, new PageRequest(Cursor.START, 10))
                  .items())
          .isEmpty();
      assertThat(two.theirs().queue().countDueBefore(SubscriptionName.DEFAULT, Instant.MAX, 10))
          .isZero();
      assertThat(two.theirs().append(Events.event("e-1"))).isInstanceOf(AppendResult.Stored.class);
      assertThat(claims(two.theirs(), 1)).containsExactly("e-1");
      assertThat(claims(two.ours(), 2)).containsExactlyInAnyOrder("e-1", "e-2");
      assertThat(claimed(two.theirs())).isEmpty();
      assertThat(claimed(two.ours())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void purgeOfOne_leavesTheOtherAlone(String prefix) {
    try (Two two = open(prefix)) {
      for (StorageFixture fixture : List.of(two.ours(), two.theirs())) {
        fixture.complete("done");
        fixture.deadLetter(Events.event("dead"));
      }
      clock.advance(Duration.ofDays(1));

      assertThat(two.ours().events().purge(clock.instant(), 10)).isEqualTo(2);

      assertThat(total(two.ours())).isZero();
      assertThat(two.theirs().status("done")).isEqualTo(EventStatus.COMPLETED);
      assertThat(two.theirs().status("dead")).isEqualTo(EventStatus.FAILED);
      var trend = new ErrorGroup.Trend(clock.instant().minusSeconds(1), clock.instant());
      assertThat(two.theirs().storage().deadLetters().groups(trend, 10)).hasSize(1);
      assertThat(two.ours().storage().deadLetters().groups(trend, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void reconciliationOfOne_leavesTheOtherAlone(String prefix) {
    try (Two two = open(prefix)) {
      two.ours().append("ours");
      two.theirs().append("theirs");
      String known = knows(two.other()).orElseThrow();
      two.one().inChannel(channel -> channel.queueDelete(two.one().queue("ingest")));
      clock.advance(Duration.ofSeconds(1));

      BrokerAdapter.reconcile(two.one().settings());
      assertThat(knows(two.one())).isEmpty();
      two.look();

      assertThat(knows(two.one())).isPresent();
      assertThat(knows(two.other())).contains(known);
      assertThat(two.other().depth("ingest")).isEqualTo(1);
      assertThat(claims(two.ours(), 1)).containsExactly("ours");
      assertThat(claims(two.theirs(), 1)).containsExactly("theirs");
    }
  }

  private static Optional<String> knows(TestBroker context) {
    try (Redis redis = context.redis()) {
      return Optional.ofNullable(redis.ask(client -> client.get("sluice:knows")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void emptiedRedis_isRestoredByEachForItself(String prefix) {
    try (Two two = open(prefix)) {
      two.ours().append("ours");
      two.theirs().append("theirs-1");
      two.theirs().append("theirs-2");
      try (Redis redis = two.one().redis()) {
        redis.ask(UnifiedJedis::flushDB);
      }

      two.one().adapter().reconciler().look();
      assertThat(two.ours().events().counts().backlog()).isEqualTo(1);
      assertThat(total(two.theirs())).isZero();

      two.other().adapter().reconciler().look();
      assertThat(two.ours().events().counts().backlog()).isEqualTo(1);
      assertThat(two.theirs().events().counts().backlog()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void whatElseOneKeeps_isUnknownToTheOther(String prefix) {
    try (Two two = open(prefix)) {
      BrokerAdapter mine = two.one().adapter();
      var worker = new WorkerId("node");
      mine.pauses()
          .put(new Pause(PauseScope.EVERYTHING, "why", "ann", clock.instant(), Instant.MAX));
      mine.nodes().report(report(worker));
      mine.changes().want(worker, Duration.ofHours(1));
      mine.changes().publish(new ChangeBatch(worker, 3, List.of()));

      BrokerAdapter theirAdapter = two.other().adapter();
      assertThat(mine.pauses().all()).hasSize(1);
      assertThat(theirAdapter.pauses().all()).isEmpty();
      assertThat(mine.nodes().nodes()).hasSize(1);
      assertThat(theirAdapter.nodes().nodes()).isEmpty();
      assertThat(theirAdapter.changes().isWanted(new WorkerId("x"))).isFalse();
      assertThat(theirAdapter.changes().readAfter(0, new WorkerId("x"), 10).batches()).isEmpty();
      assertThat(theirAdapter.keys().all()).isEmpty();
    }
  }

  private static NodeReport report(WorkerId id) {
    return new NodeReport(
        id, "1", SettableClock.START, NodeReport.Phase.ACTIVE, 0, 1, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "one.more"})
  void figuresOfQueues_areOfOneAlone(String prefix) {
    try (Two two = open(prefix)) {
      two.ours().events().append(Events.many(3));

      two.other().adapter().sampler().run();
      var report = two.other().adapter().queues().orElseThrow();

      assertThat(report.queues()).allMatch(queue -> queue.depth() == 0);
      assertThat(report.queues()).noneMatch(queue -> queue.name().startsWith("one.events."));
    }
  }
}
