package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sluice.adapter.http.helidon.HttpAdapter;
import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.Application;
import dev.sluice.application.ApplicationSettings;
import dev.sluice.application.Dependencies;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.access.ManageKeys;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.application.work.WorkSettings;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.format.JsonContentDigests;
import dev.sluice.format.JsonFilterFormat;
import dev.sluice.format.schedule.UnixCronFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The REST API with its own application, on a free port, and calls for tests.
public final class TestServer implements AutoCloseable {

  /// Time limit of every call, so that no test hangs.
  public static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(30);

  /// The configured admin key.
  public static final String ADMIN_KEY = "slc_boss_" + "0".repeat(64);

  /// Requires keys.
  public static final HttpSettings.Security LOCKED =
      new HttpSettings.Security(false, false, Optional.empty());

  private static final Destination DESTINATION = new Destination.Demo();
  private static final int TICK_MS = 20;

  private final TestHandler handler = new TestHandler();
  private final RequestLogStub log = new RequestLogStub();
  private final HttpAdapter http;
  private final Application application;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CLIENT_TIMEOUT)
          .build();

  private TestServer(Setup setup, UnaryOperator<Dependencies> wiring) {
    TimeSource clock = TimeSource.of(InstantSource.system(), System::nanoTime);
    http =
        new HttpAdapter(
            new HttpSettings(
                InetAddress.getLoopbackAddress(),
                0,
                setup.limits(),
                setup.streams(),
                new HttpSettings.About("1.2.3", "memory", "test"),
                setup.security()),
            log,
            clock,
            RandomGenerator.getDefault());
    application =
        new Application(
            wiring.apply(dependencies(setup, clock)),
            new ApplicationSettings(
                "test",
                setup.role(),
                WorkSettings.of(
                    new WorkerId("worker-1"), 16, Duration.ofSeconds(30), Duration.ofSeconds(60)),
                new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                setup.maxBacklog(),
                Duration.ofDays(1),
                Duration.ofDays(1)));
    application.start();
    http.start(application);
    var _ = ticker.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private Dependencies dependencies(Setup setup, TimeSource clock) {
    var storage =
        MemoryAdapter.storage(new MemorySettings(setup.maxEvents(), Long.MAX_VALUE / 2), clock);
    KeyStore keys = MemoryAdapter.keys();
    return new Dependencies(
        new StoragePorts(
            setup.storage().apply(storage),
            MemoryAdapter.pauses(),
            MemoryAdapter.nodes(clock),
            MemoryAdapter.changes(clock),
            setup.activity().get(),
            keys,
            MemoryAdapter.series(),
            MemoryAdapter.subscriptions(),
            MemoryAdapter.rateTokens(clock),
            MemoryAdapter.schedules()),
        setup.queues(),
        Subscription.builtIn(SubscriptionDefinition.of(List.of(TypePattern.ANY), DESTINATION)),
        Map.of(DESTINATION.kind(), handler),
        DestinationPreparation.none(),
        new JsonContentDigests(),
        new JsonFilterFormat(),
        new UnixCronFormat(),
        List.of(http.listener()),
        clock,
        RandomGenerator.getDefault(),
        () -> new EventId(UUID.randomUUID().toString()),
        new AccessKeys.Source(keys, TestServer::secret, Optional.of(ADMIN_KEY)));
  }

  private static String secret() {
    return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
  }

  /// Returns a new key with this role, for a new owner.
  public String key(Role role) {
    return key(new NewKey("owner " + secret(), role, List.of(), false, Optional.empty()));
  }

  public String key(NewKey newKey) {
    return ((ManageKeys.Made.Key) application.useCases().keys().make(newKey)).text();
  }

  /// Returns a request with a key.
  public HttpRequest.Builder request(String pathAndQuery, String key) {
    return request(pathAndQuery).header("Authorization", "Bearer " + key);
  }

  public static TestServer start() {
    return start(Setup.USUAL);
  }

  public static TestServer start(Setup setup) {
    return start(setup, UnaryOperator.identity());
  }

  /// @param wiring changes what the application depends on
  static TestServer start(Setup setup, UnaryOperator<Dependencies> wiring) {
    return new TestServer(setup, wiring);
  }

  private void tick() {
    application.upkeep().tick();
    application.upkeep().keepUp();
    application.upkeep().cleanUp();
    application.upkeep().runBulkJobs();
    application.upkeep().shareChanges();
    application.upkeep().drawTokens();
    application.upkeep().emitTicks();
    application.upkeep().arrangeLanes();
    http.tick();
  }

  public TestHandler handler() {
    return handler;
  }

  public Application application() {
    return application;
  }

  public HttpAdapter http() {
    return http;
  }

  public RequestLogStub log() {
    return log;
  }

  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(uri(pathAndQuery)).timeout(CLIENT_TIMEOUT);
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + http.port() + pathAndQuery);
  }

  public Answer call(HttpRequest.Builder request) {
    try {
      return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public Answer get(String pathAndQuery) {
    return call(request(pathAndQuery));
  }

  public Answer method(String method, String pathAndQuery) {
    return call(request(pathAndQuery).method(method, BodyPublishers.noBody()));
  }

  /// Posts events in JSON.
  public Answer post(String json) {
    return post("/events", "application/json", json);
  }

  public Answer post(String path, String contentType, String body) {
    return call(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  public Answer post(byte[] body) {
    return call(
        request("/events")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /// Waits until the event has this status, and returns it.
  Answer await(String eventId, String status) {
    String path = "/events/" + eventId;
    Eventually.holds(eventId + " is " + status, () -> get(path).text("status").equals(status));
    return get(path);
  }

  /// Returns the number of unfinished deliveries.
  long backlog() {
    return application.useCases().browse().counts().backlog();
  }

  /// Returns the number of stored events.
  long stored() {
    StatusCounts counts = application.useCases().browse().counts();
    return Arrays.stream(EventStatus.values()).mapToLong(counts::of).sum();
  }

  /// Sends bytes unchanged and returns the first response; empty when the connection is closed
  /// without one.
  public String send(String request) {
    try (var socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return readAnswer(socket);
    } catch (IOException e) {
      // A reset connection is closed, too.
      return "";
    }
  }

  /// Sends bytes unchanged and returns everything until the connection is closed.
  public String sendAndReadAll(String request) {
    try (var socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.setSoTimeout(8_000);
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("connection was reset", e);
    }
  }

  public Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), http.port());
    socket.setSoTimeout((int) CLIENT_TIMEOUT.toMillis());
    return socket;
  }

  private static String readAnswer(Socket socket) throws IOException {
    var received = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    try {
      for (int read = socket.getInputStream().read(block);
          read > 0;
          read = socket.getInputStream().read(block)) {
        received.write(block, 0, read);
        if (isComplete(received.toString(ISO_8859_1))) {
          break;
        }
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("hangs after " + received.toString(ISO_8859_1), e);
    }
    return received.toString(ISO_8859_1);
  }

  private static boolean isComplete(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    for (String line : text.substring(0, end).split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return text.length() >= end + 4 + Integer.parseInt(line.substring(15).strip());
      }
    }
    return false;
  }

  @Override
  public void close() {
    handler.release();
    client.shutdownNow();
    http.stop();
    ticker.shutdownNow();
    try {
      application.stop(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
