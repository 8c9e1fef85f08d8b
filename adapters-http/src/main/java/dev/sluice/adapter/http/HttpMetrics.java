package dev.sluice.adapter.http;

import dev.sluice.application.operate.Statistics;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.EventWriter;
import io.helidon.metrics.api.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts and times events and requests; gauges are in `HttpGauges`.
public final class HttpMetrics implements TransitionListener {

  private static final String OTHER = Statistics.OTHER_TYPES;
  private static final int STATUS_CLASSES = 6;

  /// Subscriptions that responses are counted for by name.
  private static final int MAX_SUBSCRIPTIONS = 200;

  private final Meters meters;
  private final LongAdder duplicates;
  private final LongAdder conflicts;
  private final LongAdder rejected;
  private final LongAdder shed;
  private final LongAdder rateLimited;
  private final LongAdder retries;
  private final LongAdder deadLetters;
  private final LongAdder expired;
  private final LongAdder leasesLost;
  private final LongAdder replays;
  private final LongAdder cancellations;
  private final LongAdder discards;
  private final Timer acceptTime;
  private final Timer handlerTime;
  private final Timer acceptToDone;
  private final LongAdder succeeded;
  private final LongAdder handedBack;
  private final Map<FailureCause.Kind, LongAdder> failed = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> acceptedByType = new ConcurrentHashMap<>();
  private final Map<String, Timer[]> requestsByRoute = new ConcurrentHashMap<>();
  private final Map<String, LongAdder[]> responsesBySubscription = new ConcurrentHashMap<>();

  public HttpMetrics(Meters meters) {
    this.meters = meters;
    duplicates =
        meters.counter("sluice.events.duplicate", "Events already stored with the same content");
    conflicts =
        meters.counter(
            "sluice.events.conflicting", "Events whose id is stored with different content");
    rejected = meters.counter("sluice.events.rejected", "Invalid events and bodies");
    shed =
        meters.counter(
            "sluice.events.shed", "Events refused for lack of space or while shutting down");
    rateLimited =
        meters.counter("sluice.requests.rate.limited", "Requests rejected by the rate limit");
    retries = meters.counter("sluice.retries", "Failed attempts that are retried");
    deadLetters = meters.counter("sluice.dead.letters", "Deliveries that ran out of attempts");
    expired = meters.counter("sluice.expired", "Deliveries that expired before an attempt began");
    leasesLost =
        meters.counter("sluice.leases.lost", "Attempts that lost their lease before they settled");
    replays = meters.counter("sluice.replays", "Deliveries that operators replayed");
    cancellations = meters.counter("sluice.cancellations", "Deliveries that operators cancelled");
    discards = meters.counter("sluice.discards", "Dead letters that operators discarded");
    acceptTime =
        meters.histogram("sluice.accept", "From reading a request with events to its response");
    handlerTime = meters.histogram("sluice.handler", "Duration of handler calls");
    acceptToDone =
        meters.histogram("sluice.accept.to.done", "From receiving an event to its completion");
    succeeded = attempts("succeeded");
    handedBack = attempts("handed_back");
    for (FailureCause.Kind kind : FailureCause.Kind.values()) {
      failed.put(kind, attempts(EventWriter.outcomeName(kind)));
    }
    acceptedByType.put(OTHER, accepted(OTHER));
  }

  private LongAdder attempts(String outcome) {
    return meters.counter("sluice.attempts", "Attempts by outcome", Map.of("outcome", outcome));
  }

  private LongAdder accepted(String type) {
    return meters.counter("sluice.events.accepted", "Events stored, by type", Map.of("type", type));
  }

  public void duplicate() {
    duplicates.increment();
  }

  public void conflict() {
    conflicts.increment();
  }

  public void rejected(int count) {
    rejected.add(count);
  }

  public void shed(int count) {
    shed.add(count);
  }

  void rateLimited() {
    rateLimited.increment();
  }

  /// Records how long a request with events took.
  public void accepted(long nanos) {
    acceptTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  /// Records a finished request.
  ///
  /// @param route its route, one of a fixed set
  void answered(String route, int status, long nanos) {
    Timer[] byClass = requestsByRoute.computeIfAbsent(route, _ -> new Timer[STATUS_CLASSES]);
    int statusClass = Math.clamp(status / 100, 0, STATUS_CLASSES - 1);
    Timer known = byClass[statusClass];
    if (known != null) {
      known.record(nanos, TimeUnit.NANOSECONDS);
      return;
    }
    timer(route, statusClass)
        .ifPresent(
            timer -> {
              // Two threads may get here at once; the registry returns the same timer to both.
              byClass[statusClass] = timer;
              timer.record(nanos, TimeUnit.NANOSECONDS);
            });
  }

  private Optional<Timer> timer(String route, int statusClass) {
    return meters.timer(
        "sluice.http.requests",
        "Requests by route and class of status",
        Map.of("route", route, "status", classOf(statusClass)));
  }

  @Override
  public void onTransition(Transition transition) {
    switch (transition) {
      case Transition.Accepted accepted -> acceptedOf(accepted.type()).increment();
      case Transition.Settled settled -> onSettled(settled);
      case Transition.Claimed _, Transition.Backfilled _ -> {
        // Counted by its outcome.
      }
      case Transition.LeaseLost _ -> leasesLost.increment();
      case Transition.Replayed _ -> replays.increment();
      case Transition.Cancelled _ -> cancellations.increment();
      case Transition.Discarded _ -> discards.increment();
    }
  }

  private void onSettled(Transition.Settled settled) {
    handlerTime.record(settled.handlerTime());
    settled.response().ifPresent(response -> responded(settled.subscription(), response));
    switch (settled.resolution()) {
      case Resolution.Complete() -> {
        succeeded.increment();
        acceptToDone.record(settled.sinceDue());
      }
      case Resolution.Retry(var _, FailureCause cause) -> {
        failedWith(cause);
        retries.increment();
      }
      case Resolution.DeadLetter(FailureCause cause) -> {
        failedWith(cause);
        deadLetters.increment();
      }
      case Resolution.HandBack() -> handedBack.increment();
      case Resolution.Expire() -> expired.increment();
    }
  }

  /// Counts a response of a receiver. Of more than [#MAX_SUBSCRIPTIONS] subscriptions, the later
  /// ones are counted together.
  private void responded(SubscriptionName subscription, Response response) {
    String name = subscription.value();
    LongAdder[] byClass = responsesBySubscription.get(name);
    if (byClass == null) {
      boolean isRoom = responsesBySubscription.size() < MAX_SUBSCRIPTIONS;
      byClass = responsesBySubscription.computeIfAbsent(isRoom ? name : OTHER, this::responses);
    }
    byClass[Math.clamp(response.status() / 100, 0, STATUS_CLASSES - 1)].increment();
  }

  private LongAdder[] responses(String subscription) {
    var byClass = new LongAdder[STATUS_CLASSES];
    for (int statusClass = 0; statusClass < STATUS_CLASSES; statusClass++) {
      byClass[statusClass] =
          meters.counter(
              "sluice.webhook.responses",
              "Responses of receivers, by subscription and class of status",
              Map.of("subscription", subscription, "status", classOf(statusClass)));
    }
    return byClass;
  }

  private static String classOf(int statusClass) {
    return statusClass == 0 ? "none" : statusClass + "xx";
  }

  private void failedWith(FailureCause cause) {
    LongAdder adder = failed.get(cause.kind());
    if (adder != null) {
      adder.increment();
    }
  }

  private LongAdder acceptedOf(EventType type) {
    LongAdder known = acceptedByType.get(type.value());
    if (known != null) {
      return known;
    }
    String label = acceptedByType.size() < Statistics.MAX_TYPES ? type.value() : OTHER;
    return acceptedByType.computeIfAbsent(label, this::accepted);
  }
}
