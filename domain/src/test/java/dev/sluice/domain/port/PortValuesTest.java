package dev.sluice.domain.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values that the records of the ports derive from their components.
final class PortValuesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private static StatusCounts waitingSince(Instant oldest) {
    return new StatusCounts(Map.of(), Map.of(), oldest);
  }

  @Test
  void backlog_isTheDeliveriesThatAreNotFinished() {
    var counts =
        new StatusCounts(
            Map.of(EventStatus.RECEIVED, 1_000L),
            Map.of(
                DeliveryStatus.RECEIVED, 1L,
                DeliveryStatus.PROCESSING, 20L,
                DeliveryStatus.RETRYING, 300L,
                DeliveryStatus.COMPLETED, 4_000L,
                DeliveryStatus.FAILED, 50_000L,
                DeliveryStatus.CANCELLED, 600_000L),
            Instant.MAX);

    assertThat(counts.backlog()).isEqualTo(321);
  }

  @Test
  void absentStatus_countsAsNone() {
    StatusCounts counts = waitingSince(Instant.MAX);

    assertThat(counts.of(EventStatus.FAILED)).isZero();
    assertThat(counts.of(DeliveryStatus.FAILED)).isZero();
    assertThat(counts.backlog()).isZero();
  }

  @Test
  void eventsAndDeliveries_areCountedApart() {
    var counts =
        new StatusCounts(
            Map.of(EventStatus.FAILED, 2L), Map.of(DeliveryStatus.FAILED, 5L), Instant.MAX);

    assertThat(counts.of(EventStatus.FAILED)).isEqualTo(2);
    assertThat(counts.of(DeliveryStatus.FAILED)).isEqualTo(5);
  }

  @Test
  void oldestWaitingAge_isHowLongItHasBeenDue() {
    assertThat(waitingSince(NOW.minusSeconds(7)).oldestWaitingAge(NOW))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void nothingWaiting_hasNoAge() {
    assertThat(waitingSince(Instant.MAX).oldestWaitingAge(NOW)).isEmpty();
  }

  @Test
  void clockBehindTheStorages_givesAgeZero() {
    assertThat(waitingSince(NOW.plusSeconds(1)).oldestWaitingAge(NOW)).contains(Duration.ZERO);
    assertThat(waitingSince(NOW).oldestWaitingAge(NOW)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 501, Integer.MAX_VALUE})
  void pageOfImpossibleLength_isRefused(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PageRequest.first(limit))
        .withMessageContaining(String.valueOf(limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void firstPage_beginsAtTheNewestEvent(int limit) {
    assertThat(PageRequest.first(limit)).isEqualTo(new PageRequest(Cursor.START, limit));
  }

  @Test
  void page_goesOnUntilTheEnd() {
    assertThat(new Page<>(List.of("a"), new Cursor(1)).hasNext()).isTrue();
    assertThat(new Page<>(List.of("a"), Cursor.END).hasNext()).isFalse();
  }

  @Test
  void negativeCursor_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(-1));
  }

  @Test
  void claim_namesItsDeliveryAndFencingToken() {
    var event =
        new Event(
            new EventId("e-1"), EventType.DEFAULT, NOW, NOW, new Payload("1"), Attributes.NONE);
    var lease = new Lease(new WorkerId("w"), NOW, NOW);
    var claim = new Claim(3, event, SubscriptionName.DEFAULT, new AttemptCount(7, 2), lease, false);

    assertThat(claim.attempt()).isEqualTo(7);
    assertThat(claim.delivery())
        .isEqualTo(new DeliveryId(new EventId("e-1"), SubscriptionName.DEFAULT));
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void durability_readsInLowerCase(Durability durability) {
    assertThat(durability.wireName()).isLowerCase().isEqualToIgnoringCase(durability.name());
  }
}
