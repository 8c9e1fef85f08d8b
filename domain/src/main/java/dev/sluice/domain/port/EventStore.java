package dev.sluice.domain.port;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores events: one copy per id.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown.
public interface EventStore {

  /// About the largest number of deliveries that [#countsBySubscription] counts.
  int MAX_COUNTED = 200_000;

  /// About the largest number of deliveries that [#dueSoon] counts.
  int MAX_DUE_COUNTED = 100_000;

  /// The largest number of attempts that [#newestAttempts] returns.
  int MAX_ATTEMPTS_LISTED = 200;

  /// How many attempts of a subscription and a [StatusClass] a storage at least keeps in the order
  /// in which they ended, as long as their events are stored.
  int MIN_ATTEMPTS_KEPT = 1_000;

  /// Stores each new event with its deliveries unless its id is stored already. Each event is
  /// stored completely or not at all.
  ///
  /// When this returns, events reported as stored are as durable as [#durability] says, and can be
  /// found and claimed. Of equal ids within a batch, the first one is stored and the others are
  /// duplicates of it.
  ///
  /// Events of a batch are otherwise independent: none affects the result of another. A duplicate
  /// costs the same however large the stored event is, even when it is damaged.
  ///
  /// @return one result per event, in the order of the batch
  List<AppendResult> append(List<NewEvent> batch);

  /// Returns those of these ids that are stored, without their payloads: in one read, whose cost
  /// does not depend on the size of the events. An id that is given several times costs as much as
  /// one.
  ///
  /// @return in any order, each once
  List<ExistingEvent> existing(List<EventId> ids);

  /// Returns whether [#append] stores the digests of new events. A storage that keeps all payloads
  /// at hand does not; then digests are computed when an id comes again.
  boolean storesDigests();

  /// Stores the digests of events that have none, or one that was computed in another way. Events
  /// that are no longer stored are skipped.
  void keepDigests(List<ExistingEvent> events);

  /// Returns the event with its deliveries and their attempts.
  ///
  /// @throws DamagedEventException when its content is not what was stored
  Optional<EventRecord> find(EventId id);

  /// Returns the events that pass the filter, in the order in which they were stored, newest first:
  /// each once, however many of its deliveries the filter chooses.
  ///
  /// A page ends after [PageRequest#limit] events or, so that large events cannot exhaust the
  /// memory, after about [PageRequest#MAX_CHARACTERS] of payload and attributes. It may end
  /// earlier, even empty, when many events had to be scanned. Following [Page#next] returns exactly
  /// once each event that was stored when the first page was read and still passes the filter,
  /// whatever is stored meanwhile.
  Page<EventSummary> list(EventFilter filter, PageRequest page);

  /// Returns the ended attempts of a subscription of which a response is kept, those that ended
  /// last first. Costs about the same however many attempts are stored.
  ///
  /// A response is kept as long as its attempt: until the event is deleted, or until the delivery
  /// has had [EventRecord.History#MAX_ATTEMPTS] newer attempts. The list reaches back to all of
  /// them with a database, and at least to the newest [#MIN_ATTEMPTS_KEPT] of each class of status
  /// with other storages; a broker may forget the list of a subscription that has had no attempt
  /// for as long as finished events are kept. A storage that is short of memory drops a response
  /// rather than reject the settlement. An attempt whose lease was lost is not listed.
  ///
  /// @param status only attempts with a response of this class; all when empty
  /// @param limit maximum number of attempts; at most [#MAX_ATTEMPTS_LISTED]
  List<RecentAttempt> newestAttempts(
      SubscriptionName subscription, Optional<StatusClass> status, int limit);

  /// Returns the number of events that pass the filter (not of their deliveries), up to `most`,
  /// scanning a bounded number of events so that other callers do not wait. Continue at
  /// [EventCount#next] until nothing follows.
  ///
  /// @param most maximum number to count; a storage may count fewer per call
  EventCount count(EventFilter filter, Cursor after, int most);

  /// Returns a position before all stored events: events stored later do not lie after it.
  Cursor newest();

  /// Returns the number of events and deliveries by status. Costs the same however many there are.
  StatusCounts counts();

  /// Returns the number of waiting, running and failed deliveries of each subscription, and since
  /// when its oldest waiting delivery has been due. Pauses make no difference.
  ///
  /// Subscriptions without such deliveries cost nothing, and the history of completed, cancelled
  /// and expired deliveries is not read. At most about [#MAX_COUNTED] deliveries are counted in one
  /// call, however many there are, and at least the first 10,000 of a subscription if few
  /// subscriptions have a backlog; where there may be more,
  /// [dev.sluice.domain.figures.SubscriptionCounts#atLeast] says so. With a broker fewer are
  /// counted. The counts need not be of one moment.
  CountsBySubscription countsBySubscription();

  /// Returns how many waiting deliveries become due in each of the next `steps` spans of time, from
  /// now on. Those that wait for their turn in a lane are not counted. The count stops at about
  /// [#MAX_DUE_COUNTED]; it costs as much as what it counts.
  DueCounts dueSoon(Duration step, int steps);

  /// Deletes finished events, those that finished first.
  ///
  /// @param finishedBefore events that finished before this time are deleted; unrouted events count
  ///   as finished when received
  /// @param limit maximum number of events to delete
  /// @return number of deleted events; fewer than `limit` means that none are left to delete
  int purge(Instant finishedBefore, int limit);

  /// Returns which failures an acknowledged event survives.
  Durability durability();

  /// Returns the state of the storage's disk; empty when the storage does not know it. Costs next
  /// to nothing.
  Optional<DiskReport> disk();
}
