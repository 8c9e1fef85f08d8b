package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.UseCases;
import dev.sluice.application.operate.BackfillOperations;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.PatternReader;
import dev.sluice.format.ReadFilter;
import java.io.IOException;
import java.util.Set;

/// `POST /subscriptions/{name}/backfill`: plans a back-fill. It is started, shown and stopped like
/// all bulk jobs.
public final class BackfillPlans {

  private static final int MAX_BODY = 64 * 1024;

  private final UseCases useCases;
  private final RequestBodies bodies;
  private final SubscriptionRoutes subscriptions;

  public BackfillPlans(UseCases useCases, RequestBodies bodies, SubscriptionRoutes subscriptions) {
    this.useCases = useCases;
    this.bodies = bodies;
    this.subscriptions = subscriptions;
  }

  /// Answers a plan.
  public interface Answer {
    void with(Planned planned) throws IOException;
  }

  /// Plans what the body asks for.
  ///
  /// @throws ProblemException when the subscription does not exist or gets no events, or the body
  ///   is not valid
  public void plan(Exchange exchange, Answer answer) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription subscription = subscriptions.known(exchange);
    if (!subscription.lifecycle().takesEvents()) {
      throw new ProblemException(EditProblems.takesNoEvents(subscription));
    }
    MediaTypes.requireJson(exchange);
    bodies.read(
        exchange,
        _ -> MAX_BODY,
        body -> {
          BackfillOperations.Request request = BackfillBody.read(body.bytes());
          requireMaySearch(exchange, request);
          answer.with(useCases.backfills().plan(subscription, request, exchange.caller().owner()));
        });
  }

  /// The number of matches would reveal payloads.
  private static void requireMaySearch(Exchange exchange, BackfillOperations.Request request) {
    boolean asksForPayload =
        request
            .filter()
            .map(pattern -> PatternReader.read(pattern.json()))
            .filter(
                read ->
                    read instanceof ReadFilter.Valid(var filter)
                        && filter.paths().stream()
                            .anyMatch(path -> path.getFirst().equals(EventFields.PAYLOAD)))
            .isPresent();
    if (asksForPayload && exchange.caller().hidesPayloads()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FORBIDDEN,
              "Omit \"payload\" in the filter: this key hides payloads, so it cannot search"
                  + " them."));
    }
  }
}
