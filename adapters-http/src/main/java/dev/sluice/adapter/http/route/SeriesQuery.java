package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.operate.SeriesRange;
import dev.sluice.application.operate.SeriesRangeException;
import dev.sluice.application.operate.SeriesScope;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parameters of `GET /stats/series`.
///
/// @param range the time range and the step
/// @param scope what the series is about
record SeriesQuery(SeriesRange range, SeriesScope scope) {

  private static final String TYPE = "type";
  private static final String SUBSCRIPTION = "subscription";
  private static final Set<String> KNOWN = Set.of("from", "to", "step", TYPE, SUBSCRIPTION);
  private static final Duration USUAL = Duration.ofHours(1);

  /// A number of seconds, minutes, hours or days.
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,8})([smhd]?)");

  /// Longer spans, over a hundred years, are mistakes.
  private static final long MOST_SECONDS = 100L * 366 * 86_400;

  /// @throws ProblemException when a parameter is unknown, or the values are not valid together
  static SeriesQuery parse(String rawQuery, Instant now) {
    QueryParameters query = QueryParameters.parse(rawQuery, KNOWN);
    Instant to = query.one("to").map(text -> time("to", text, now)).orElse(now);
    Instant from =
        query.one("from").map(text -> time("from", text, now)).orElseGet(() -> to.minus(USUAL));
    Optional<Duration> step = query.one("step").map(SeriesQuery::step);
    SeriesScope scope = scope(query);
    try {
      return new SeriesQuery(SeriesRange.of(from, to, step, now), scope);
    } catch (SeriesRangeException e) {
      throw QueryParameters.invalid(e.part(), e.problem());
    }
  }

  private static Instant time(String name, String text, Instant now) {
    if (text.equals("now")) {
      return now;
    }
    Optional<Instant> time =
        text.startsWith("-")
            ? span(text.substring(1)).map(now::minus)
            : Timestamps.parse(text).or(() -> epoch(text));
    return time.orElseThrow(
        () ->
            QueryParameters.invalid(
                name,
                "must be a time like 2026-01-02T03:04:05Z, seconds since 1970, or a relative time"
                    + " like -15m, -24h or -7d"));
  }

  private static Optional<Instant> epoch(String text) {
    return text.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")
        ? Timestamps.ofEpoch(new BigDecimal(text))
        : Optional.empty();
  }

  private static Duration step(String text) {
    return span(text)
        .orElseThrow(
            () -> QueryParameters.invalid("step", "must be seconds, or like 10s, 1m, 10m or 1h"));
  }

  private static Optional<Duration> span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 1;
        };
    long seconds = Long.parseLong(matcher.group(1)) * unit;
    return seconds <= MOST_SECONDS ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
  }

  private static SeriesScope scope(QueryParameters query) {
    Optional<SeriesScope> type = query.one(TYPE).map(SeriesQuery::type);
    Optional<SeriesScope> subscription = query.one(SUBSCRIPTION).map(SeriesQuery::subscription);
    if (type.isPresent() && subscription.isPresent()) {
      throw QueryParameters.invalid(SUBSCRIPTION, "must not be given together with " + TYPE);
    }
    return type.or(() -> subscription).orElseGet(SeriesScope.All::new);
  }

  private static SeriesScope type(String text) {
    try {
      return new SeriesScope.OfType(new EventType(text).value());
    } catch (IllegalArgumentException e) {
      throw QueryParameters.invalid(TYPE, "must be an event type: " + e.getMessage());
    }
  }

  private static SeriesScope subscription(String text) {
    try {
      return new SeriesScope.OfSubscription(new SubscriptionName(text));
    } catch (IllegalArgumentException e) {
      throw QueryParameters.invalid(SUBSCRIPTION, "must be a subscription: " + e.getMessage());
    }
  }
}
