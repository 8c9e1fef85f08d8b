package dev.sluice.admin.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A fake service on a free port of the loopback address. Returns configured replies and records
/// all requests.
public final class FakeService implements AutoCloseable {

  static {
    // Otherwise each body waits 40 ms for the client to acknowledge the headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile boolean closed;

  /// Creates a service that replies 404 to everything.
  public FakeService() {
    server = listen(0);
  }

  /// Creates a service with sample data; see [Sample].
  public static FakeService lively() {
    var service = new FakeService();
    Sample.fill(service);
    return service;
  }

  private HttpServer listen(int port) {
    try {
      var made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
      made.createContext("/", this::handle);
      made.setExecutor(threads);
      made.start();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var request =
          new Request(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
      requests.add(request);
      send(exchange, replyTo(request));
    }
  }

  private Reply replyTo(Request request) {
    String key = request.method() + ' ' + request.bare();
    Function<Request, Reply> exact = replies.get(key);
    if (exact != null) {
      return exact.apply(request);
    }
    return replies.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("*"))
        .filter(entry -> key.startsWith(entry.getKey().substring(0, entry.getKey().length() - 1)))
        .max(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().apply(request))
        .orElseGet(() -> Reply.problem(404, "not_found", "there is no " + request.bare()));
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean none = reply.status() == 304 || reply.status() == 204;
    exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length);
    if (none) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    if (reply.cut()) {
      out.write(body, 0, body.length / 2);
      out.flush();
      return;
    }
    if (reply.drip()) {
      drip(out);
      return;
    }
    out.write(body);
    out.close();
  }

  /// Sends a byte every 50 ms, until the caller gives up or the test ends.
  private void drip(OutputStream out) throws IOException {
    try {
      for (int count = 0; count < 600 && !closed; count++) {
        out.write(' ');
        out.flush();
        Thread.sleep(50);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sets the reply to a call. A star at the end matches any suffix.
  ///
  /// @param call such as `GET /stats`
  public FakeService on(String call, Reply reply) {
    return on(call, _ -> reply);
  }

  /// Sets a reply that depends on the request.
  public FakeService on(String call, Function<Request, Reply> reply) {
    replies.put(call, reply);
    return this;
  }

  /// Replaces the replies to all configured calls.
  public void everything(Reply reply) {
    replies.replaceAll((_, _) -> _ -> reply);
  }

  /// Returns the base address.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Returns all requests, oldest first.
  public List<Request> requests() {
    return requests;
  }

  /// Returns the requests with a method and path.
  public List<Request> requests(String call) {
    return requests.stream()
        .filter(request -> (request.method() + ' ' + request.bare()).equals(call))
        .collect(Collectors.toList());
  }

  /// Clears the recorded requests.
  public void forget() {
    requests.clear();
  }

  /// Stops listening.
  public void goAway() {
    server.stop(0);
  }

  /// Listens again, at the same address.
  public void comeBack() {
    server = listen(server.getAddress().getPort());
  }

  @Override
  public void close() {
    closed = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
