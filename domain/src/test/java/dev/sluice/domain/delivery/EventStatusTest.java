package dev.sluice.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EventStatusTest {

  /// All 128 subsets of the delivery statuses.
  static Stream<List<DeliveryStatus>> subsets() {
    DeliveryStatus[] all = DeliveryStatus.values();
    return IntStream.range(0, 1 << all.length)
        .mapToObj(
            bits ->
                IntStream.range(0, all.length)
                    .filter(bit -> (bits & (1 << bit)) != 0)
                    .mapToObj(bit -> all[bit])
                    .toList());
  }

  /// The rule as the design states it, without a list of precedence.
  private static EventStatus expected(List<DeliveryStatus> deliveries) {
    if (deliveries.isEmpty()) {
      return EventStatus.UNROUTED;
    } else if (deliveries.contains(DeliveryStatus.PROCESSING)) {
      return EventStatus.PROCESSING;
    } else if (deliveries.contains(DeliveryStatus.RECEIVED)) {
      return EventStatus.RECEIVED;
    } else if (deliveries.contains(DeliveryStatus.RETRYING)) {
      return EventStatus.RETRYING;
    } else if (deliveries.contains(DeliveryStatus.FAILED)) {
      return EventStatus.FAILED;
    }
    if (deliveries.contains(DeliveryStatus.COMPLETED)) {
      return EventStatus.COMPLETED;
    }
    return deliveries.contains(DeliveryStatus.EXPIRED)
        ? EventStatus.EXPIRED
        : EventStatus.CANCELLED;
  }

  @ParameterizedTest
  @MethodSource("subsets")
  void statusOfAnySetOfDeliveries_followsThePrecedence(List<DeliveryStatus> deliveries) {
    assertThat(EventStatus.of(deliveries)).isEqualTo(expected(deliveries));
  }

  @ParameterizedTest
  @MethodSource("subsets")
  void orderAndRepetition_doNotMatter(List<DeliveryStatus> deliveries) {
    var shuffled = new ArrayList<>(deliveries.reversed());
    shuffled.addAll(deliveries);

    assertThat(EventStatus.of(shuffled)).isEqualTo(EventStatus.of(deliveries));
  }

  @ParameterizedTest
  @EnumSource(DeliveryStatus.class)
  void onlyDelivery_givesTheEventItsStatus(DeliveryStatus only) {
    assertThat(EventStatus.of(only))
        .isEqualTo(EventStatus.of(List.of(only)))
        .hasToString(only.name());
    assertThat(EventStatus.of(only).isFinished()).isEqualTo(only.isFinished());
  }

  @Test
  void unrouted_isFinished() {
    assertThat(EventStatus.UNROUTED.isFinished()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(EventStatus.class)
  void wireName_isLowerCaseAndFindsItsStatus(EventStatus status) {
    assertThat(status.wireName()).isLowerCase().isEqualToIgnoringCase(status.name());
    assertThat(EventStatus.fromWireName(status.wireName())).contains(status);
  }

  @Test
  void otherNames_findNothing() {
    assertThat(EventStatus.fromWireName("RECEIVED")).isEmpty();
    assertThat(EventStatus.fromWireName("done")).isEmpty();
  }
}
