package dev.sluice.adapter.http.schedule;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Set;

/// A page of the list of schedules, in the order of their names.
///
/// @param items the schedules on the page
/// @param next the query of the next page; empty when there is none
record SchedulePage(List<Schedule> items, String next) {

  /// Each schedule is shown with its next ticks, which take long to find.
  private static final int MAX_LIMIT = 100;

  /// Returns the page that a request asks for.
  static SchedulePage of(Exchange exchange, List<Schedule> all) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("after", "limit"));
    int limit = query.one("limit").map(SchedulePage::limit).orElse(MAX_LIMIT);
    String after = query.one("after").orElse("");
    List<Schedule> rest =
        all.stream()
            .filter(schedule -> schedule.name().value().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    boolean hasNext = rest.size() > limit;
    List<Schedule> items = hasNext ? rest.subList(0, limit) : rest;
    String next = hasNext ? query.with("after", items.getLast().name().value()) : "";
    return new SchedulePage(items, next);
  }

  private static int limit(String text) {
    boolean isNumber = text.matches("[0-9]{1,3}");
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw QueryParameters.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  void answer(Exchange exchange, ScheduleJson writer) {
    if (!next.isEmpty()) {
      exchange.set(HeaderNames.LINK, "<" + exchange.rawPath() + "?" + next + ">; rel=\"next\"");
    }
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (Schedule schedule : items) {
                writer.write(json, schedule);
              }
              json.writeEndArray();
            }));
  }
}
