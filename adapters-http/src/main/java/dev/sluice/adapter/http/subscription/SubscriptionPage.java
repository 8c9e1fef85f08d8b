package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Set;

/// A page of the list of subscriptions, in the order of their names.
///
/// @param items the subscriptions on the page
/// @param next the query of the next page; empty when there is none
record SubscriptionPage(List<Subscription> items, String next) {

  private static final int DEFAULT_LIMIT = 500;
  private static final int MAX_LIMIT = 1_000;

  /// Returns the page that a request asks for.
  static SubscriptionPage of(Exchange exchange, List<Subscription> all) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("after", "limit"));
    int limit = query.one("limit").map(SubscriptionPage::limit).orElse(DEFAULT_LIMIT);
    String after = query.one("after").orElse("");
    List<Subscription> rest =
        all.stream()
            .filter(subscription -> subscription.name().value().compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    boolean hasNext = rest.size() > limit;
    List<Subscription> items = hasNext ? rest.subList(0, limit) : rest;
    String next = hasNext ? query.with("after", items.getLast().name().value()) : "";
    return new SubscriptionPage(items, next);
  }

  /// Reads the parameter `limit`.
  static int limit(String text) {
    boolean isNumber = text.matches("[0-9]{1,4}");
    int limit = isNumber ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw QueryParameters.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  void answer(Exchange exchange, SubscriptionJson writer) {
    if (!next.isEmpty()) {
      exchange.set(HeaderNames.LINK, "<" + exchange.rawPath() + "?" + next + ">; rel=\"next\"");
    }
    SubscriptionFiguresJson figures = writer.figures();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (Subscription subscription : items) {
                writer.writeWithFigures(json, subscription, figures);
              }
              json.writeEndArray();
            }));
  }
}
