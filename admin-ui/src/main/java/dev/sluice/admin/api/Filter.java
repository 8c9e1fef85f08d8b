package dev.sluice.admin.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which events a list, a count or a bulk action covers.
///
/// Values of one member are alternatives; all members must match. An empty member matches every
/// event.
///
/// @param attempts number or range, such as `2..5`
/// @param errors fingerprints of error groups
/// @param text exact text in the payload
/// @param start earliest time at which the event occurred
/// @param end latest time at which the event occurred
public record Filter(
    List<Status> statuses,
    List<String> types,
    List<String> keys,
    List<String> subscriptions,
    Optional<String> attempts,
    List<String> errors,
    Optional<String> text,
    Optional<Instant> start,
    Optional<Instant> end) {

  private static final List<String> TAKES_ONE = List.of("attempts", "text", "start", "end");

  /// Matches every event.
  public static final Filter ALL =
      new Filter(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Filter {
    statuses = List.copyOf(statuses);
    types = List.copyOf(types);
    keys = List.copyOf(keys);
    subscriptions = List.copyOf(subscriptions);
    errors = List.copyOf(errors);
  }

  /// Whether the filter matches every event.
  public boolean isAll() {
    return equals(ALL);
  }

  /// Returns a copy with other statuses.
  public Filter withStatuses(List<Status> others) {
    return new Filter(others, types, keys, subscriptions, attempts, errors, text, start, end);
  }

  /// Returns a copy for the events of one subscription.
  public Filter withSubscription(String name) {
    return new Filter(statuses, types, keys, List.of(name), attempts, errors, text, start, end);
  }

  /// Returns a copy for the dead letters of one error group.
  public Filter withError(String fingerprint) {
    return new Filter(
        statuses, types, keys, subscriptions, attempts, List.of(fingerprint), text, start, end);
  }

  /// Returns the filter as a query string, starting with `?`; empty when it has no members.
  public String query() {
    var query = new StringBuilder();
    members()
        .forEach(
            (name, values) ->
                values.forEach(
                    value ->
                        query
                            .append(query.isEmpty() ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return query.toString();
  }

  /// Returns the members of a JSON object: strings where the API takes one value, lists elsewhere.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    members()
        .forEach(
            (name, values) ->
                json.put(name, TAKES_ONE.contains(name) ? values.getFirst() : values));
    return json;
  }

  private Map<String, List<String>> members() {
    Map<String, List<String>> members = new LinkedHashMap<>();
    members.put("status", statuses.stream().map(Status::wireName).toList());
    members.put("event_type", types);
    members.put("key", keys);
    members.put("subscription", subscriptions);
    members.put("attempts", attempts.stream().toList());
    members.put("error", errors);
    members.put("text", text.stream().toList());
    members.put("start", start.map(Instant::toString).stream().toList());
    members.put("end", end.map(Instant::toString).stream().toList());
    members.values().removeIf(List::isEmpty);
    return members;
  }
}
