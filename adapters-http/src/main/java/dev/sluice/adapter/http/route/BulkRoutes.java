package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.application.operate.BulkOperations.Started;
import dev.sluice.application.operate.BulkOperations.Stopped;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Plans, starts, lists and stops bulk jobs. A job does exactly what its plan says.
final class BulkRoutes {

  private static final double SLOWEST = 0.01;
  private static final double FASTEST = 1_000_000;
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 500;

  private final BulkOperations bulk;
  private final RequestBodies bodies;

  BulkRoutes(BulkOperations bulk, RequestBodies bodies) {
    this.bulk = bulk;
    this.bodies = bodies;
  }

  /// `POST /bulk/plan`
  void plan(Exchange exchange) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> {
          body.allowOnly(Set.of("action", "position", "filter", "all"));
          var request = new BulkRequest(body);
          BulkAction action = request.action();
          EventFilter filter = filter(body, request);
          request.throwIfWrong();
          exchange.caller().requireMaySearch(filter);
          Planned planned = bulk.plan(action, filter, Long.MAX_VALUE, exchange.caller().owner());
          answer(exchange, planned);
        });
  }

  /// Answers a plan.
  static void answer(Exchange exchange, Planned planned) {
    exchange.json(200, Json.write(json -> BulkWriter.write(json, planned)));
  }

  private static EventFilter filter(BodyObject body, BulkRequest request) {
    BodyObject filters = body.object("filter").orElse(body);
    if (filters != body) {
      filters.allowOnly(FilterValues.NAMES);
    }
    Set<String> names = filters == body ? Set.of() : FilterValues.NAMES;
    return request.filter(filters, names);
  }

  /// `POST /bulk`
  void start(Exchange exchange) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> {
          body.allowOnly(Set.of("token", "rate_per_second"));
          Optional<String> token = body.text("token");
          if (!body.has("token")) {
            body.problem("token", "is required: the token of a plan, from POST /bulk/plan");
          }
          double rate = rate(body);
          body.throwIfWrong(
              ProblemCode.INVALID_FILTER,
              "Fix the fields listed in \"errors\" and resend. Nothing was started.");
          start(exchange, token.orElseThrow(), rate);
        });
  }

  private static double rate(BodyObject body) {
    return body.number("rate_per_second", SLOWEST, FASTEST)
        .map(BigDecimal::doubleValue)
        .orElse(0.0);
  }

  private void start(Exchange exchange, String token, double rate) {
    switch (bulk.start(token, rate, exchange.caller().owner())) {
      case Started.Running(BulkJob job) -> {
        exchange.audit().did("bulk.start", job.plan().id(), describe(job));
        exchange.set(HeaderNames.LOCATION, "/bulk/" + job.plan().id());
        exchange.json(202, Json.write(json -> BulkWriter.write(json, job, hides(exchange))));
      }
      case Started.Before(BulkJob job) -> throw new ProblemException(planUsed(job));
      case Started.Unknown() ->
          throw new ProblemException(
              Problems.notFound(
                  "Create a new plan with POST /bulk/plan: there is no plan with this token. Plans"
                      + " expire after 15 minutes."));
    }
  }

  private static Problem planUsed(BulkJob job) {
    return Problem.of(
            ProblemCode.PLAN_USED,
            "Follow the job with GET /bulk/"
                + job.plan().id()
                + ": "
                + job.startedBy()
                + " already started this plan.")
        .withHeader("Location", "/bulk/" + job.plan().id())
        .with("job_id", job.plan().id());
  }

  /// Describes a job for the activity log.
  static String describe(BulkJob job) {
    return job.plan().action().wireName()
        + " of "
        + job.plan().qualifying()
        + " events"
        + job.plan().backfill().map(backfill -> " for " + backfill.subscription()).orElse("")
        + ", filter "
        + job.plan().filter().describe();
  }

  /// `GET /bulk`
  void list(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("limit"));
    int limit =
        query.one("limit").map(text -> EventQuery.limit(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    List<BulkJob> jobs = bulk.list(limit);
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (BulkJob job : jobs) {
                BulkWriter.write(json, job, hides(exchange));
              }
              json.writeEndArray();
            }));
  }

  /// `GET /bulk/{id}`
  void find(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    BulkJob job = bulk.find(exchange.pathParameter()).orElseThrow(() -> unknown(exchange));
    exchange.json(200, Json.write(json -> BulkWriter.write(json, job, hides(exchange))));
  }

  /// `DELETE /bulk/{id}`
  void stop(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    switch (bulk.stop(exchange.pathParameter())) {
      case Stopped.Now(BulkJob job) -> {
        exchange.audit().did("bulk.stop", job.plan().id(), job.done() + " done");
        exchange.json(200, Json.write(json -> BulkWriter.write(json, job, hides(exchange))));
      }
      case Stopped.Before(BulkJob job) ->
          throw new ProblemException(
              Problem.of(
                      ProblemCode.STATE_CONFLICT,
                      "The job has already ended; its state is " + job.state().wireName() + ".")
                  .with("job_id", job.plan().id()));
      case Stopped.Unknown() -> throw unknown(exchange);
    }
  }

  private static boolean hides(Exchange exchange) {
    return exchange.caller().hidesPayloads();
  }

  private static ProblemException unknown(Exchange exchange) {
    return new ProblemException(
        Problems.notFound(
            "There is no bulk job with the id "
                + Problems.shorten(exchange.pathParameter())
                + "; list the jobs with GET /bulk."));
  }
}
