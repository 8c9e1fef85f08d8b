package dev.sluice.application.operate;

import dev.sluice.application.operate.Explanation.OfDelivery;
import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;

/// Explains why events have their current status.
public final class Explanations {

  /// Deliveries ahead of another are counted up to this number.
  public static final int MOST_AHEAD = 10_000;

  /// Most counts for one event: each is a query, and an event may have thousands of deliveries.
  private static final int MAX_COUNTS = 100;

  private static final Why UNCOUNTED = new Why.InLine(0, true, Duration.ZERO);

  private final Storage storage;
  private final Handlers handlers;
  private final Pauses pauses;
  private final Pace pace;
  private final InstantSource clock;
  private final LaneExplanation lanes;

  public Explanations(
      Storage storage, Handlers handlers, Pauses pauses, Pace pace, InstantSource clock) {
    this.storage = storage;
    this.handlers = handlers;
    this.pauses = pauses;
    this.pace = pace;
    this.clock = clock;
    this.lanes = new LaneExplanation(storage.lanes());
  }

  /// The rate at which deliveries are processed.
  ///
  /// @param drainPerSecond deliveries that finish per second
  /// @param freeSlots deliveries that could start now
  /// @param untilNextToken how long due deliveries of a subscription wait for a token of its rate
  ///   limit; empty if they need not wait
  /// @param receivers how this node treats the receiver of a subscription, if it has one
  public record Pace(
      DoubleSupplier drainPerSecond,
      IntSupplier freeSlots,
      Function<SubscriptionName, Optional<Duration>> untilNextToken,
      Function<SubscriptionName, Optional<ReceiverView>> receivers) {}

  /// Explains an event; empty when the event is unknown. Runs a few short storage queries.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public Optional<Explanation> explain(EventId id) {
    return storage.events().find(id).map(EventRecord::summary).map(this::explain);
  }

  private Explanation explain(EventSummary event) {
    var line = new Line();
    List<OfDelivery> deliveries =
        event.deliveries().stream()
            .map(delivery -> explain(event.event(), delivery, line))
            .toList();
    return new Explanation(event, sentence(event, deliveries), deliveries);
  }

  private OfDelivery explain(Event event, DeliverySnapshot delivery, Line line) {
    int most = mostAttempts(delivery.subscription());
    Why why =
        switch (delivery.state()) {
          case DeliveryState.Waiting waiting ->
              line.lane(event, delivery.subscription())
                  .orElseGet(() -> why(event, delivery.subscription(), waiting, line));
          case DeliveryState.Processing _ -> new Why.InWork();
          case DeliveryState.Finished _ -> new Why.Finished();
        };
    return new OfDelivery(delivery, most, why, ExplanationText.sentence(delivery, most, why));
  }

  private int mostAttempts(SubscriptionName name) {
    return handlers.policyOf(name).maxRetries() + 1;
  }

  private Why why(Event event, SubscriptionName name, DeliveryState.Waiting waiting, Line line) {
    // A delivery that was due when it entered its state is due, even where the storage's clock is
    // ahead.
    Duration left =
        waiting.isDelayed() ? Duration.between(clock.instant(), waiting.dueAt()) : Duration.ZERO;
    if (left.isPositive()) {
      return new Why.NotDue(left);
    }
    return pauses
        .holding(name)
        .<Why>map(Why.Paused::new)
        .or(
            () ->
                pace.receivers()
                    .apply(name)
                    .filter(ReceiverView::isBusy)
                    .map(Why.ReceiverBusy::new))
        .orElseGet(() -> line.before(event.attributes().priority(), name, waiting.dueAt()));
  }

  /// Deliveries of the same subscription that are due before others, counted up to [#MAX_COUNTS]
  /// times for one event: one with many deliveries must not cost more.
  private final class Line {
    private int counts;

    /// Returns why a delivery waits for others of its key; empty when it does not, or too many were
    /// looked up.
    Optional<Why> lane(Event event, SubscriptionName name) {
      return handlers.isOrdered(name) && ++counts <= MAX_COUNTS
          ? lanes.before(event, name)
          : Optional.empty();
    }

    Why before(Priority priority, SubscriptionName name, Instant dueAt) {
      if (++counts > MAX_COUNTS) {
        return UNCOUNTED;
      }
      return pace.untilNextToken()
          .apply(name)
          .<Why>map(Why.RateLimited::new)
          .orElseGet(() -> count(priority, name, dueAt));
    }

    private Why count(Priority priority, SubscriptionName name, Instant dueAt) {
      int ahead = storage.deliveries().countAhead(name, priority, dueAt, MOST_AHEAD + 1);
      if (ahead < pace.freeSlots().getAsInt()) {
        return new Why.StartsNow();
      }
      boolean isMore = ahead > MOST_AHEAD;
      int counted = Math.min(ahead, MOST_AHEAD);
      double rate = pace.drainPerSecond().getAsDouble();
      boolean isKnown = rate > 0 && !isMore;
      return new Why.InLine(
          counted,
          isMore,
          isKnown ? Duration.ofMillis((long) (counted * 1_000 / rate)) : Duration.ZERO);
    }
  }

  private static String sentence(EventSummary event, List<OfDelivery> deliveries) {
    if (deliveries.isEmpty()) {
      return ExplanationText.unrouted(event.event().type().value());
    }
    OfDelivery deciding = deciding(event.status(), deliveries);
    return deliveries.size() == 1
        ? deciding.sentence()
        : "Of %d deliveries, the one for %s: %s"
            .formatted(deliveries.size(), deciding.delivery().subscription(), deciding.sentence());
  }

  /// The first delivery that gives the event its status; preferably a paused one.
  private static OfDelivery deciding(EventStatus status, List<OfDelivery> deliveries) {
    List<OfDelivery> deciding =
        deliveries.stream()
            .filter(one -> EventStatus.of(one.delivery().state().status()) == status)
            .toList();
    return deciding.stream()
        .filter(one -> one.why() instanceof Why.Paused)
        .findFirst()
        .orElse(deciding.getFirst());
  }
}
