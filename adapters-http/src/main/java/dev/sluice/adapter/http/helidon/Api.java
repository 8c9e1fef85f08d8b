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

/// Handles every request: assigns an id, finds the route, applies the rate limit, converts failures
/// into problems, and counts and logs the request.
final class Api {

  private static final System.Logger LOG = System.getLogger(Api.class.getName());
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  /// Paths below this belong to Helidon's own probes.
  static final String OBSERVE = "/observe/";

  private final Routes routes;
  private final RequestIds requestIds;
  private final StallGuards guards;
  private final RequestReports reports;
  private final RequestRates rates;
  private final Authorizer authorizer;
  private final ClientAddresses clients;
  private final ThrottledLog outages = new ThrottledLog(LOG, System::nanoTime);
  private final ThrottledLog faults = new ThrottledLog(LOG, System::nanoTime);

  Api(
      Routes routes,
      RequestIds requestIds,
      StallGuards guards,
      RequestReports reports,
      RequestRates rates,
      Authorizer authorizer,
      ClientAddresses clients) {
    this.routes = routes;
    this.requestIds = requestIds;
    this.guards = guards;
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
            guards.current(),
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
      throw new CloseConnectionException("the connection ends with this response");
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
      dispatch(exchange, found);
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
          Problem.of(ProblemCode.INTERNAL_ERROR, "Look up this request_id in the service's log."));
    }
  }

  private void dispatch(Exchange exchange, Routes.Found found) throws IOException {
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
        "Resend events with the same ids, which is safe; check anything else before you repeat it:"
            + " the storage did not answer, so the outcome is unknown.",
        WAIT_FOR_STORE);
  }

  /// Handles a client that hung up, or whose connection was closed because it was too slow.
  private static CloseConnectionException gone(Exchange exchange, Exception e) {
    LOG.log(Level.DEBUG, "request " + exchange.requestId() + ": the client disconnected", e);
    return new CloseConnectionException("the client disconnected", e);
  }

  private static void unmatched(Exchange exchange, String allowed) {
    if (allowed.isEmpty()) {
      exchange.problem(
          Problems.notFound(
              "Use a path that GET /openapi.json describes: this one does not exist."));
      return;
    }
    exchange.set(HeaderNames.ALLOW, allowed);
    if (exchange.request().prologue().method().text().equals("OPTIONS")) {
      exchange.empty(204);
    } else {
      exchange.problem(
          Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Use one of these methods: " + allowed + "."));
    }
  }

  /// Responds with a problem, or closes the connection when a response has already begun.
  private static void problem(Exchange exchange, Problem problem) {
    if (exchange.isAnswered()) {
      throw new CloseConnectionException("a response that has begun cannot be finished");
    }
    exchange.problem(problem);
  }
}
