package dev.sluice.admin.model;

import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.api.Response;
import dev.sluice.admin.api.SubscriptionTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Describes receivers of webhooks and their responses for people.
public final class WebhookTexts {

  private WebhookTexts() {}

  /// Returns the state of a receiver in a word or two.
  public static String state(Receiver receiver) {
    return switch (receiver.state()) {
      case "open" -> "receiving";
      case "broken" -> "circuit open";
      case "half_open" -> "half open";
      case "" -> "unknown";
      default -> receiver.state();
    };
  }

  /// Explains the state of a receiver.
  ///
  /// @param time formats the time at which the state ends
  public static String explain(Receiver receiver, Function<Instant, String> time) {
    String until = Optional.ofNullable(receiver.until()).map(time).orElse("");
    String ends = until.isEmpty() ? "" : " until " + until;
    String why = withoutFullStop(Optional.ofNullable(receiver.reason()).orElse(""));
    return switch (receiver.state()) {
      case "open" -> sentence("Deliveries are sent when they are due", why);
      case "paused" -> sentence("Deliveries wait" + ends, why);
      case "broken" -> sentence("Circuit breaker open" + ends, why);
      case "half_open" ->
          sentence("Circuit breaker half open, a single attempt tests the receiver", why);
      case "" -> sentence("The node does not report the state of the receiver", why);
      default -> sentence("The receiver is " + receiver.state() + ends, why);
    };
  }

  private static String sentence(String what, String why) {
    return why.isEmpty() ? what + "." : what + ": " + why + ".";
  }

  private static String withoutFullStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /// Returns what became of an event that was sent as a test.
  public static String sent(SubscriptionTest.Sent sent) {
    String reason = withoutFullStop(Optional.ofNullable(sent.reason()).orElse(""));
    String took =
        Optional.ofNullable(sent.durationMs())
            .map(millis -> " after " + Texts.duration(Duration.ofMillis(millis)))
            .orElse("");
    return switch (sent.outcome()) {
      case "succeeded" -> "Sent: the receiver accepted the event" + took + ".";
      case "not_made" -> sentence("Nothing was sent", reason);
      case "unwanted" -> sentence("Sent: the receiver wants no more events", reason);
      default -> "Sent: " + sent.outcome().replace('_', ' ') + took + failure(sent);
    };
  }

  private static String failure(SubscriptionTest.Sent sent) {
    String error = Optional.ofNullable(sent.error()).map(Failure::summary).orElse("");
    String retry =
        Boolean.TRUE.equals(sent.permanent())
            ? " It would not be retried."
            : " It would be retried.";
    return (error.isEmpty() ? "" : ", " + withoutFullStop(error)) + "." + retry;
  }

  /// Returns the status code of a response, for a table.
  public static String status(@Nullable Response response) {
    if (response == null) {
      return "–";
    }
    return response.status() == null ? "none" : response.status().toString();
  }

  /// Returns how a status is drawn: `good`, `bad`, or `calm` for one that is neither.
  public static String tone(@Nullable Response response) {
    if (response == null) {
      return "calm";
    }
    int status = response.status() == null ? 0 : response.status();
    return status / 100 == 2 ? "good" : status / 100 == 3 ? "calm" : "bad";
  }

  /// Returns headers, one a line.
  public static String headers(Response response) {
    return response.headers().entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .collect(Collectors.joining("\n"));
  }

  /// Returns how long the parts of an exchange took, in their order; empty if nothing is known.
  public static String times(Response response) {
    Response.Times times = response.timesMs();
    if (times == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "resolve", times.resolve());
    add(parts, "connect", times.connect());
    add(parts, "TLS", times.tls());
    add(parts, "first byte", times.firstByte());
    add(parts, "total", times.total());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, @Nullable Double millis) {
    if (millis != null) {
      parts.add(name + " " + millis(millis));
    }
  }

  /// Returns the latencies of a receiver; empty if nothing is known.
  public static String latency(Receiver receiver) {
    Receiver.Latency latency = receiver.latencyMs();
    if (latency == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "p50", latency.p50());
    add(parts, "p99", latency.p99());
    return String.join(", ", parts);
  }

  /// Describes a chart of status codes for screen readers.
  ///
  /// @param time formats the start and the end
  public static String statusCodes(StatusHistory history, Function<Instant, String> time) {
    int all = history.total(StatusClass.ALL);
    String counts =
        StatusClass.single().stream()
            .map(status -> status.title() + " " + Texts.count(history.total(status)))
            .collect(Collectors.joining(", "));
    return "Status codes of "
        + (all == 1 ? "1 attempt" : "the newest " + Texts.count(all) + " attempts")
        + (" from " + time.apply(history.from()) + " to " + time.apply(history.until()) + ": ")
        + counts
        + ".";
  }

  /// Formats milliseconds in a suitable unit.
  public static String millis(double millis) {
    return millis < 1
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : Texts.seconds(millis / 1_000);
  }
}
