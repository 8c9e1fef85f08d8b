package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SendResult.Failed;
import dev.sluice.adapter.webhook.SendResult.Responded;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.subscription.Handshake;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Asks a receiver for its permission, as HTTP 1.1 Web Hooks for Event Delivery (CloudEvents,
/// http-webhook.md, section 4) describe: only the header `WebHook-Allowed-Origin` of the response
/// gives it, whatever the status.
final class HandshakeCheck {

  /// Names this service to receivers that are asked.
  static final String ORIGIN_HEADER = "webhook-request-origin";

  static final String ALLOWED_HEADER = "webhook-allowed-origin";

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final WebhookSender sender;
  private final String origin;

  /// @param origin names this service
  HandshakeCheck(WebhookSender sender, String origin) {
    this.sender = sender;
    this.origin = origin;
  }

  /// @throws RefusedDestinationException when the receiver refuses, or the permission is required
  ///   and it does not respond
  void check(Receiver receiver) {
    if (receiver.webhook().handshake() == Handshake.OFF) {
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ORIGIN_HEADER, origin);
    receiver.credentials().ifPresent(one -> headers.put(one.getKey(), one.getValue()));
    SendResult result =
        sender.send(WebhookRequest.options(receiver.url(), headers, LIMIT).with(receiver.tls()));
    String problem =
        switch (result) {
          case Responded response -> problemWith(response);
          case Failed failed -> notAsked(failed);
        };
    boolean isOffered =
        result instanceof Responded response && response.header(ALLOWED_HEADER).isPresent();
    boolean isNeeded = isOffered || receiver.webhook().handshake() == Handshake.REQUIRED;
    if (isNeeded && !problem.isEmpty()) {
      throw isOffered || !isOutage(result)
          ? new RefusedDestinationException("/handshake", problem)
          : RefusedDestinationException.temporary("/handshake", problem);
    }
  }

  private static boolean isOutage(SendResult result) {
    return switch (result) {
      case Responded response -> response.status() >= 500;
      case Failed failed -> failed.kind() != FailureKind.REFUSED_ADDRESS;
    };
  }

  private static String notAsked(Failed failed) {
    String why = failed.message();
    String sentence = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    return "failed: " + sentence + "; start or fix the receiver, or set handshake to off";
  }

  private String problemWith(Responded response) {
    String allowed = response.header(ALLOWED_HEADER).orElse("").strip();
    if (allowed.equals("*") || allowed.equalsIgnoreCase(origin)) {
      return "";
    }
    return allowed.isEmpty()
        ? "was not granted by the receiver: its response to OPTIONS ("
            + response.status()
            + ") has no header WebHook-Allowed-Origin"
        : "was not granted by the receiver: it allows \"" + allowed + "\", not \"" + origin + "\"";
  }
}
