package dev.sluice.application.receiver;

import dev.sluice.application.activity.Activity;
import dev.sluice.application.schedule.FailureLog;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.SubscriptionPauser;
import dev.sluice.domain.event.StorableText;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// Pauses subscriptions on behalf of the service: each pause is in the activity log, and an event
/// about it is stored, which can itself be subscribed to.
///
/// The pause comes first. Its entry and its event follow as soon as the storage takes them.
public final class AutomaticPauses implements SubscriptionPauser {

  private static final System.Logger LOG = System.getLogger(AutomaticPauses.class.getName());

  /// Who pauses.
  static final String BY = Activity.SERVICE.name();

  private final Pauses pauses;
  private final Activity activity;
  private final Predicate<PausedEvent> events;
  private final FailureLog failures;

  /// Pauses without an entry, and without an event.
  private final Queue<Pause> unrecorded = new ConcurrentLinkedQueue<>();

  private final Queue<PausedEvent> unannounced = new ConcurrentLinkedQueue<>();

  /// @param events stores an event; false when it is refused for now
  public AutomaticPauses(
      Pauses pauses, Activity activity, Predicate<PausedEvent> events, TimeSource clock) {
    this.pauses = pauses;
    this.activity = activity;
    this.events = events;
    this.failures = new FailureLog(LOG, clock);
  }

  /// Pauses a subscription, unless it is paused: an operator's pause, with its own reason, stays,
  /// and so does the pause of another node.
  ///
  /// Two nodes that pause within the same milliseconds may both do it. Then the later pause is in
  /// force, and each has its entry and its event.
  @Override
  public void pause(SubscriptionName subscription, String reason) {
    var scope = new PauseScope.One(subscription);
    synchronized (this) {
      // Many attempts may get the same response at once, also on other nodes.
      if (pauses.of(scope).isPresent() || isPausedMeanwhile(scope)) {
        return;
      }
      Pause pause = pauses.pause(scope, printable(reason), BY, Instant.MAX);
      unrecorded.add(pause);
      unannounced.add(PausedEvent.of(subscription, pause));
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "subscription {0} is paused until an operator resumes it: {1}",
        subscription,
        reason);
  }

  private boolean isPausedMeanwhile(PauseScope scope) {
    pauses.refresh();
    return pauses.of(scope).isPresent();
  }

  private static String printable(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}", " ").strip();
    return StorableText.of(line.isEmpty() ? "no reason" : line, Pause.MAX_REASON_LENGTH);
  }

  /// Stores the entries and events that are due. Called often, by one thread at a time; costs
  /// nothing while there are none.
  public void report() {
    try {
      for (Pause pause = unrecorded.peek(); pause != null; pause = unrecorded.peek()) {
        var _ = activity.record(Activity.SERVICE, operation(pause));
        unrecorded.remove();
      }
      for (PausedEvent event = unannounced.peek();
          event != null && events.test(event);
          event = unannounced.peek()) {
        unannounced.remove();
      }
    } catch (PortException e) {
      failures.expected("cannot report that a subscription was paused, retrying", e);
    }
  }

  private static Operation operation(Pause pause) {
    String target =
        pause.scope() instanceof PauseScope.One(SubscriptionName name) ? name.value() : "";
    return new Operation("subscription.pause", target, pause.reason(), "done", "");
  }
}
