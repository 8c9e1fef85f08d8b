package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.UseCases;
import dev.sluice.application.operate.LaneAction;
import dev.sluice.application.operate.LaneOperations;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `/subscriptions/{name}/lanes`: shows the lanes of an ordered subscription and decides about
/// their heads.
public final class LaneRoutes {

  private static final int DEFAULT_LIMIT = 100;

  /// Events behind the head that are shown of one lane.
  private static final int MOST_BEHIND = 100;

  private final UseCases useCases;
  private final RequestBodies bodies;

  public LaneRoutes(UseCases useCases, RequestBodies bodies) {
    this.useCases = useCases;
    this.bodies = bodies;
  }

  /// `GET /subscriptions/{name}/lanes`
  public void list(Exchange exchange) {
    QueryParameters query =
        QueryParameters.parse(exchange.rawQuery(), Set.of("key", "blocked", "after", "limit"));
    SubscriptionName name = known(exchange);
    if (query.one("key").isPresent()) {
      requireAlone(query);
      one(exchange, new LaneId(name, checked("key", query.one("key").get())));
      return;
    }
    int limit = query.one("limit").map(SubscriptionPage::limit).orElse(DEFAULT_LIMIT);
    boolean onlyBlocked = query.one("blocked").map(LaneRoutes::flag).orElse(false);
    String after = query.one("after").map(key -> checked("after", key)).orElse("");
    List<LaneView> found = useCases.lanes().list(name, after, onlyBlocked, limit);
    if (found.size() == limit) {
      String next = query.with("after", found.getLast().id().key());
      exchange.set(HeaderNames.LINK, "<" + exchange.rawPath() + "?" + next + ">; rel=\"next\"");
    }
    exchange.json(200, Json.write(json -> LaneJson.write(json, found)));
  }

  private static void requireAlone(QueryParameters query) {
    for (String other : List.of("blocked", "after", "limit")) {
      if (query.one(other).isPresent()) {
        throw QueryParameters.invalid(other, "cannot be combined with key");
      }
    }
  }

  /// Returns a key that an event can have.
  private static String checked(String parameter, String key) {
    Attributes.problemWith(Attributes.KEY, key)
        .ifPresent(
            problem -> {
              throw QueryParameters.invalid(parameter, problem);
            });
    return key;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw QueryParameters.invalid("blocked", "must be true or false");
    };
  }

  private SubscriptionName known(Exchange exchange) {
    SubscriptionName name = SubscriptionRoutes.nameOf(exchange);
    if (useCases.subscriptions().find(name).isEmpty()) {
      throw new ProblemException(EditProblems.notFound(name.value()));
    }
    return name;
  }

  private void one(Exchange exchange, LaneId lane) {
    LaneView found = useCases.lanes().find(lane).orElseThrow(() -> notFound(lane));
    List<EventId> behind = useCases.lanes().behind(lane, MOST_BEHIND);
    exchange.json(200, Json.write(json -> LaneJson.write(json, found, behind)));
  }

  private static ProblemException notFound(LaneId lane) {
    return new ProblemException(
        Problems.notFound(
            "Subscription "
                + lane.subscription()
                + " has no lane "
                + Problems.shorten(lane.key())
                + ": it has no unfinished delivery and no blocking dead letter with that key."));
  }

  /// `POST /subscriptions/{name}/lanes`: retries, skips or unblocks one lane, or blocked ones.
  public void act(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name = known(exchange);
    MediaTypes.requireJson(exchange);
    bodies.read(
        exchange,
        _ -> LaneRequest.MAX_BYTES,
        body -> {
          LaneRequest request = LaneRequest.read(body.bytes());
          if (request.key().isPresent()) {
            act(exchange, request, new LaneId(name, request.key().get()));
          } else {
            actOnBlocked(exchange, request, name);
          }
        });
  }

  private void act(Exchange exchange, LaneRequest request, LaneId lane) {
    exchange
        .audit()
        .did(
            "lane." + request.action().wireName(),
            lane.subscription().value(),
            "lane " + lane.key());
    switch (useCases.lanes().apply(request.action(), lane, request.head())) {
      case LaneOperations.Result.NotFound() -> throw notFound(lane);
      case LaneOperations.Result.NotAllowed(LaneView view) ->
          exchange.problem(notAllowed(request, view));
      case LaneOperations.Result.Done(EventId head) -> {
        exchange.audit().because("lane " + lane.key() + ", event " + head);
        exchange.json(200, Json.write(json -> LaneJson.writeDone(json, lane, head)));
      }
    }
  }

  private static Problem notAllowed(LaneRequest request, LaneView lane) {
    if (request.head().filter(head -> !head.equals(lane.head())).isPresent()) {
      return conflict("The head of the lane is now event " + lane.head() + ".");
    }
    if (lane.isBlocked()) {
      return conflict(
          "The lane changed at the same moment: event "
              + lane.head()
              + " blocks it now. Look at that event, then resend.");
    }
    return conflict(
        switch (request.action()) {
          case UNBLOCK -> "The lane is not blocked.";
          case RETRY ->
              "Only a head in retrying, or a dead letter that blocks the lane, can be retried; "
                  + head(lane);
          case SKIP -> "The head of the lane cannot be skipped: " + head(lane);
        });
  }

  private static String head(LaneView lane) {
    return lane.state() instanceof DeliveryState.Processing
        ? "event " + lane.head() + " is in progress. Wait for the attempt to end, and resend."
        : "event " + lane.head() + " is " + lane.state().status().wireName() + ".";
  }

  private static Problem conflict(String detail) {
    return Problem.of(ProblemCode.STATE_CONFLICT, detail + " Nothing was changed.");
  }

  private void actOnBlocked(Exchange exchange, LaneRequest request, SubscriptionName name) {
    LaneAction action = request.action();
    exchange.audit().did("lane." + action.wireName(), name.value(), "blocked lanes");
    int changed = useCases.lanes().applyToBlocked(action, name, request.limit());
    exchange.audit().because(changed + " changed");
    long left = useCases.lanes().countBlocked().getOrDefault(name, 0L);
    exchange.json(200, Json.write(json -> LaneJson.writeDone(json, changed, left)));
  }
}
