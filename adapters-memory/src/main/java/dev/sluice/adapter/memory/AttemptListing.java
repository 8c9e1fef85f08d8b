package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists the newest attempts of a subscription. The caller holds the ledger's lock.
final class AttemptListing {

  private static final Comparator<RecentAttempt> NEWEST_FIRST =
      Comparator.comparing((RecentAttempt one) -> endOf(one.attempt())).reversed();

  private final Timeline timeline;
  private final SubscriptionName subscription;

  AttemptListing(Timeline timeline, SubscriptionName subscription) {
    this.timeline = timeline;
    this.subscription = subscription;
  }

  List<RecentAttempt> newest(RecentResponses responses, Optional<StatusClass> status, int limit) {
    if (status.isPresent()) {
      return ofClass(responses.newest(status.get()), limit);
    }
    var all = new ArrayList<RecentAttempt>();
    for (StatusClass one : StatusClass.values()) {
      all.addAll(ofClass(responses.newest(one), limit));
    }
    return all.stream().sorted(NEWEST_FIRST).limit(limit).toList();
  }

  private List<RecentAttempt> ofClass(Iterator<RecentResponses.Place> places, int limit) {
    var found = new ArrayList<RecentAttempt>();
    while (found.size() < limit && places.hasNext()) {
      RecentAttempt attempt = at(places.next());
      if (attempt != null) {
        found.add(attempt);
      }
    }
    return found;
  }

  /// Returns the attempt at a place, if it is still stored.
  private @Nullable RecentAttempt at(RecentResponses.Place place) {
    StoredEvent stored = timeline.get(place.sequence());
    StoredDelivery delivery = stored == null ? null : stored.delivery(subscription);
    Attempt attempt = delivery == null ? null : delivery.ended(place.number());
    return stored == null || attempt == null
        ? null
        : new RecentAttempt(stored.event.id(), stored.event.type(), attempt);
  }

  private static Instant endOf(Attempt attempt) {
    return switch (attempt.end()) {
      case Attempt.Succeeded(Instant at) -> at;
      case Attempt.FailedWith(Instant at, var _) -> at;
      case Attempt.HandedBack(Instant at) -> at;
      case Attempt.StillRunning _ -> Instant.MAX;
    };
  }
}
