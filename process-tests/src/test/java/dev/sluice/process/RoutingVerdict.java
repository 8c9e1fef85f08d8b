package dev.sluice.process;

import dev.sluice.process.DeliveredEvent.Delivered;
import dev.sluice.process.History.Fate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what producers and admins were told, what the handlers wrote down, and the final state
/// of all events. All counts except the first four must be 0.
///
/// @param events listed by the service
/// @param deliveries of these events
/// @param failed those of them that ended as dead letters
/// @param attempts begun by handlers
/// @param lost events that were acknowledged, but are not listed
/// @param phantom events that are listed, but were never sent, or twice, or with other content
/// @param outdated events that were routed by an older version than the one that the node had
///   already reported as stored before the event was sent to it, or by one that does not exist
/// @param missing deliveries that do not exist, although the version that routed the event demands
///   them
/// @param extra deliveries that exist, although that version does not
/// @param unfinished deliveries without a terminal state, or with one that nobody asked for
/// @param doubled deliveries that exist twice, or ended twice
/// @param stale deliveries that were ended by another attempt than their last one, or by one that
///   no handler finished, and attempts that began twice
record RoutingVerdict(
    long events,
    long deliveries,
    long failed,
    long attempts,
    long lost,
    long phantom,
    long outdated,
    long missing,
    long extra,
    long unfinished,
    long doubled,
    long stale) {

  /// Compares all events.
  ///
  /// @param sent what producers know
  /// @param floors by event, the version of the set that its node had reported as stored before
  /// @param subscriptions all versions of all subscriptions
  /// @param journal what the handlers wrote down
  /// @param listed all events of the service
  static RoutingVerdict of(
      History sent,
      Map<String, Long> floors,
      SubscriptionHistory subscriptions,
      AttemptJournal journal,
      List<DeliveredEvent> listed) {
    var check = new Check(sent, floors, subscriptions, journal);
    listed.forEach(check::event);
    return check.verdict();
  }

  /// Whether no guarantee was violated.
  boolean isClean() {
    return lost + phantom + outdated + missing + extra + unfinished + doubled + stale == 0;
  }

  private static final class Check {
    private final History sent;
    private final Map<String, Long> floors;
    private final SubscriptionHistory subscriptions;
    private final AttemptJournal journal;
    private final Set<String> seen = new HashSet<>();
    private long deliveries;
    private long failed;
    private long phantom;
    private long outdated;
    private long missing;
    private long extra;
    private long unfinished;
    private long doubled;
    private long stale;

    Check(
        History sent,
        Map<String, Long> floors,
        SubscriptionHistory subscriptions,
        AttemptJournal journal) {
      this.sent = sent;
      this.floors = floors;
      this.subscriptions = subscriptions;
      this.journal = journal;
    }

    void event(DeliveredEvent event) {
      boolean isFirst = seen.add(event.id());
      boolean isSent = sent.wasSent(event.id());
      boolean isSame = event.content().equals(DeliveredEvent.sentContent(event.id()));
      phantom += isFirst && isSent && isSame ? 0 : 1;
      boolean isCurrent =
          event.routedBy() >= floors.getOrDefault(event.id(), 0L)
              && event.routedBy() <= subscriptions.newest();
      outdated += isCurrent ? 0 : 1;
      routes(event);
      event.deliveries().forEach(delivery -> delivery(event.id(), delivery));
    }

    private void routes(DeliveredEvent event) {
      Set<String> demanded = subscriptions.routesOf(SentEvents.event(event.id()), event.routedBy());
      var existing = new HashMap<String, Integer>();
      event.deliveries().forEach(one -> existing.merge(one.subscription(), 1, Integer::sum));
      missing += demanded.stream().filter(name -> !existing.containsKey(name)).count();
      extra += existing.keySet().stream().filter(name -> !demanded.contains(name)).count();
      doubled += existing.values().stream().filter(number -> number > 1).count();
    }

    private void delivery(String event, Delivered delivery) {
      deliveries++;
      boolean isFailed = delivery.status().equals("failed");
      boolean isCompleted = delivery.status().equals("completed");
      failed += isFailed ? 1 : 0;
      unfinished += isCompleted || isFailed ? 0 : 1;
      long successes = delivery.successes();
      doubled += successes > 1 || (isFailed && successes > 0) ? 1 : 0;
      stale += isStale(event, delivery, isCompleted) ? 1 : 0;
    }

    private boolean isStale(String event, Delivered delivery, boolean isCompleted) {
      int last = delivery.last().number();
      if (journal.lastBegun(event, delivery.subscription()) > last) {
        return true;
      }
      return isCompleted
          && !(delivery.last().outcome().equals("succeeded")
              && journal.hasEnded(event, delivery.subscription(), last));
    }

    RoutingVerdict verdict() {
      long lost =
          sent.all().entrySet().stream()
              .filter(entry -> entry.getValue() == Fate.ACKNOWLEDGED)
              .filter(entry -> !seen.contains(entry.getKey()))
              .count();
      return new RoutingVerdict(
          seen.size(),
          deliveries,
          failed,
          journal.attempts(),
          lost,
          phantom,
          outdated,
          missing,
          extra,
          unfinished,
          doubled,
          stale + journal.repeated());
    }
  }
}
