package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.operate.BulkOperations;
import dev.sluice.application.operate.BulkOperations.Run;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// `POST /dead-letters/replay`: plans a bulk replay of the dead letters that match the body's
/// filters, starts it, and waits up to two seconds for its end. An empty filter is rejected unless
/// `all` is `true`.
final class DeadLetterReplay {

  private static final int DEFAULT_LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;

  private static final Set<String> FILTERS = filters();

  private final BulkOperations bulk;
  private final RequestBodies bodies;

  DeadLetterReplay(BulkOperations bulk, RequestBodies bodies) {
    this.bulk = bulk;
    this.bodies = bodies;
  }

  private static Set<String> filters() {
    var names = new HashSet<>(FilterValues.NAMES);
    names.remove("status");
    return Set.copyOf(names);
  }

  void post(Exchange exchange) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> {
          var known = new HashSet<>(FILTERS);
          known.addAll(Set.of("limit", "all", "position"));
          body.allowOnly(known);
          int limit = body.integer("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
          var request = new BulkRequest(body);
          BulkAction action = request.replay();
          EventFilter filter = request.filter(body, FILTERS);
          request.throwIfWrong();
          exchange.caller().requireMaySearch(filter);
          replay(exchange, action, filter, limit);
        });
  }

  private void replay(Exchange exchange, BulkAction action, EventFilter filter, int limit) {
    Run run = bulk.run(action, filter, limit, exchange.caller().owner());
    BulkJob job = run.job();
    exchange.audit().did("bulk.start", job.plan().id(), BulkRoutes.describe(job));
    exchange.set(HeaderNames.LOCATION, "/bulk/" + job.plan().id());
    exchange.json(
        202,
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("replayed", job.done());
              json.writeBooleanField("complete", run.isComplete());
              BulkWriter.writeMembers(json, job, exchange.caller().hidesPayloads());
              json.writeEndObject();
            }));
  }
}
