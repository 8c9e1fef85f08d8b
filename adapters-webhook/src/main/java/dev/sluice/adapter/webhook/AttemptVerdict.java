package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SendResult.Failed;
import dev.sluice.adapter.webhook.SendResult.Responded;
import dev.sluice.adapter.webhook.pace.ReceiverPace;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Turns what follows from a result into the outcome of an attempt, and adjusts the pace of its
/// receiver.
record AttemptVerdict(Receiver receiver, ReceiverPace pace) {

  Outcome on(SendResult result, ResponseAction action) {
    Optional<Response> response = Optional.of(response(result));
    return switch (action) {
      case ResponseAction.Completed() -> {
        pace.succeeded();
        yield new Outcome.Succeeded(response);
      }
      case ResponseAction.Retry retry -> retry(result, retry, response);
      case ResponseAction.NotSent(String reason) -> {
        pace.notSent(true);
        yield new Outcome.NotMade(reason);
      }
      case ResponseAction.Permanent permanent -> permanent(result, permanent, response);
      case ResponseAction.Disable(String reason) -> {
        // It works, and knows what it wants.
        pace.responded();
        yield new Outcome.Unwanted(reason, response);
      }
    };
  }

  private Outcome retry(
      SendResult result, ResponseAction.Retry retry, Optional<Response> response) {
    switch (retry.pacing()) {
      case NONE -> pace.failed(false, false);
      case SLOW_DOWN -> pace.failed(true, isTimeout(result));
      case PAUSE -> pace.throttled(retry.pause());
    }
    return failed(result, true, retry.reason(), retry.notBefore(), response);
  }

  /// A refused address would fail every delivery in the same way until the subscription or the
  /// configuration changes, so none of them is spent on it.
  private Outcome permanent(
      SendResult result, ResponseAction.Permanent permanent, Optional<Response> response) {
    if (permanent.marksSubscription()) {
      pace.notSent(false);
      return new Outcome.Unwanted(permanent.reason(), response);
    }
    pace.responded();
    return failed(result, false, permanent.reason(), Duration.ZERO, response);
  }

  private static Outcome failed(
      SendResult result,
      boolean isRetryable,
      String reason,
      Duration notBefore,
      Optional<Response> response) {
    var kind = isTimeout(result) ? FailureCause.Kind.TIMEOUT : FailureCause.Kind.HANDLER;
    return new Outcome.Failed(
        isRetryable, new FailureCause(kind, nameOf(result), reason), notBefore, response);
  }

  private static boolean isTimeout(SendResult result) {
    return result instanceof Failed failed && failed.kind() == FailureKind.TIMEOUT;
  }

  /// Names the failure, so that alike ones are grouped.
  private static String nameOf(SendResult result) {
    return switch (result) {
      case Responded responded -> "Status" + responded.status();
      case Failed failed ->
          switch (failed.kind()) {
            case RESOLVE -> "NameNotResolved";
            case REFUSED_ADDRESS -> "AddressRefused";
            case CONNECT -> "ConnectFailed";
            case TLS -> "TlsFailed";
            case TIMEOUT -> "TimedOut";
            case RESET -> "ConnectionReset";
            case PROTOCOL -> "NotHttp";
            case NO_CONNECTION -> "NoConnection";
            case INTERRUPTED -> "Interrupted";
          };
    };
  }

  private Response response(SendResult result) {
    SendTimes times = result.times();
    var kept =
        new Response.Times(
            times.resolve(), times.connect(), times.tls(), times.firstByte(), times.total());
    String url = receiver.webhook().url();
    return switch (result) {
      case Responded(int status, Map<String, String> headers, ResponseBody body, var _) ->
          new Response(url, status, headers, body.text(), body.isCut(), kept);
      case Failed _ -> new Response(url, 0, Map.of(), "", false, kept);
    };
  }
}
