package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.ProblemException;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses a filter from named values, of a query or of a body.
///
/// @param all returns the values of a name; empty when it is absent
/// @param invalid creates the exception for a name and what is wrong with its value
record FilterValues(
    Function<String, List<String>> all, BiFunction<String, String, ProblemException> invalid) {

  /// The names of all filters.
  static final Set<String> NAMES =
      Set.of(
          "status",
          "event_type",
          "type",
          "start",
          "end",
          "key",
          "subscription",
          "attempts",
          "error",
          "text");

  private static final int MAX_VALUES = 20;
  private static final int MAX_TEXT = 200;
  private static final Pattern ATTEMPTS = Pattern.compile("([0-9]{0,6})(\\.\\.([0-9]{0,6}))?");

  /// @throws ProblemException when a value is wrong
  EventFilter filter() {
    Instant start = one("start").map(text -> time("start", text)).orElse(Instant.MIN);
    Instant end = one("end").map(text -> time("end", text)).orElse(Instant.MAX);
    if (end.isBefore(start)) {
      throw invalid.apply("end", "must not be before start");
    }
    return EventFilter.ALL
        .withStatuses(statuses())
        .withTypes(types())
        .withKeys(keys())
        .occurredBetween(start, end)
        .withSubscriptions(subscriptions())
        .withAttempts(one("attempts").map(this::attempts).orElse(AttemptRange.ANY))
        .withErrors(errors())
        .withText(one("text").map(this::text).orElse(""));
  }

  private Optional<String> one(String name) {
    List<String> values = all.apply(name);
    if (values.size() > 1) {
      throw invalid.apply(name, "may be given only once");
    }
    return values.stream().findFirst();
  }

  private List<String> some(String name) {
    List<String> values = all.apply(name);
    if (values.size() > MAX_VALUES) {
      throw invalid.apply(name, "may be given at most " + MAX_VALUES + " times");
    }
    return values;
  }

  private Set<EventStatus> statuses() {
    Set<EventStatus> statuses = new LinkedHashSet<>();
    for (String name : some("status")) {
      statuses.add(
          EventStatus.fromWireName(name)
              .orElseThrow(() -> invalid.apply("status", "must be one of " + statusNames())));
    }
    return statuses;
  }

  private static String statusNames() {
    return String.join(
        ", ", Arrays.stream(EventStatus.values()).map(EventStatus::wireName).toList());
  }

  private Set<EventType> types() {
    Set<EventType> types = new LinkedHashSet<>();
    for (String name : List.of("event_type", "type")) {
      for (String type : some(name)) {
        Optional<String> problem = EventType.problemWith(type);
        if (problem.isPresent()) {
          throw invalid.apply(name, problem.get());
        }
        types.add(new EventType(type));
      }
    }
    return types;
  }

  private Set<String> keys() {
    List<String> keys = some("key");
    for (String key : keys) {
      Optional<String> problem = Attributes.problemWith(Attributes.KEY, key);
      if (problem.isPresent()) {
        throw invalid.apply("key", problem.get());
      }
    }
    return new LinkedHashSet<>(keys);
  }

  private Set<SubscriptionName> subscriptions() {
    Set<SubscriptionName> names = new LinkedHashSet<>();
    for (String name : some("subscription")) {
      try {
        names.add(new SubscriptionName(name));
      } catch (IllegalArgumentException e) {
        throw invalid.apply("subscription", "must be the name of a subscription");
      }
    }
    return names;
  }

  private Set<ErrorFingerprint> errors() {
    Set<ErrorFingerprint> errors = new LinkedHashSet<>();
    for (String text : some("error")) {
      errors.add(
          ErrorFingerprint.parse(text)
              .orElseThrow(
                  () ->
                      invalid.apply(
                          "error",
                          "must be a fingerprint of 16 hexadecimal digits, from GET"
                              + " /dead-letters/groups")));
    }
    return errors;
  }

  /// Parses a number, or a range such as `2..5`, `3..` or `..2`.
  private AttemptRange attempts(String text) {
    Matcher range = ATTEMPTS.matcher(text);
    if (range.matches() && !text.isEmpty() && !text.equals("..")) {
      int least = range.group(1).isEmpty() ? 0 : Integer.parseInt(range.group(1));
      int most = range.group(2) == null ? least : most(range.group(3));
      if (least <= most) {
        return new AttemptRange(least, most);
      }
    }
    throw invalid.apply("attempts", "must be a number such as 3, or a range such as 2..5 or 3..");
  }

  private static int most(String digits) {
    return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private String text(String text) {
    boolean isGood =
        !text.isEmpty()
            && text.length() <= MAX_TEXT
            && text.chars().noneMatch(Character::isISOControl);
    if (!isGood) {
      throw invalid.apply(
          "text", "must have 1 to " + MAX_TEXT + " characters and no control characters");
    }
    return text;
  }

  private Instant time(String name, String text) {
    Optional<Instant> time =
        looksLikeNumber(text) ? Timestamps.ofEpoch(new BigDecimal(text)) : Timestamps.parse(text);
    return time.orElseThrow(
        () ->
            invalid.apply(
                name,
                "must be RFC 3339 such as 2026-01-02T03:04:05Z (write + as %2B), or seconds since"
                    + " 1970"));
  }

  private static boolean looksLikeNumber(String text) {
    return text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
  }
}
