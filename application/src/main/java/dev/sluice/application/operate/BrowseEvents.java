package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;

/// Reads events and counts.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException].
public interface BrowseEvents {

  /// The event with its deliveries and attempts.
  Optional<EventRecord> find(EventId id);

  /// Events that match the filter, newest first.
  Page<EventSummary> list(EventFilter filter, PageRequest page);

  /// The newest attempts of a subscription that have a response, newest first.
  ///
  /// @param status only attempts with a response of this class; all when empty
  /// @param limit at most [dev.sluice.domain.port.EventStore#MAX_ATTEMPTS_LISTED]
  List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit);

  /// Dead letters grouped by the way they failed, largest group first; at most a few seconds old.
  List<ErrorGroup> errorGroups(int limit);

  /// Events and deliveries by status.
  StatusCounts counts();

  /// The failures that an acknowledged event survives.
  Durability durability();
}
