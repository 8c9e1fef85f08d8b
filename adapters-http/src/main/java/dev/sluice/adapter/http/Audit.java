package dev.sluice.adapter.http;

import dev.sluice.application.activity.Activity;

/// Records an operator's request in the activity log: announced before it is carried out, closed
/// with its result before the response is sent. An action that cannot be announced is not carried
/// out; one whose result cannot be recorded is not confirmed.
public final class Audit {

  private Audit() {}

  /// Returns the handler with each of its requests announced and each of its results recorded.
  ///
  /// @param action the action's name, unless the handler sets a more exact one later
  public static Routes.Handler of(Activity activity, String action, Routes.Handler handler) {
    return exchange -> {
      String target = exchange.pathParameter();
      activity.announce(exchange.caller().actor(), action, target, exchange.requestId());
      exchange.auditWith(
          AuditRecord.to(
              operation -> activity.record(exchange.caller().actor(), operation),
              exchange.requestId(),
              action,
              target));
      try {
        handler.handle(exchange);
      } catch (ProblemException e) {
        exchange.problem(e.problem());
      }
    };
  }
}
