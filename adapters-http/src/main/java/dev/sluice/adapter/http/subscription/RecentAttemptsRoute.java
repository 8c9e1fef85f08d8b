package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.Room;
import dev.sluice.application.UseCases;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `/subscriptions/{name}/attempts`: the newest attempts of a subscription that have a response.
public final class RecentAttemptsRoute {

  private static final int DEFAULT_LIMIT = 50;

  private final UseCases useCases;
  private final Room answers;

  /// @param answers limits the memory of all responses
  public RecentAttemptsRoute(UseCases useCases, Room answers) {
    this.useCases = useCases;
    this.answers = answers;
  }

  /// `GET /subscriptions/{name}/attempts`
  public void get(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("status", "limit"));
    Optional<StatusClass> status = query.one("status").map(RecentAttemptsRoute::status);
    int limit = query.one("limit").map(RecentAttemptsRoute::limit).orElse(DEFAULT_LIMIT);
    SubscriptionName name = SubscriptionRoutes.nameOf(exchange);
    List<RecentAttempt> newest = useCases.browse().newestAttempts(name, status, limit);
    if (newest.isEmpty() && useCases.subscriptions().find(name).isEmpty()) {
      throw new ProblemException(EditProblems.notFound(name.value()));
    }
    byte[] body = write(exchange, newest);
    try (Room.Share share = answers.share()) {
      share.hold(body.length);
      exchange.json(200, body);
    }
  }

  private static StatusClass status(String text) {
    return StatusClass.ofWireName(text)
        .orElseThrow(
            () ->
                QueryParameters.invalid(
                    "status",
                    "must be one of "
                        + Arrays.stream(StatusClass.values())
                            .map(StatusClass::wireName)
                            .collect(Collectors.joining(", "))));
  }

  private static int limit(String text) {
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > EventStore.MAX_ATTEMPTS_LISTED) {
      throw QueryParameters.invalid("limit", "must be 1 to " + EventStore.MAX_ATTEMPTS_LISTED);
    }
    return limit;
  }

  private static byte[] write(Exchange exchange, List<RecentAttempt> attempts) {
    return Json.write(
        json -> {
          json.writeStartArray();
          for (RecentAttempt attempt : attempts) {
            EventWriter.write(json, attempt, exchange.caller().payloads());
          }
          json.writeEndArray();
        });
  }
}
