package dev.sluice.adapter.webhook.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.adapter.webhook.signature.SignatureVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// A small receiver of webhooks, for trials: it verifies each request, prints it, and fails when it
/// is asked to. It keeps nothing.
public final class ReceiverAdapter implements AutoCloseable {

  /// How many ids are remembered, to recognise events that come again.
  private static final int MAX_IDS = 10_000;

  /// Longer ids are not remembered.
  private static final int MAX_ID_LENGTH = 256;

  private final ReceiverSettings settings;
  private final Optional<SignatureVerifier> verifier;
  private final Printout printout;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final HttpServer server;

  // Both guarded by this object's monitor.
  private final LinkedHashSet<String> acceptedIds = new LinkedHashSet<>();
  private final ReceiverCounts counts = new ReceiverCounts();

  private ReceiverAdapter(
      ReceiverSettings settings,
      PrintWriter out,
      RandomGenerator random,
      InstantSource clock,
      Executor threads)
      throws IOException {
    this.settings = settings;
    this.verifier =
        settings.secrets().isEmpty()
            ? Optional.empty()
            : Optional.of(new SignatureVerifier(settings.parsedSecrets(), clock));
    this.printout = new Printout(out, settings.showsHeaders());
    this.random = random;
    this.clock = clock;
    this.server =
        HttpServer.create(
            new InetSocketAddress(settings.host(), settings.port()), 0, "/", this::take);
    server.setExecutor(threads);
  }

  /// Starts to listen.
  ///
  /// @param out where requests are printed
  /// @param threads runs one task for each request, which waits for the delay of its response
  /// @throws IOException when the address cannot be listened on
  public static ReceiverAdapter start(
      ReceiverSettings settings,
      PrintWriter out,
      RandomGenerator random,
      InstantSource clock,
      Executor threads)
      throws IOException {
    var receiver = new ReceiverAdapter(settings, out, random, clock, threads);
    receiver.server.start();
    return receiver;
  }

  /// Returns the port that it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Returns a line with the numbers of requests.
  public synchronized String summary() {
    return counts.toString();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = new ReceivedRequest(exchange);
      ReceiverResponse response = responseTo(request);
      pause();
      printout.print(clock.instant(), request, response);
      byte[] text = (response.reason() + "\n").getBytes(UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/plain; charset=utf-8");
      if (response.status() == 405) {
        exchange.getResponseHeaders().set("allow", "POST");
      }
      boolean hasBody = response.status() != 204 && response.status() != 304;
      exchange.sendResponseHeaders(response.status(), hasBody ? text.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(text);
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(settings.delay());
    } catch (InterruptedException e) {
      // The receiver is being closed.
      Thread.currentThread().interrupt();
    }
  }

  private ReceiverResponse responseTo(ReceivedRequest request) {
    if (!request.method().equals("POST")) {
      return refused(405, "webhooks are sent with POST");
    }
    if (request.isTooLong()) {
      return refused(413, "the body has more than " + ReceivedRequest.MAX_BODY + " bytes");
    }
    Optional<String> problem =
        verifier.flatMap(verifies -> verifies.problem(request::header, request.body()));
    if (problem.isPresent()) {
      return refused(401, "signature refused: " + problem.get());
    }
    String verdict = verifier.isPresent() ? "signature valid" : "signature not checked";
    return accepted(request, verdict);
  }

  private synchronized ReceiverResponse refused(int status, String reason) {
    counts.refused();
    return new ReceiverResponse(status, reason);
  }

  private synchronized ReceiverResponse accepted(ReceivedRequest request, String verdict) {
    boolean fails = random.nextDouble() < settings.failShare();
    var response =
        fails
            ? new ReceiverResponse(settings.failStatus(), verdict + failure())
            : new ReceiverResponse(200, verdict);
    if (!response.isSuccess()) {
      counts.failed();
      return response;
    }
    boolean isKnown = request.header("webhook-id").filter(this::isKnown).isPresent();
    counts.accepted(isKnown);
    return isKnown
        ? new ReceiverResponse(response.status(), response.reason() + ", received before")
        : response;
  }

  private String failure() {
    return settings.failStatus() < 300 ? "" : ", failed as asked";
  }

  private boolean isKnown(String id) {
    if (id.length() > MAX_ID_LENGTH) {
      return false;
    }
    boolean isKnown = !acceptedIds.add(id);
    if (acceptedIds.size() > MAX_IDS) {
      acceptedIds.removeFirst();
    }
    return isKnown;
  }

  /// Stops listening.
  @Override
  public void close() {
    server.stop(0);
  }
}
