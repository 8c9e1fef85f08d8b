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

/// Answers requests as told, on a free port of the loopback address, and writes down what it was
/// asked.
public final class FakeService implements AutoCloseable {

  static {
    // Or each body waits 40 ms for the client to acknowledge the headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<Request, Reply>> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile boolean closed;

  /// Answers everything with 404.
  public FakeService() {
    server = listen(0);
  }

  /// A service with some life in it: see [Sample].
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

  /// A byte now and then, until the caller gives up or the test is over.
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

  /// Answers a call in this way from now on. A star at the end stands for any rest.
  ///
  /// @param call such as `GET /stats`
  public FakeService on(String call, Reply reply) {
    return on(call, _ -> reply);
  }

  /// The same, by what was asked.
  public FakeService on(String call, Function<Request, Reply> reply) {
    replies.put(call, reply);
    return this;
  }

  /// Answers every call of a GET in this way, those that were told before too.
  public void everything(Reply reply) {
    replies.replaceAll((_, _) -> _ -> reply);
  }

  /// Where it is.
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What it was asked, oldest first.
  public List<Request> requests() {
    return requests;
  }

  /// What it was asked with this method and path.
  public List<Request> requests(String call) {
    return requests.stream()
        .filter(request -> (request.method() + ' ' + request.bare()).equals(call))
        .collect(Collectors.toList());
  }

  /// Forgets what it was asked.
  public void forget() {
    requests.clear();
  }

  /// Is not there any more.
  public void goAway() {
    server.stop(0);
  }

  /// Is there again, at the same address.
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
