package dev.sluice.adapter.http;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.PageRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/// The filters and the page that a request for a list names.
///
/// @param filter which events
/// @param page which part of them
/// @param parameters the query as it was given, for the link to the next page
record EventQuery(EventFilter filter, PageRequest page, QueryParameters parameters) {

  /// Filters that every list of events knows.
  static final Set<String> FILTERS = Set.of("event_type", "type", "start", "end", "key");

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_VALUES = 20;

  /// Reads the query of `GET /events`.
  static EventQuery ofEvents(String rawQuery) {
    Set<String> known = new HashSet<>(FILTERS);
    known.addAll(Set.of("status", "limit", "cursor"));
    return read(QueryParameters.parse(rawQuery, known), Set.of());
  }

  /// Reads the query of `GET /dead-letters`, which knows no status.
  static EventQuery ofDeadLetters(String rawQuery) {
    Set<String> known = new HashSet<>(FILTERS);
    known.addAll(Set.of("limit", "cursor"));
    return read(QueryParameters.parse(rawQuery, known), Set.of(EventStatus.FAILED));
  }

  private static EventQuery read(QueryParameters query, Set<EventStatus> fixedStatus) {
    EventFilter filter =
        filter(query)
            .withStatuses(fixedStatus.isEmpty() ? statuses(query.all("status")) : fixedStatus);
    int limit = query.one("limit").map(EventQuery::limit).orElse(DEFAULT_LIMIT);
    Cursor after = query.one("cursor").map(token -> cursor(token, filter)).orElse(Cursor.START);
    return new EventQuery(filter, new PageRequest(after, limit), query);
  }

  /// Reads the filters that every list knows.
  static EventFilter filter(QueryParameters query) {
    List<String> types = new ArrayList<>(query.all("event_type"));
    types.addAll(query.all("type"));
    Instant start = query.one("start").map(text -> time("start", text)).orElse(Instant.MIN);
    Instant end = query.one("end").map(text -> time("end", text)).orElse(Instant.MAX);
    if (end.isBefore(start)) {
      throw QueryParameters.invalid("end", "lies before start");
    }
    return EventFilter.ALL
        .withTypes(types(types))
        .withKeys(keys(query.all("key")))
        .occurredBetween(start, end);
  }

  /// The token that leads to the page after `next`. It holds a checksum of the filter, because a
  /// place in one list says nothing in another.
  String tokenOf(Cursor next) {
    return token(next.position(), filter);
  }

  private static String token(long position, EventFilter filter) {
    return Long.toString(position, 36) + "-" + Long.toString(checksum(filter), 36);
  }

  private static Cursor cursor(String token, EventFilter filter) {
    int dash = token.indexOf('-');
    try {
      long position = Long.parseLong(token.substring(0, Math.max(dash, 0)), 36);
      if (position > 0 && token.equals(token(position, filter))) {
        return new Cursor(position);
      }
    } catch (NumberFormatException e) {
      // Falls through to the same answer.
    }
    throw new ProblemException(
        Problem.of(
            ProblemCode.INVALID_CURSOR,
            "the cursor does not belong to this list; begin without one, or follow the link of the page before",
            List.of(
                new FieldProblem(
                    "cursor", "must come from a link to the next page of the same list"))));
  }

  private static long checksum(EventFilter filter) {
    var checksum = new CRC32();
    String text =
        filter.statuses().stream().map(EventStatus::wireName).sorted().toList()
            + "|"
            + filter.types().stream().map(EventType::value).sorted().toList()
            + "|"
            + filter.keys().stream().sorted().toList()
            + "|"
            + filter.occurredFrom()
            + "|"
            + filter.occurredTo();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  private static int limit(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= 4
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > PageRequest.MAX_LIMIT) {
      throw QueryParameters.invalid("limit", "must be a number from 1 to " + PageRequest.MAX_LIMIT);
    }
    return limit;
  }

  static Set<EventStatus> statuses(List<String> names) {
    Set<EventStatus> statuses = new LinkedHashSet<>();
    for (String name : names) {
      statuses.add(
          EventStatus.fromWireName(name)
              .orElseThrow(
                  () -> QueryParameters.invalid("status", "must be one of " + statusNames())));
    }
    return statuses;
  }

  private static String statusNames() {
    return String.join(
        ", ", Arrays.stream(EventStatus.values()).map(EventStatus::wireName).toList());
  }

  private static Set<EventType> types(List<String> names) {
    Set<EventType> types = new LinkedHashSet<>();
    for (String name : atMost("event_type", names)) {
      Optional<String> problem = EventType.problemWith(name);
      if (problem.isPresent()) {
        throw QueryParameters.invalid("event_type", problem.get());
      }
      types.add(new EventType(name));
    }
    return types;
  }

  private static Set<String> keys(List<String> keys) {
    if (keys.contains("")) {
      throw QueryParameters.invalid("key", "must not be empty");
    }
    return new LinkedHashSet<>(atMost("key", keys));
  }

  private static List<String> atMost(String name, List<String> values) {
    if (values.size() > MAX_VALUES) {
      throw QueryParameters.invalid(name, "may be given at most " + MAX_VALUES + " times");
    }
    return values;
  }

  private static Instant time(String name, String text) {
    Optional<Instant> time =
        looksLikeNumber(text) ? Timestamps.ofEpoch(new BigDecimal(text)) : Timestamps.parse(text);
    return time.orElseThrow(
        () ->
            QueryParameters.invalid(
                name,
                "must be RFC 3339 such as 2026-01-02T03:04:05Z (write + as %2B), or seconds since 1970"));
  }

  private static boolean looksLikeNumber(String text) {
    return text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
  }
}
