package dev.sluice.adapter.http;

import dev.sluice.application.activity.Activity;
import dev.sluice.domain.port.ActivityEntry.Deed;
import java.util.Optional;

/// Records what an operator's request does: announced before it is done, closed with its result
/// before it is answered. What cannot be recorded is not done, or not confirmed.
public final class Audit {

  private final Activity activity;
  private String action;
  private String target;
  private String detail = "";

  private Audit(Activity activity, String action, String target) {
    this.activity = activity;
    this.action = action;
    this.target = target;
  }

  /// The handler, with each of its requests announced and each of its answers recorded.
  ///
  /// @param action what the handler does, unless it says more exactly later
  public static Routes.Handler of(Activity activity, String action, Routes.Handler handler) {
    return exchange -> {
      String target = exchange.pathParameter();
      activity.announce(exchange.caller().actor(), action, target, exchange.requestId());
      exchange.auditWith(new Audit(activity, action, target));
      try {
        handler.handle(exchange);
      } catch (ProblemException e) {
        exchange.problem(e.problem());
      }
    };
  }

  /// The handler tells more.
  void tell(String newAction, String newTarget, String newDetail) {
    action = newAction;
    target = newTarget;
    detail = newDetail;
  }

  /// The caller gave a reason.
  void because(String reason) {
    detail = reason;
  }

  /// The request is about to be answered.
  ///
  /// @param problem what was wrong, if anything
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the record may be missing
  void answering(Exchange exchange, int status, Optional<ProblemCode> problem) {
    String result = problem.map(code -> status + " " + code.wireName()).orElse("" + status);
    activity.record(
        exchange.caller().actor(), new Deed(action, target, detail, result, exchange.requestId()));
  }
}
