package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.DiskReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps events: one copy per id.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown.
public interface EventStore {

  /// Stores each new event with its deliveries unless its id is stored already; all of an event or
  /// nothing of it.
  ///
  /// What is reported as stored is as durable as [#durability] says, findable and claimable when
  /// this returns. Of equal ids within a batch the first one is stored and the others are
  /// duplicates of it.
  ///
  /// Events do not hang together: none of them decides what becomes of another one. A duplicate
  /// costs the same however large the stored event is, also when that one is damaged.
  ///
  /// @return one result per event, in the order of the batch
  List<AppendResult> append(List<NewEvent> batch);

  /// Those among these ids that are stored, without their payloads: in one look, whose cost does
  /// not depend on how large the events are. An id that is named several times costs one.
  ///
  /// @return in any order, each once
  List<ExistingEvent> existing(List<EventId> ids);

  /// Whether [#append] stores the digests that come with new events. A storage that has all
  /// payloads at hand does without, and digests are computed when an id comes again.
  boolean storesDigests();

  /// Stores the digest of events that have none, or one that was computed in another way. What is
  /// not there any more is left out.
  void keepDigests(List<ExistingEvent> events);

  /// The event with its deliveries and their attempts.
  ///
  /// @throws DamagedEventException when its content is not what was stored
  Optional<EventRecord> find(EventId id);

  /// The events that pass the filter, newest first in the order in which they were stored.
  ///
  /// A page ends after [PageRequest#limit] events or, so that large events cannot fill the memory,
  /// after about [PageRequest#MAX_CHARACTERS] of payload and attributes. It may end earlier, also
  /// with nothing on it, when many events had to be looked at. Following [Page#next] shows every
  /// event once that was there when the first page was read and still passes the filter, whatever
  /// is stored meanwhile.
  Page<EventSummary> list(EventFilter filter, PageRequest page);

  /// How many events pass the filter, at most so many, looking at as many as can be looked at
  /// without making others wait; go on at [EventCount#next] until nothing follows.
  ///
  /// @param most at most so many; a storage may take fewer at a time
  EventCount count(EventFilter filter, Cursor after, int most);

  /// A place before all events that are stored: those that are stored later are not behind it.
  Cursor newest();

  /// How many events and deliveries there are in each state. Costs the same however many there are.
  StatusCounts counts();

  /// Forgets finished events, longest finished first.
  ///
  /// @param finishedBefore events that were finished before this time go; unrouted ones count as
  ///   finished when received
  /// @param limit at most so many
  /// @return how many went; fewer than `limit` means that none are left to go
  int purge(Instant finishedBefore, int limit);

  /// What an acknowledged event survives.
  Durability durability();

  /// How it stands with its disk; nothing where it cannot tell. Costs next to nothing.
  Optional<DiskReport> disk();
}
