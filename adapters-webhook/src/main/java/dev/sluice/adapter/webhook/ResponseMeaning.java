package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.ResponseAction.Completed;
import dev.sluice.adapter.webhook.ResponseAction.Disable;
import dev.sluice.adapter.webhook.ResponseAction.NotSent;
import dev.sluice.adapter.webhook.ResponseAction.Pacing;
import dev.sluice.adapter.webhook.ResponseAction.Permanent;
import dev.sluice.adapter.webhook.ResponseAction.Retry;
import dev.sluice.adapter.webhook.SendResult.Failed;
import dev.sluice.adapter.webhook.SendResult.Responded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says what follows from the result of a request. Most failures are retried, since receivers are
/// deployed, restarted and given new keys.
final class ResponseMeaning {

  private static final Duration TOO_MANY_REQUESTS_FLOOR = Duration.ofSeconds(60);

  private ResponseMeaning() {}

  /// @param now for dates in `Retry-After`
  static ResponseAction of(SendResult result, ResponseRules rules, Instant now) {
    return switch (result) {
      case Responded response -> of(response, rules, now);
      case Failed failed -> of(failed);
    };
  }

  private static ResponseAction of(Failed failed) {
    return switch (failed.kind()) {
      case REFUSED_ADDRESS -> new Permanent(failed.message(), true);
      case TIMEOUT -> new Retry(failed.message(), Duration.ZERO, Pacing.SLOW_DOWN);
      // Subscriptions may share a host: when one fills its connections, no attempt of another
      // counts.
      case NO_CONNECTION -> new NotSent(failed.message());
      case RESOLVE, CONNECT, TLS, RESET, PROTOCOL, INTERRUPTED -> retry(failed.message());
    };
  }

  private static ResponseAction of(Responded response, ResponseRules rules, Instant now) {
    int status = response.status();
    if (status >= 200 && status < 300) {
      return new Completed();
    }
    return directive(response).orElseGet(() -> failure(response, rules, now));
  }

  /// The header `webhook-delivery` of a failed response, in which a receiver says what it wants.
  private static Optional<ResponseAction> directive(Responded response) {
    String directive = response.header("webhook-delivery").orElse("").strip();
    if (directive.equalsIgnoreCase("disable") || response.status() == 410) {
      return Optional.of(
          new Disable(
              "The receiver responded with " + response.status() + " and wants no more events."));
    }
    if (directive.equalsIgnoreCase("abort-message")) {
      return Optional.of(
          new Permanent(
              "The receiver responded with "
                  + response.status()
                  + " and does not want this event again.",
              false));
    }
    return Optional.empty();
  }

  private static ResponseAction failure(Responded response, ResponseRules rules, Instant now) {
    int status = response.status();
    if (rules.permanentStatuses().contains(status)) {
      return new Permanent("The receiver responded with " + status + ".", false);
    }
    return switch (status) {
      case 429, 503 -> throttled(response, rules, now);
      case 502, 504 -> new Retry(responded(status), Duration.ZERO, Pacing.SLOW_DOWN);
      default -> retry(status / 100 == 3 ? redirect(response) : responded(status));
    };
  }

  private static ResponseAction throttled(Responded response, ResponseRules rules, Instant now) {
    int status = response.status();
    Optional<Duration> asked =
        response.header("retry-after").flatMap(value -> RetryAfter.parse(value, now));
    if (asked.isPresent()) {
      Duration wait = RetryAfter.clamp(asked.get(), rules.ownDelay());
      return new Retry(responded(status), wait, Pacing.PAUSE, RetryAfter.pause(asked.get()));
    }
    Duration floor = status == 429 ? TOO_MANY_REQUESTS_FLOOR : Duration.ZERO;
    return new Retry(responded(status), floor, Pacing.SLOW_DOWN);
  }

  private static Retry retry(String reason) {
    return new Retry(reason, Duration.ZERO, Pacing.NONE);
  }

  private static String responded(int status) {
    return "The receiver responded with " + status + ".";
  }

  private static String redirect(Responded response) {
    String target =
        response.header("location").map(location -> " and points to " + location).orElse("");
    return "The receiver responded with "
        + response.status()
        + target
        + "; redirects are not followed.";
  }
}
