package dev.sluice.adapter.http;

import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import dev.sluice.adapter.http.HttpSettings.RequestLog;
import dev.sluice.adapter.http.RateLimiter.Verdict;
import dev.sluice.domain.port.PortException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/// Takes every request: gives it an id, finds its route, limits its client, turns whatever goes
/// wrong into a problem, and counts and logs it.
final class Api {

  private static final System.Logger LOG = System.getLogger(Api.class.getName());
  private static final HeaderName RATE_LIMIT = HeaderNames.create("RateLimit");
  private static final HeaderName RATE_LIMIT_POLICY = HeaderNames.create("RateLimit-Policy");
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  /// Paths below this belong to Helidon's own probes.
  private static final String OBSERVE = "/observe/";

  private final Routes routes;
  private final RequestIds requestIds;
  private final ConnectionWatches watches;
  private final HttpMetrics metrics;
  private final RequestLog log;
  private final Optional<RateLimiter> limiter;
  private final Gatekeeper gatekeeper;

  Api(
      Routes routes,
      RequestIds requestIds,
      ConnectionWatches watches,
      HttpMetrics metrics,
      RequestLog log,
      Optional<RateLimiter> limiter,
      Gatekeeper gatekeeper) {
    this.routes = routes;
    this.requestIds = requestIds;
    this.watches = watches;
    this.metrics = metrics;
    this.log = log;
    this.limiter = limiter;
    this.gatekeeper = gatekeeper;
  }

  void handle(ServerRequest request, ServerResponse response) {
    long begin = System.nanoTime();
    String path = request.path().rawPath();
    String requestId = requestIdOf(request);
    if (path.startsWith(OBSERVE)) {
      response.header(Exchange.REQUEST_ID, requestId);
      response.next();
      return;
    }
    Routes.Found found = routes.find(request.prologue().method().text(), path);
    var exchange =
        new Exchange(request, response, requestId, watches.current(), found.pathParameter());
    try {
      answer(exchange, found);
    } catch (UncheckedIOException | ServerConnectionException e) {
      throw gone(exchange, e);
    } finally {
      exchange.finished();
      report(
          exchange,
          found.route().map(Routes.Route::name).orElse("unmatched"),
          exchange.workEnd() - begin);
    }
    if (exchange.mustClose() && !exchange.isStreamed()) {
      exchange.linger();
      throw new CloseConnectionException("the connection ends with this answer");
    }
  }

  private String requestIdOf(ServerRequest request) {
    return request.headers().contains(Exchange.REQUEST_ID)
        ? requestIds.accept(request.headers().get(Exchange.REQUEST_ID).get())
        : requestIds.create();
  }

  private void answer(Exchange exchange, Routes.Found found) {
    try {
      boolean isLimited = found.route().map(Routes.Route::isLimited).orElse(true);
      if (isLimited && !isWithinLimit(exchange)) {
        return;
      }
      gatekeeper.refuseForeign(exchange);
      if (found.route().isPresent()) {
        gatekeeper.admit(exchange, found.route().get().access());
        found.route().get().handler().handle(exchange);
      } else {
        unmatched(exchange, found.allowed());
      }
    } catch (ProblemException e) {
      problem(exchange, e.problem());
    } catch (PortException e) {
      exchange.auditNoMore();
      LOG.log(
          Level.WARNING,
          "the storage does not answer, request " + exchange.requestId() + ": " + e.getMessage());
      problem(
          exchange,
          Problem.later(
              ProblemCode.STORE_UNAVAILABLE,
              "the storage did not answer, so the outcome is unknown: sending the same event id again is safe, anything else is worth a look first",
              WAIT_FOR_STORE));
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      throw gone(exchange, e);
    } catch (RuntimeException e) {
      exchange.auditNoMore();
      LOG.log(Level.ERROR, "request " + exchange.requestId() + " failed", e);
      problem(
          exchange,
          Problem.of(
              ProblemCode.INTERNAL_ERROR, "the service's log tells more about this request_id"));
    }
  }

  /// The client hung up, or was too slow and was hung up on.
  private static CloseConnectionException gone(Exchange exchange, Exception e) {
    LOG.log(Level.DEBUG, "request " + exchange.requestId() + ": the client is gone", e);
    return new CloseConnectionException("the client is gone", e);
  }

  private static void unmatched(Exchange exchange, String allowed) {
    if (allowed.isEmpty()) {
      exchange.problem(
          Problems.notFound(
              "there is nothing at this path; GET /openapi.json describes what there is"));
      return;
    }
    exchange.set(HeaderNames.ALLOW, allowed);
    if (exchange.request().prologue().method().text().equals("OPTIONS")) {
      exchange.empty(204);
    } else {
      exchange.problem(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "this path takes " + allowed));
    }
  }

  /// Answers with a problem, or ends the connection when an answer was begun already.
  private static void problem(Exchange exchange, Problem problem) {
    if (exchange.isAnswered()) {
      throw new CloseConnectionException("an answer that was begun cannot be finished");
    }
    exchange.problem(problem);
  }

  private boolean isWithinLimit(Exchange exchange) {
    if (limiter.isEmpty()
        || !(exchange.request().remotePeer().address() instanceof InetSocketAddress client)) {
      return true;
    }
    RateLimiter rates = limiter.get();
    Verdict verdict = rates.take(client.getAddress());
    exchange.set(
        RATE_LIMIT_POLICY, "\"client\";q=" + rates.burst() + ";w=" + rates.windowSeconds());
    exchange.set(
        RATE_LIMIT, "\"client\";r=" + verdict.remaining() + ";t=" + verdict.secondsToNext());
    if (!verdict.isAllowed()) {
      metrics.rateLimited();
      exchange.problem(
          Problem.later(
              ProblemCode.RATE_LIMITED,
              "this address sends more requests than allowed; wait for Retry-After",
              Duration.ofSeconds(verdict.secondsToNext())));
    }
    return verdict.isAllowed();
  }

  private void report(Exchange exchange, String route, long nanos) {
    metrics.answered(route, exchange.status(), nanos);
    if (log.wants(exchange.status(), nanos)) {
      log.answered(
          new AnsweredRequest(
              exchange.requestId(),
              exchange.request().prologue().method().text(),
              route,
              exchange.status(),
              Duration.ofNanos(nanos),
              exchange.bytesSent(),
              exchange.remoteAddress()));
    }
  }
}
