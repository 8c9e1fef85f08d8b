package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.port.EventStore;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/// Where the newest attempts of a subscription that have a response are found; guarded by the
/// storage's lock. It names them by numbers, so that it does not keep deleted events in memory.
final class RecentResponses {

  private final Map<StatusClass, ArrayDeque<Place>> places = new EnumMap<>(StatusClass.class);

  /// Where an attempt is found, as long as it is stored.
  ///
  /// @param sequence of its event
  /// @param number of the attempt
  record Place(long sequence, int number) {}

  /// Adds an attempt that ended now.
  void add(Response response, Place place) {
    ArrayDeque<Place> ofClass =
        places.computeIfAbsent(StatusClass.of(response.status()), _ -> new ArrayDeque<>());
    if (ofClass.size() == EventStore.MIN_ATTEMPTS_KEPT) {
      ofClass.removeLast();
    }
    ofClass.addFirst(place);
  }

  /// Returns the places of a class, newest first.
  Iterator<Place> newest(StatusClass status) {
    ArrayDeque<Place> ofClass = places.get(status);
    return ofClass == null ? new ArrayDeque<Place>().iterator() : ofClass.iterator();
  }
}
