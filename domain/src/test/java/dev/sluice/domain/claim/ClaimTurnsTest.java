package dev.sluice.domain.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClaimTurnsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final SubscriptionName A = new SubscriptionName("a");
  private static final SubscriptionName B = new SubscriptionName("b");
  private static final SubscriptionName C = new SubscriptionName("c");
  private static final Quotas ANY = FixedQuotas.of(10, "a", 10, "b", 10, "c", 10);

  private final ClaimTurns turns = new ClaimTurns();

  @Test
  void nothingKnown_nothingIsDue() {
    assertThat(turns.due(NOW, ANY)).isEmpty();
    assertThat(turns.nextDue(NOW, ANY)).isEqualTo(Instant.MAX);
  }

  @Test
  void work_isDueFromItsTimeOn() {
    assertThat(turns.workArrived(A, NOW.plusSeconds(5))).isTrue();

    assertThat(turns.due(NOW, ANY)).isEmpty();
    assertThat(turns.nextDue(NOW, ANY)).isEqualTo(NOW.plusSeconds(5));
    assertThat(turns.due(NOW.plusSeconds(5), ANY)).containsExactly(A);
  }

  @Test
  void earlierWork_countsAndLaterDoesNot() {
    turns.workArrived(A, NOW.plusSeconds(5));

    assertThat(turns.workArrived(A, NOW.plusSeconds(9))).isFalse();
    assertThat(turns.workArrived(A, NOW.plusSeconds(2))).isTrue();

    assertThat(turns.nextDue(NOW, ANY)).isEqualTo(NOW.plusSeconds(2));
  }

  @Test
  void servedSubscription_goesToTheEnd() {
    List.of(A, B, C).forEach(name -> turns.workArrived(name, NOW));
    List<SubscriptionName> first = turns.due(NOW, ANY);

    turns.served(first.getFirst());

    assertThat(turns.due(NOW, ANY)).containsExactly(first.get(1), first.get(2), first.getFirst());
  }

  @Test
  void withoutQuota_itIsNotDueAndNoOneWaitsForIt() {
    turns.workArrived(A, NOW);
    turns.workArrived(B, NOW.plusSeconds(3));
    Quotas withoutA = FixedQuotas.of(10, "b", 10, "c", 10);

    assertThat(turns.due(NOW, withoutA)).isEmpty();
    assertThat(turns.nextDue(NOW, withoutA)).isEqualTo(NOW.plusSeconds(3));
    assertThat(turns.due(NOW, ANY)).containsExactly(A);
    assertThat(turns.nextDue(NOW, ANY)).isEqualTo(NOW);
  }

  /// Then the positive list is the shorter one.
  @Test
  void fewQuotasAmongManySubscriptions_areFound() {
    for (int number = 0; number < 1_000; number++) {
      turns.workArrived(new SubscriptionName("s-" + number), NOW);
    }

    assertThat(turns.due(NOW, FixedQuotas.of(10, "s-7", 10, "none", 10)))
        .containsExactly(new SubscriptionName("s-7"));
    assertThat(turns.due(NOW, FixedQuotas.of(0, "s-7", 10))).isEmpty();
  }

  @Test
  void due_returnsNoMoreThanTheTotal() {
    List.of(A, B, C).forEach(name -> turns.workArrived(name, NOW));

    assertThat(turns.due(NOW, FixedQuotas.of(2, "a", 9, "b", 9, "c", 9))).hasSize(2);
  }

  @Test
  void emptySubscription_isForgottenUntilWorkArrives() {
    turns.workArrived(A, NOW);
    turns.workArrived(B, NOW);
    turns.due(NOW, ANY);

    turns.noneBefore(A, NOW.plusSeconds(1));
    turns.noneBefore(B, Instant.MAX);

    assertThat(turns.due(NOW, ANY)).isEmpty();
    assertThat(turns.due(NOW.plusSeconds(1), ANY)).containsExactly(A);
    turns.workArrived(B, NOW);
    assertThat(turns.due(NOW, ANY)).contains(B);
    turns.clear();
    assertThat(turns.due(NOW.plusSeconds(9), ANY)).isEmpty();
  }
}
