package dev.sluice.application.work;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.EventHandler;
import org.jspecify.annotations.Nullable;

/// Calls the handler of an attempt.
final class HandlerCall {

  private HandlerCall() {}

  /// Returns the outcome of the handler, whatever it does.
  static Outcome outcomeOf(RunningAttempt attempt) {
    Claim claim = attempt.claim();
    AttemptSetup setup = attempt.setup();
    int spent = claim.attempts().spent();
    var context =
        new AttemptContext(
            claim.subscription(),
            setup.destination(),
            claim.attempt(),
            spent,
            attempt.startedAt().plus(setup.timeout()),
            setup.timeout(),
            setup.retries().ceiling(spent));
    return outcomeOf(setup.handler(), claim.event(), context);
  }

  /// Returns the outcome of a handler, whatever it does.
  static Outcome outcomeOf(EventHandler handler, Event event, AttemptContext context) {
    try {
      return checked(handler.handle(event, context));
    } catch (InterruptedException e) {
      // The interrupting thread has settled the attempt or hands it back; handlerReturned() clears
      // the flag.
      return Outcome.failed("Interrupted", "the attempt was interrupted");
    } catch (Throwable e) {
      // Errors too: an attempt that ends without an outcome would keep its slot forever.
      return Outcome.failed(e.getClass().getSimpleName(), FailureLog.messageOf(e, ""));
    }
  }

  /// Handlers are foreign code, and may return null.
  private static Outcome checked(@Nullable Outcome outcome) {
    return outcome == null ? Outcome.failed("NoOutcome", "the handler returned null") : outcome;
  }
}
