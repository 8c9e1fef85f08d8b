package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The order of claims in storages that keep all waiting deliveries in one queue.
public interface ClaimOrderContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static List<String> claim(StorageFixture fixture, Set<SubscriptionName> paused) {
    List<Claim> claims =
        fixture
            .queue()
            .claim(StorageFixture.WORKER, QuotaSamples.without(100, paused), StorageFixture.LEASE);
    return claims.stream().map(claim -> claim.event().id().value()).toList();
  }

  @Test
  default void claim_takesLongestWaitingFirst() {
    StorageFixture fixture = newStorage();
    fixture.append("retry");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(2)));
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.append(Events.event("early", "t", fixture.now()));
    fixture.clock().advance(Duration.ofSeconds(2));
    fixture.append(Events.event("late", "t", fixture.now()));

    assertThat(claim(fixture, Set.of())).containsExactly("early", "retry", "late");
  }

  @Test
  default void deliveriesOfAnEndedPause_areInTheirOldOrder() {
    StorageFixture fixture = newStorage();
    var mail = new SubscriptionName("mail");
    append(fixture, "1", mail);
    append(fixture, "2", mail);
    assertThat(claim(fixture, Set.of(mail))).isEmpty();
    append(fixture, "3", mail);

    assertThat(claim(fixture, Set.of())).containsExactly("1", "2", "3");
  }

  private static void flood(StorageFixture fixture, String subscription, int count) {
    for (int number = 0; number < count; number++) {
      append(fixture, subscription + "-" + number, new SubscriptionName(subscription));
    }
  }

  private static Map<String, Integer> claimed(StorageFixture fixture, Quotas quotas) {
    return fixture.queue().claim(StorageFixture.WORKER, quotas, StorageFixture.LEASE).stream()
        .collect(Collectors.toMap(claim -> claim.subscription().value(), _ -> 1, Integer::sum));
  }

  @Test
  default void subscriptions_getEqualShares() {
    StorageFixture fixture = newStorage();
    flood(fixture, "mail", 50);
    flood(fixture, "audit", 20);
    flood(fixture, "billing", 20);

    assertThat(claimed(fixture, QuotaSamples.upTo(12)))
        .isEqualTo(Map.of("mail", 4, "audit", 4, "billing", 4));
  }

  @Test
  default void unusedShare_goesToTheOthers() {
    StorageFixture fixture = newStorage();
    flood(fixture, "mail", 50);
    flood(fixture, "audit", 2);
    flood(fixture, "billing", 20);

    assertThat(claimed(fixture, QuotaSamples.of(30, "mail=30", "audit=30", "billing=8")))
        .isEqualTo(Map.of("mail", 20, "audit", 2, "billing", 8));
  }

  @Test
  default void quota_isNeverExceeded() {
    StorageFixture fixture = newStorage();
    flood(fixture, "mail", 20);
    flood(fixture, "audit", 20);

    assertThat(claimed(fixture, QuotaSamples.of(30, "mail=3", "audit=0")))
        .isEqualTo(Map.of("mail", 3));
    assertThat(claimed(fixture, QuotaSamples.of(0, "mail=3", "audit=3"))).isEmpty();
  }

  /// However many claims there are, by whichever worker.
  @Test
  default void leases_areLimitedOverAllWorkers() {
    StorageFixture fixture = newStorage();
    flood(fixture, "mail", 20);
    flood(fixture, "audit", 2);
    Quotas threeEach = QuotaSamples.limited(30, 3);
    List<Claim> first =
        fixture.queue().claim(StorageFixture.WORKER, threeEach, StorageFixture.LEASE);

    assertThat(first).hasSize(5);
    assertThat(fixture.queue().claim(new WorkerId("worker-2"), threeEach, StorageFixture.LEASE))
        .isEmpty();
    first.stream()
        .filter(claim -> claim.subscription().value().equals("mail"))
        .limit(2)
        .forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    var more = new ArrayList<Claim>();
    Eventually.holds(
        "the freed ones are claimed",
        () -> {
          fixture.clock().advance(Duration.ofMillis(50));
          more.addAll(
              fixture.queue().claim(new WorkerId("worker-2"), threeEach, StorageFixture.LEASE));
          return more.size() >= 2;
        });
    assertThat(more).hasSize(2);
    assertThat(claimed(fixture, threeEach)).isEmpty();
  }

  /// With fewer places than subscriptions, each has its turn.
  @Test
  default void everySubscription_hasItsTurn() {
    StorageFixture fixture = newStorage();
    for (String name : List.of("mail", "audit", "billing", "search")) {
      flood(fixture, name, 20);
    }
    var served = new HashMap<String, Integer>();
    for (int claim = 0; claim < 40; claim++) {
      claimed(fixture, QuotaSamples.upTo(1))
          .forEach((name, count) -> served.merge(name, count, Integer::sum));
    }

    assertThat(served).isEqualTo(Map.of("mail", 10, "audit", 10, "billing", 10, "search", 10));
  }

  /// A claim ends when its payloads are large, which must cost only the one that has them.
  @Test
  default void largePayloads_leaveOthersTheirTurn() {
    StorageFixture fixture = newStorage();
    String large = "\"" + "x".repeat(900_000) + "\"";
    for (int number = 0; number < 40; number++) {
      var event = Events.withPayload(Events.event("large-" + number, "t", fixture.now()), large);
      fixture.events().append(List.of(new NewEvent(event, List.of(new SubscriptionName("mail")))));
    }
    fixture.clock().advance(Duration.ofSeconds(1));
    flood(fixture, "audit", 1);

    var served = new HashMap<String, Integer>();
    for (int claim = 0; claim < 2; claim++) {
      claimed(fixture, QuotaSamples.upTo(64))
          .forEach((name, count) -> served.merge(name, count, Integer::sum));
    }

    assertThat(served).containsKeys("mail", "audit");
  }

  private static void append(StorageFixture fixture, String id, SubscriptionName to) {
    var event = Events.event(id, "t", fixture.now());
    fixture.events().append(List.of(new NewEvent(event, List.of(to))));
    fixture.clock().advance(Duration.ofSeconds(1));
  }
}
