package dev.sluice.domain.subscription;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a back-fill delivers, and for whom: the conditions of the subscription when it was planned,
/// and one more.
///
/// @param subscription gets the deliveries
/// @param types the types of the subscription
/// @param own the filter of the subscription
/// @param further a further filter
public record Backfill(
    SubscriptionName subscription,
    List<TypePattern> types,
    Optional<EventPattern> own,
    Optional<EventPattern> further) {

  public Backfill {
    types = List.copyOf(types);
  }

  /// Returns the filters, all of which an event must match.
  public List<EventPattern> filters() {
    return Stream.of(own, further).flatMap(Optional::stream).toList();
  }
}
