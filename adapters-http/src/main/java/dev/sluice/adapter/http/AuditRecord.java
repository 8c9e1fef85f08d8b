package dev.sluice.adapter.http;

import dev.sluice.domain.port.ActivityEntry.Operation;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entry of a request in the activity log. Written once, before the response is sent. Used by
/// the request's thread alone.
public final class AuditRecord {

  private final String requestId;
  private @Nullable Consumer<Operation> log;
  private String action;
  private String target;
  private String detail = "";

  private AuditRecord(
      String requestId, @Nullable Consumer<Operation> log, String action, String target) {
    this.requestId = requestId;
    this.log = log;
    this.action = action;
    this.target = target;
  }

  /// Returns the record of a request that is not logged.
  static AuditRecord none() {
    return new AuditRecord("", null, "", "");
  }

  /// Returns a record that is written to `log`.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException from `log`, when the entry may be
  ///   missing
  static AuditRecord to(Consumer<Operation> log, String requestId, String action, String target) {
    return new AuditRecord(requestId, log, action, target);
  }

  /// Replaces the action, target and detail with more exact ones.
  public void did(String newAction, String newTarget, String newDetail) {
    action = newAction;
    target = newTarget;
    detail = newDetail;
  }

  /// Sets the reason that the caller gave.
  public void because(String reason) {
    detail = reason;
  }

  /// Drops the record: the request failed before its outcome was known.
  public void drop() {
    log = null;
  }

  /// Writes the record, unless it was written or dropped before.
  ///
  /// @param problem the code of the problem, when the request failed
  void close(int status, Optional<ProblemCode> problem) {
    Consumer<Operation> pending = log;
    log = null;
    if (pending != null) {
      String result = problem.map(code -> status + " " + code.wireName()).orElse("" + status);
      pending.accept(new Operation(action, target, detail, result, requestId));
    }
  }
}
