package dev.sluice.application.operate;

import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Formats reasons as sentences.
final class ExplanationText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ExplanationText() {}

  /// One sentence about a delivery.
  static String sentence(DeliverySnapshot delivery, int most, Why why) {
    return switch (delivery.state()) {
      case DeliveryState.Waiting waiting -> waiting(delivery, waiting, most, why);
      case DeliveryState.Processing processing -> processing(processing, most);
      case DeliveryState.Completed completed ->
          "Completed at %s, after %s."
              .formatted(time(completed.finishedAt()), attempts(completed.attempts()));
      case DeliveryState.Failed failed ->
          "Dead letter since %s, after %s, the last with %s; fix the cause, then replay it."
              .formatted(
                  time(failed.finishedAt()), attempts(failed.attempts()), cause(failed.cause()));
      case DeliveryState.Expired expired ->
          "Expired: no attempt began before the event's expires_at; found at %s, after %s; replay it to process it anyway."
              .formatted(time(expired.finishedAt()), attempts(expired.attempts()));
      case DeliveryState.Cancelled cancelled ->
          "Cancelled at %s, after %s; replay it to process it again."
              .formatted(time(cancelled.finishedAt()), attempts(cancelled.attempts()));
    };
  }

  private static String processing(DeliveryState.Processing processing, int most) {
    Lease lease = processing.lease();
    return "Attempt %d of %d is in progress: leased by node %s since %s, until %s unless extended."
        .formatted(
            processing.attempts().spent(),
            most,
            lease.worker().value(),
            time(lease.startedAt()),
            time(lease.expiresAt()));
  }

  /// The sentence for an event that no subscription matches.
  static String unrouted(String type) {
    return "No subscription matches events of type "
        + type
        + ", so the event is stored but not delivered.";
  }

  private static String waiting(
      DeliverySnapshot delivery, DeliveryState.Waiting waiting, int most, Why why) {
    return switch (why) {
      case Why.NotDue(Duration in) -> notDue(waiting, in, most);
      case Why.InLane inLane -> inLane(inLane);
      case Why.Paused(Pause pause) -> paused(delivery, pause);
      case Why.RateLimited(Duration in) ->
          "It is due, but the token bucket of subscription %s is empty: the next token comes in %s%s."
              .formatted(delivery.subscription(), shortSpan(in), past(waiting, most));
      case Why.ReceiverBusy(ReceiverView receiver) -> busy(receiver) + past(waiting, most) + ".";
      case Why.InLine inLine -> inLine(inLine, waiting, most);
      case Why.StartsNow() ->
          "It is due and a worker slot is free: it should start now" + past(waiting, most) + ".";
      case Why.InWork(), Why.Finished() ->
          throw new IllegalArgumentException("no reason to wait: " + why);
    };
  }

  private static String inLane(Why.InLane why) {
    LaneView lane = why.lane();
    String key = "lane \"" + lane.id().key() + "\"";
    if (lane.state() instanceof DeliveryState.Failed failed) {
      return "Its %s has been blocked since %s, when event %s became a dead letter (%s). Retry or skip that event, or unblock the lane."
          .formatted(key, time(failed.finishedAt()), lane.head(), cause(failed.cause()));
    }
    return "It waits in %s behind event %s, %s%s."
        .formatted(key, lane.head(), head(lane.state()), others(why));
  }

  private static String head(DeliveryState state) {
    return switch (state) {
      case DeliveryState.Processing _ -> "which is in progress";
      case DeliveryState.Waiting waiting ->
          "whose next attempt is not before " + time(waiting.dueAt());
      case DeliveryState.Finished _ -> "which has just finished";
    };
  }

  private static String others(Why.InLane why) {
    return why.ahead() == 0
        ? ""
        : ", and "
            + (why.isMore() ? "more than " : "")
            + number(why.ahead())
            + (why.ahead() == 1 ? " other" : " others");
  }

  private static String notDue(DeliveryState.Waiting waiting, Duration in, int most) {
    return switch (waiting) {
      case DeliveryState.Received _ ->
          "It is scheduled for %s, which is in %s.".formatted(time(waiting.dueAt()), span(in));
      case DeliveryState.Retrying _ ->
          "The next attempt is due in " + span(in) + past(waiting, most) + ".";
    };
  }

  private static String past(DeliveryState.Waiting waiting, int most) {
    return switch (waiting) {
      case DeliveryState.Received _ -> "";
      case DeliveryState.Retrying retrying ->
          ", after attempt %d of %d failed with %s"
              .formatted(retrying.attempts().spent(), most, cause(retrying.lastFailure()));
    };
  }

  private static String paused(DeliverySnapshot delivery, Pause pause) {
    String what =
        switch (pause.scope()) {
          case PauseScope.Everything() -> "All processing";
          case PauseScope.One _ -> "Subscription " + delivery.subscription();
        };
    return "%s has been paused by %s since %s, %s: %s"
        .formatted(
            what,
            pause.by(),
            time(pause.at()),
            pause.end().map(end -> "until " + time(end)).orElse("until it is resumed"),
            ended(pause.reason()));
  }

  private static String busy(ReceiverView receiver) {
    String until = receiver.until().map(end -> " until " + time(end)).orElse("");
    String reason = receiver.reason().isEmpty() ? "" : ": " + withoutStop(receiver.reason());
    return switch (receiver.state()) {
      case OPEN ->
          "It is due, but the receiver gets at most "
              + receiver.limit()
              + (receiver.limit() == 1 ? " request" : " requests")
              + " at once from this node, and they are in progress";
      case PAUSED -> "It is due, but its receiver gets no requests" + until + reason;
      case BROKEN -> "It is due, but the circuit breaker of its receiver is open" + until + reason;
      case HALF_OPEN ->
          "It is due, but the circuit breaker of its receiver lets one request at a time through,"
              + " and that is in progress";
    };
  }

  private static String withoutStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  private static String inLine(Why.InLine inLine, DeliveryState.Waiting waiting, int most) {
    String ahead =
        inLine.isMore()
            ? "more than " + number(inLine.ahead())
            : inLine.ahead() == 0 ? "none" : "about " + number(inLine.ahead());
    String wait =
        inLine.estimate().isZero()
            ? ""
            : ", about " + span(inLine.estimate()) + " at the current rate";
    return "It is due but no worker slot is free, and "
        + ahead
        + (inLine.isMore() || inLine.ahead() != 1 ? " are" : " is")
        + " ahead of it"
        + wait
        + past(waiting, most)
        + ".";
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String attempts(AttemptCount attempts) {
    return attempts.spent() == 1 ? "1 attempt" : attempts.spent() + " attempts";
  }

  private static String cause(FailureCause cause) {
    // A sentence goes on behind it.
    String message = withoutStop(cause.message().strip());
    return message.isEmpty() ? cause.error() : cause.error() + ": " + message;
  }

  private static String ended(String text) {
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static String shortSpan(Duration time) {
    return time.compareTo(Duration.ofSeconds(1)) < 0 ? time.toMillis() + " ms" : span(time);
  }

  /// A duration in its two largest units, such as `3 min 20 s`, rounded up to seconds.
  static String span(Duration time) {
    Duration up = time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    if (up.toDays() > 0) {
      return two(up.toDays(), "d", up.toHoursPart(), "h");
    }
    if (up.toHours() > 0) {
      return two(up.toHours(), "h", up.toMinutesPart(), "min");
    }
    return up.toMinutes() > 0
        ? two(up.toMinutes(), "min", up.toSecondsPart(), "s")
        : up.toSeconds() + " s";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
