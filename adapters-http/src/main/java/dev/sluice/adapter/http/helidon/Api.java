package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Authorizer;
import dev.sluice.adapter.http.ClientAddresses;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.RequestIds;
import dev.sluice.adapter.http.RequestRates;
import dev.sluice.adapter.http.RequestReports;
import dev.sluice.adapter.http.Routes;
import dev.sluice.adapter.http.ThrottledLog;
import dev.sluice.domain.port.DamagedEventException;
import dev.sluice.domain.port.PortException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Takes every request: gives it an id, finds its route, limits its client, turns whatever goes
/// wrong into a problem, and counts and logs it.
final class Api {

  private static final System.Logger LOG = System.getLogger(Api.class.getName());
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  /// Paths below this belong to Helidon's own probes.
  static final String OBSERVE = "/observe/";

  private final Routes routes;
  private final RequestIds requestIds;
  private final StallGuards watches;
  private final RequestReports reports;
  private final RequestRates rates;
  private final Authorizer authorizer;
  private final ClientAddresses clients;
  private final ThrottledLog outages = new ThrottledLog(LOG, System::nanoTime);
  private final ThrottledLog faults = new ThrottledLog(LOG, System::nanoTime);

  Api(
      Routes routes,
      RequestIds requestIds,
      StallGuards watches,
      RequestReports reports,
      RequestRates rates,
      Authorizer authorizer,
      ClientAddresses clients) {
    this.routes = routes;
    this.requestIds = requestIds;
    this.watches = watches;
    this.reports = reports;
    this.rates = rates;
    this.authorizer = authorizer;
    this.clients = clients;
  }

  void handle(ServerRequest request, ServerResponse response) {
    long begin = System.nanoTime();
    String path = request.path().rawPath();
    String requestId = requestIdOf(request);
    String method = request.prologue().method().text();
    boolean isProbe = path.startsWith(OBSERVE);
    if (isProbe && method.equals("GET")) {
      response.header(HeaderValues.create(Exchange.REQUEST_ID, requestId));
      response.header(Exchange.NO_SNIFFING);
      response.next();
      return;
    }
    Routes.Found found =
        isProbe ? Routes.Found.other("GET, HEAD, OPTIONS") : routes.find(method, path);
    var exchange =
        new Exchange(
            request,
            response,
            requestId,
            watches.current(),
            found.pathParameter(),
            clientOf(request));
    try {
      answer(exchange, found);
    } catch (UncheckedIOException | ServerConnectionException e) {
      throw gone(exchange, e);
    } finally {
      exchange.finished();
      reports.answered(
          exchange,
          found.route().map(Routes.Route::name).orElse(RequestReports.UNMATCHED),
          exchange.workEnd() - begin);
    }
    if (exchange.mustClose() && !exchange.isStreamed()) {
      throw new CloseConnectionException("the connection ends with this answer");
    }
  }

  private InetAddress clientOf(ServerRequest request) {
    InetAddress peer = ((InetSocketAddress) request.remotePeer().address()).getAddress();
    return clients.clientOf(peer, request.headers());
  }

  private String requestIdOf(ServerRequest request) {
    return request.headers().contains(Exchange.REQUEST_ID)
        ? requestIds.accept(request.headers().get(Exchange.REQUEST_ID).get())
        : requestIds.create();
  }

  private void answer(Exchange exchange, Routes.Found found) {
    try {
      boolean isLimited = found.route().map(Routes.Route::isLimited).orElse(true);
      if (isLimited && !rates.admit(exchange)) {
        return;
      }
      authorizer.refuseForeign(exchange);
      if (found.route().isPresent()) {
        authorizer.admit(exchange, found.route().get().access());
        found.route().get().handler().handle(exchange);
      } else {
        unmatched(exchange, found.allowed());
      }
    } catch (ProblemException e) {
      problem(exchange, e.problem());
    } catch (PortException e) {
      exchange.audit().drop();
      problem(exchange, storageProblem(exchange, e));
    } catch (IOException | UncheckedIOException | ServerConnectionException e) {
      throw gone(exchange, e);
    } catch (RuntimeException e) {
      exchange.audit().drop();
      faults.log(Level.ERROR, "request " + exchange.requestId() + " failed", e);
      problem(
          exchange,
          Problem.of(
              ProblemCode.INTERNAL_ERROR, "the service's log tells more about this request_id"));
    }
  }

  private Problem storageProblem(Exchange exchange, PortException e) {
    if (e instanceof DamagedEventException) {
      LOG.log(Level.ERROR, "request " + exchange.requestId() + ": " + e.getMessage());
      return Problems.damaged();
    }
    outages.log(
        Level.WARNING,
        "the storage does not answer, request " + exchange.requestId() + ": " + e.getMessage());
    return Problem.later(
        ProblemCode.STORE_UNAVAILABLE,
        "the storage did not answer, so the outcome is unknown: sending the same event id again is"
            + " safe, anything else is worth a look first",
        WAIT_FOR_STORE);
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
}
