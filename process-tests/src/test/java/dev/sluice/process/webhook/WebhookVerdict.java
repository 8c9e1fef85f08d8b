package dev.sluice.process.webhook;

import dev.sluice.process.DeliveredEvent;
import dev.sluice.process.DeliveredEvent.Delivered;
import dev.sluice.process.DeliveredEvent.Tried;
import dev.sluice.process.History;
import dev.sluice.process.History.Fate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares the responses to producers, what arrived at the receiver of the only subscription, and
/// the deliveries and attempts that the service lists. All counts except the first three must be 0.
///
/// @param events listed by the service
/// @param arrivals at the receiver
/// @param cut arrivals of attempts that did not survive a kill
/// @param lost acknowledged events that are not listed, or never arrived with a valid signature
/// @param phantom arrivals and listed events that were never sent
/// @param unsigned arrivals without a valid signature
/// @param misnamed arrivals whose `webhook-id` is not the id of the event
/// @param unfinished events without exactly one delivery that one attempt completed
/// @param repeated attempts that arrived twice
/// @param late arrivals of attempts after the one that completed the delivery
/// @param unexplained attempts that arrived and are neither the one that completed the delivery nor
///   cut by a kill, and completed deliveries whose last attempt did not arrive
record WebhookVerdict(
    long events,
    long arrivals,
    long cut,
    long lost,
    long phantom,
    long unsigned,
    long misnamed,
    long unfinished,
    long repeated,
    long late,
    long unexplained) {

  private static final String CUT = "abandoned";

  static WebhookVerdict of(History sent, List<Arrival> arrived, List<DeliveredEvent> listed) {
    return new Comparison(sent, arrived, listed).verdict();
  }

  /// Whether no guarantee was violated.
  boolean isClean() {
    return lost + phantom + unsigned + misnamed + unfinished + repeated + late + unexplained == 0;
  }

  /// An attempt of the only delivery of an event.
  private record EventAttempt(String event, int number) {}

  private record Comparison(
      History sent,
      List<Arrival> arrived,
      List<DeliveredEvent> listed,
      Map<EventAttempt, String> outcomes,
      Map<String, Integer> lastAttempts) {

    Comparison(History sent, List<Arrival> arrived, List<DeliveredEvent> listed) {
      this(sent, arrived, listed, new HashMap<>(), new HashMap<>());
      for (DeliveredEvent event : listed) {
        for (Delivered delivery : event.deliveries()) {
          lastAttempts.merge(event.id(), delivery.last().number(), Math::max);
          for (Tried attempt : delivery.attempts()) {
            outcomes.put(new EventAttempt(event.id(), attempt.number()), attempt.outcome());
          }
        }
      }
    }

    WebhookVerdict verdict() {
      return new WebhookVerdict(
          listed.size(),
          arrived.size(),
          arrived.stream().filter(one -> outcomeOf(one).equals(CUT)).count(),
          lost(),
          phantom(),
          arrived.stream().filter(one -> !one.isValid()).count(),
          arrived.stream().filter(one -> !one.webhookId().equals(one.eventId())).count(),
          listed.stream().filter(event -> !isFinished(event)).count(),
          arrived.size() - attempts().size(),
          arrived.stream().filter(this::isLate).count(),
          unexplained());
    }

    private String outcomeOf(Arrival arrival) {
      return outcomes.getOrDefault(attempt(arrival), "");
    }

    private static EventAttempt attempt(Arrival arrival) {
      return new EventAttempt(arrival.eventId(), arrival.attempt());
    }

    private Set<EventAttempt> attempts() {
      return arrived.stream().map(Comparison::attempt).collect(Collectors.toSet());
    }

    private long lost() {
      Set<String> safe = new HashSet<>();
      arrived.stream().filter(Arrival::isValid).map(Arrival::eventId).forEach(safe::add);
      safe.retainAll(listed.stream().map(DeliveredEvent::id).collect(Collectors.toSet()));
      return sent.all().entrySet().stream()
          .filter(entry -> entry.getValue() == Fate.ACKNOWLEDGED && !safe.contains(entry.getKey()))
          .count();
    }

    private long phantom() {
      return arrived.stream().filter(one -> !sent.wasSent(one.eventId())).count()
          + listed.stream().filter(one -> !sent.wasSent(one.id())).count();
    }

    private static boolean isFinished(DeliveredEvent event) {
      return event.deliveries().size() == 1 && completingAttempt(event).isPresent();
    }

    /// Returns the attempt that completed the event: its last one, and the only one that succeeded.
    private static Optional<EventAttempt> completingAttempt(DeliveredEvent event) {
      return event.deliveries().stream()
          .filter(one -> one.status().equals("completed") && one.successes() == 1)
          .filter(one -> one.last().outcome().equals("succeeded"))
          .map(one -> new EventAttempt(event.id(), one.last().number()))
          .findFirst();
    }

    private boolean isLate(Arrival arrival) {
      Integer last = lastAttempts.get(arrival.eventId());
      return last != null && arrival.attempt() > last;
    }

    private long unexplained() {
      Set<EventAttempt> completing =
          listed.stream()
              .flatMap(event -> completingAttempt(event).stream())
              .collect(Collectors.toSet());
      Set<EventAttempt> seen = attempts();
      long unsent = completing.stream().filter(one -> !seen.contains(one)).count();
      return unsent
          + seen.stream()
              .filter(one -> outcomes.containsKey(one) && !completing.contains(one))
              .filter(one -> !CUT.equals(outcomes.get(one)))
              .count();
    }
  }
}
