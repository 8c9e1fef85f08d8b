package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The order of claims in storages that keep all waiting deliveries in one queue.
public interface ClaimOrderContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static List<String> claim(StorageFixture fixture, Set<SubscriptionName> paused) {
    List<Claim> claims =
        fixture.queue().claim(StorageFixture.WORKER, 100, StorageFixture.LEASE, paused);
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
  default void endedPause_givesDeliveriesBackInTheirOldOrder() {
    StorageFixture fixture = newStorage();
    var mail = new SubscriptionName("mail");
    var audit = new SubscriptionName("audit");
    append(fixture, "1", mail);
    append(fixture, "2", audit);
    append(fixture, "3", mail);
    append(fixture, "4", audit);
    append(fixture, "5", mail);
    assertThat(claim(fixture, Set.of(mail, audit))).isEmpty();
    append(fixture, "6", mail);

    while (fixture.queue().unpark(Set.of(), 1_000) > 0) {
      // Until none is left.
    }

    assertThat(claim(fixture, Set.of())).containsExactly("1", "2", "3", "4", "5", "6");
  }

  private static void append(StorageFixture fixture, String id, SubscriptionName to) {
    var event = Events.event(id, "t", fixture.now());
    fixture.events().append(List.of(new NewEvent(event, List.of(to))));
    fixture.clock().advance(Duration.ofSeconds(1));
  }
}
