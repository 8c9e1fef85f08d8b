package dev.sluice.admin.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which events are meant: in a list, in a count and in an action alike.
///
/// Values of one member are alternatives; different members must all hold. Empty members choose
/// nothing out.
///
/// @param attempts a number or a range such as `2..5`
/// @param errors fingerprints of error groups
/// @param text occurs in the payload, to the letter
/// @param start occurred then or later
/// @param end occurred then or earlier
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

  /// Chooses every event.
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

  /// Whether it chooses nothing out.
  public boolean isAll() {
    return equals(ALL);
  }

  /// The same with another choice of statuses.
  public Filter withStatuses(List<Status> others) {
    return new Filter(others, types, keys, subscriptions, attempts, errors, text, start, end);
  }

  /// The same for dead letters of one kind.
  public Filter withError(String fingerprint) {
    return new Filter(
        statuses, types, keys, subscriptions, attempts, List.of(fingerprint), text, start, end);
  }

  /// As parameters of a request, each with the sign that it begins with; empty without members.
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

  /// As the members of a JSON object: texts where the API takes one value, lists elsewhere.
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
