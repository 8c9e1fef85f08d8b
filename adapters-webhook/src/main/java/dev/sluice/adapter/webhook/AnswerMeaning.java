package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.AnswerAction.Completed;
import dev.sluice.adapter.webhook.AnswerAction.Disable;
import dev.sluice.adapter.webhook.AnswerAction.Pacing;
import dev.sluice.adapter.webhook.AnswerAction.Permanent;
import dev.sluice.adapter.webhook.AnswerAction.Retry;
import dev.sluice.adapter.webhook.SendResult.Answered;
import dev.sluice.adapter.webhook.SendResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Says what follows from the result of a request. Most failures are retried, since receivers are
/// deployed, restarted and given new keys.
final class AnswerMeaning {

  private static final Duration TOO_MANY_REQUESTS_FLOOR = Duration.ofSeconds(60);

  private AnswerMeaning() {}

  /// @param now for dates in `Retry-After`
  static AnswerAction of(SendResult result, AnswerRules rules, Instant now) {
    return switch (result) {
      case Answered answered -> of(answered, rules, now);
      case Failed failed -> of(failed);
    };
  }

  private static AnswerAction of(Failed failed) {
    return switch (failed.kind()) {
      case REFUSED_ADDRESS -> new Permanent(failed.message(), true);
      case TIMEOUT -> new Retry(failed.message(), Duration.ZERO, Pacing.SLOW_DOWN);
      case RESOLVE, CONNECT, TLS, RESET, PROTOCOL, NO_CONNECTION, INTERRUPTED ->
          retry(failed.message());
    };
  }

  private static AnswerAction of(Answered answered, AnswerRules rules, Instant now) {
    int status = answered.status();
    if (status >= 200 && status < 300) {
      return new Completed();
    }
    return wish(answered).orElseGet(() -> failure(answered, rules, now));
  }

  /// The header `webhook-delivery` of a failed answer, in which a receiver says what it wants.
  private static Optional<AnswerAction> wish(Answered answered) {
    String wish = answered.header("webhook-delivery").orElse("").strip();
    if (wish.equalsIgnoreCase("disable") || answered.status() == 410) {
      return Optional.of(
          new Disable("The receiver answered " + answered.status() + " and wants no more events."));
    }
    if (wish.equalsIgnoreCase("abort-message")) {
      return Optional.of(
          new Permanent(
              "The receiver answered " + answered.status() + " and does not want this event again.",
              false));
    }
    return Optional.empty();
  }

  private static AnswerAction failure(Answered answered, AnswerRules rules, Instant now) {
    int status = answered.status();
    if (rules.permanentStatuses().contains(status)) {
      return new Permanent("The receiver answered " + status + ".", false);
    }
    return switch (status) {
      case 429, 503 -> throttled(answered, rules, now);
      case 502, 504 -> new Retry(answered(status), Duration.ZERO, Pacing.SLOW_DOWN);
      default -> retry(status / 100 == 3 ? redirect(answered) : answered(status));
    };
  }

  private static AnswerAction throttled(Answered answered, AnswerRules rules, Instant now) {
    int status = answered.status();
    Optional<Duration> asked =
        answered.header("retry-after").flatMap(value -> RetryAfter.parse(value, now));
    if (asked.isPresent()) {
      Duration wait = RetryAfter.clamp(asked.get(), rules.ownDelay());
      return new Retry(answered(status), wait, Pacing.PAUSE);
    }
    Duration floor = status == 429 ? TOO_MANY_REQUESTS_FLOOR : Duration.ZERO;
    return new Retry(answered(status), floor, Pacing.SLOW_DOWN);
  }

  private static Retry retry(String reason) {
    return new Retry(reason, Duration.ZERO, Pacing.NONE);
  }

  private static String answered(int status) {
    return "The receiver answered " + status + ".";
  }

  private static String redirect(Answered answered) {
    String target =
        answered.header("location").map(location -> " and points to " + location).orElse("");
    return "The receiver answered " + answered.status() + target + "; redirects are not followed.";
  }
}
