package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/// The filters and the page of a list request.
///
/// @param filter selects the events
/// @param page selects the part of the list
/// @param withPayloads whether to include payloads
/// @param parameters the original query, for the link to the next page
record EventQuery(
    EventFilter filter, PageRequest page, boolean withPayloads, QueryParameters parameters) {

  private static final int DEFAULT_LIMIT = 100;

  private static final Set<String> OF_PAGES = Set.of("payload", "limit", "cursor");

  /// Parses the query of `GET /events`.
  static EventQuery ofEvents(String rawQuery) {
    Set<String> known = new HashSet<>(FilterValues.NAMES);
    known.addAll(OF_PAGES);
    return read(QueryParameters.parse(rawQuery, known), Set.of());
  }

  /// Parses the query of `GET /dead-letters`, which has no parameter `status`.
  static EventQuery ofDeadLetters(String rawQuery) {
    Set<String> known = new HashSet<>(FilterValues.NAMES);
    known.remove("status");
    known.addAll(OF_PAGES);
    return read(QueryParameters.parse(rawQuery, known), Set.of(EventStatus.FAILED));
  }

  private static EventQuery read(QueryParameters query, Set<EventStatus> fixedStatus) {
    EventFilter named = filter(query);
    EventFilter filter = fixedStatus.isEmpty() ? named : named.withStatuses(fixedStatus);
    requireNarrow(filter);
    int limit = query.one("limit").map(EventQuery::limit).orElse(DEFAULT_LIMIT);
    Cursor after = query.one("cursor").map(token -> cursor(token, filter)).orElse(Cursor.START);
    boolean withPayloads = query.one("payload").map(EventQuery::flag).orElse(true);
    return new EventQuery(filter, new PageRequest(after, limit), withPayloads, query);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryParameters.invalid("payload", "must be true or false");
    };
  }

  /// Parses the filters of a query.
  static EventFilter filter(QueryParameters query) {
    return new FilterValues(query::all, EventQuery::invalid).filter();
  }

  /// Returns the token of the page after `next`. It contains a checksum of the filter, because a
  /// position in one list means nothing in another.
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
      // Falls through to the same problem.
    }
    throw invalidCursor();
  }

  private static ProblemException invalidCursor() {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_CURSOR,
            "Start without a cursor, or follow the Link of the previous page: this cursor does not"
                + " belong to this list.",
            List.of(
                FieldProblem.parameter(
                    "cursor", "must come from the Link to the next page of the same list"))));
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
            + filter.occurredTo()
            + "|"
            + filter.subscriptions().stream().map(SubscriptionName::value).sorted().toList()
            + "|"
            + filter.attempts()
            + "|"
            + filter.errors().stream().map(ErrorFingerprint::toString).sorted().toList()
            + "|"
            + filter.text();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  /// Reports `type` under its main name, `event_type`.
  private static ProblemException invalid(String name, String detail) {
    return QueryParameters.invalid(name.equals("type") ? "event_type" : name, detail);
  }

  /// Rejects a search of payloads that no other filter narrows: payloads are not indexed.
  private static void requireNarrow(EventFilter filter) {
    if (!filter.text().isEmpty() && !filter.isNarrow()) {
      throw QueryParameters.invalid(
          "text",
          "searches payloads one by one: add a type, key, error or start, or a status other than"
              + " completed, cancelled, expired and unrouted");
    }
  }

  private static int limit(String text) {
    return limit(text, PageRequest.MAX_LIMIT);
  }

  /// Parses the length of a page.
  static int limit(String text, int most) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= 4
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > most) {
      throw QueryParameters.invalid("limit", "must be a number from 1 to " + most);
    }
    return limit;
  }
}
