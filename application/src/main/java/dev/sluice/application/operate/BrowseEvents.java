package dev.sluice.application.operate;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
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

  /// Dead letters grouped by the way they failed, largest group first; at most a few seconds old.
  List<ErrorGroup> errorGroups(int limit);

  /// Events and deliveries by status.
  StatusCounts counts();

  /// The failures that an acknowledged event survives.
  Durability durability();
}
