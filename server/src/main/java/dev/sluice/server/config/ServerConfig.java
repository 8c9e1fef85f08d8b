package dev.sluice.server.config;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.NodeRole;
import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.subscription.RetryPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The whole configuration, validated.
///
/// @param address to listen on
/// @param port to listen on; 0 for a free one
/// @param access authentication, TLS and the identity of clients
/// @param environment label of the installation
/// @param storage name of the storage
/// @param dataDirectory folder for the files of the embedded storage
/// @param postgres the database, if `DATABASE_URL` is set
/// @param broker RabbitMQ and Redis, if they are the storage
/// @param role what this node does
/// @param webhooks how webhooks are sent
/// @param subscriptionsFile declares subscriptions that are applied at start
/// @param processing how events are processed
/// @param limits what clients may send
/// @param streams how changes are streamed
/// @param retention how long finished events are kept
/// @param activityRetention how long the activity log is kept
/// @param memory how much the memory storage keeps
/// @param drainDelay how long a stopping node still accepts requests
/// @param shutdownGrace how long running attempts may take to finish at shutdown
/// @param logs what is logged and how
public record ServerConfig(
    InetAddress address,
    int port,
    AccessConfig access,
    String environment,
    String storage,
    Path dataDirectory,
    Optional<PostgresSettings> postgres,
    Optional<BrokerUrls> broker,
    NodeRole role,
    WebhookConfig webhooks,
    Optional<Path> subscriptionsFile,
    Processing processing,
    HttpSettings.Limits limits,
    HttpSettings.Streams streams,
    Duration retention,
    Duration activityRetention,
    MemorySettings memory,
    Duration drainDelay,
    Duration shutdownGrace,
    Logs logs) {

  private static final List<String> STORAGES = List.of("sqlite", "postgres", "broker", "memory");
  private static final Set<String> SHARED_STORAGES = Set.of("postgres", "broker");
  private static final long HOUR_MS = 3_600_000;

  /// Longer than most load balancers need to notice that a node is not ready.
  private static final Duration DRAIN_DELAY = Duration.ofSeconds(5);

  private static final long DAY_MS = 24 * HOUR_MS;
  private static final int MAX_EVENT_BYTES = 64 << 20;
  private static final int MAX_COUNT = 1_000_000_000;

  /// Divisor: request bodies may use this fraction of the heap.
  private static final int BODIES_SHARE = 8;

  /// How events are processed.
  ///
  /// @param workers deliveries processed at once
  /// @param lease how long a worker keeps a delivery without extending the lease
  /// @param maxBacklog maximum of unfinished deliveries; more are refused
  /// @param delay how long the demo handler takes
  /// @param isDemo whether payloads can make the demo handler fail
  /// @param journal file in which the demo handler records its attempts
  /// @param timeout how long an attempt may take
  /// @param retries when failed attempts are retried
  /// @param order in which due deliveries of a subscription begin
  public record Processing(
      int workers,
      Duration lease,
      long maxBacklog,
      Duration delay,
      boolean isDemo,
      Optional<Path> journal,
      Duration timeout,
      RetryPolicy retries,
      PriorityOrder order) {}

  /// What is logged and how.
  ///
  /// @param isJson JSON lines, else text
  /// @param level the least severe level shown
  /// @param isForAllRequests whether every request is logged, not only failed and slow ones
  /// @param slowRequest duration from which a request is slow
  public record Logs(
      boolean isJson, String level, boolean isForAllRequests, Duration slowRequest) {}

  /// Reads and checks all settings.
  ///
  /// @throws ConfigException with all errors
  public static ServerConfig of(Gathered gathered) {
    var reader = new ConfigReader(gathered);
    Endpoint endpoint = Endpoint.read(reader);
    var order = new PriorityOrder(reader.millis(ConfigKey.PRIORITY_STEP_MS, 0, DAY_MS));
    var config =
        new ServerConfig(
            endpoint.address(),
            endpoint.port(),
            AccessConfig.read(reader),
            reader.oneOf(ConfigKey.ENV, List.of("dev", "staging", "prod")),
            reader.oneOf(ConfigKey.STORAGE, STORAGES),
            reader.path(ConfigKey.DATA_DIR),
            postgres(reader, order),
            BrokerUrls.read(reader),
            role(reader),
            WebhookConfig.read(reader, endpoint.address()),
            pathIfGiven(reader, ConfigKey.SUBSCRIPTIONS_FILE),
            processing(reader, order),
            limits(reader),
            HttpSettings.Streams.of(reader.integer(ConfigKey.STREAM_CLIENTS, 0, 100_000)),
            reader.span(ConfigKey.RETENTION),
            reader.span(ConfigKey.ACTIVITY_RETENTION),
            memory(reader, order),
            drainDelay(reader),
            reader.millis(ConfigKey.SHUTDOWN_GRACE_MS, 0, HOUR_MS),
            logs(reader));
    reader.throwIfWrong();
    return config;
  }

  private static Optional<PostgresSettings> postgres(ConfigReader reader, PriorityOrder order) {
    int connections = reader.integer(ConfigKey.DATABASE_CONNECTIONS, 4, 1_000);
    boolean isNotifying = reader.isOn(ConfigKey.DATABASE_NOTIFY);
    boolean isWanted = reader.text(ConfigKey.STORAGE).equalsIgnoreCase("postgres");
    if (!isWanted && !reader.isGiven(ConfigKey.DATABASE_URL)) {
      return Optional.empty();
    }
    try {
      String url = reader.text(ConfigKey.DATABASE_URL);
      return Optional.of(PostgresSettings.of(url, connections, isNotifying, order));
    } catch (IllegalArgumentException e) {
      reader.wrong(
          ConfigKey.DATABASE_URL,
          "a URL such as postgresql://user:password@host:5432/database"
              + UrlPasswords.advice(reader.text(ConfigKey.DATABASE_URL)));
      return Optional.empty();
    }
  }

  /// A node that does not share its storage must do everything.
  private static NodeRole role(ConfigReader reader) {
    String word = reader.oneOf(ConfigKey.NODE_ROLE, List.of("all", "api", "worker"));
    NodeRole role =
        switch (word) {
          case "api" -> NodeRole.API;
          case "worker" -> NodeRole.WORKER;
          default -> NodeRole.ALL;
        };
    String storage = reader.text(ConfigKey.STORAGE).toLowerCase(Locale.ROOT);
    if (role != NodeRole.ALL && !SHARED_STORAGES.contains(storage)) {
      reader.wrong(ConfigKey.NODE_ROLE, "all, because no other node shares the storage " + storage);
    }
    return role;
  }

  private static Processing processing(ConfigReader reader, PriorityOrder order) {
    RetryPolicy retries = retryPolicy(reader);
    return new Processing(
        reader.integer(ConfigKey.WORKERS, 1, 100_000),
        reader.millis(ConfigKey.LEASE_MS, 1_000, HOUR_MS),
        reader.number(ConfigKey.MAX_BACKLOG, 1, MAX_COUNT),
        reader.millis(ConfigKey.PROCESSING_DELAY_MS, 0, HOUR_MS),
        isDemo(reader),
        pathIfGiven(reader, ConfigKey.DEMO_JOURNAL),
        reader.millis(ConfigKey.PROCESSING_TIMEOUT_MS, 1, DAY_MS),
        retries,
        order);
  }

  private static Optional<Path> pathIfGiven(ConfigReader reader, ConfigKey key) {
    return reader.isGiven(key) ? Optional.of(reader.path(key)) : Optional.empty();
  }

  private static RetryPolicy retryPolicy(ConfigReader reader) {
    Duration base = reader.millis(ConfigKey.RETRY_BASE_MS, 0, DAY_MS);
    Duration cap = reader.millis(ConfigKey.RETRY_CAP_MS, 0, DAY_MS);
    if (cap.compareTo(base) < 0) {
      reader.wrong(ConfigKey.RETRY_CAP_MS, "at least RETRY_BASE_MS (" + base.toMillis() + ")");
      cap = base;
    }
    int retries = reader.integer(ConfigKey.MAX_RETRIES, 0, 1_000);
    return new RetryPolicy(retries, base, cap, Duration.ZERO);
  }

  /// Off by default except in `dev`: a real payload may have a member `fail` by chance.
  private static boolean isDemo(ConfigReader reader) {
    return reader.isGiven(ConfigKey.DEMO) ? reader.isOn(ConfigKey.DEMO) : isDev(reader);
  }

  private static Duration drainDelay(ConfigReader reader) {
    if (reader.isGiven(ConfigKey.DRAIN_DELAY_MS)) {
      return reader.millis(ConfigKey.DRAIN_DELAY_MS, 0, HOUR_MS);
    }
    return isDev(reader) ? Duration.ZERO : DRAIN_DELAY;
  }

  private static boolean isDev(ConfigReader reader) {
    return reader.text(ConfigKey.ENV).equalsIgnoreCase("dev");
  }

  private static HttpSettings.Limits limits(ConfigReader reader) {
    double rate = reader.rate(ConfigKey.RATE_LIMIT);
    int burst =
        reader.isGiven(ConfigKey.RATE_LIMIT_BURST)
            ? reader.integer(ConfigKey.RATE_LIMIT_BURST, 1, 1_000_000)
            : (int) Math.max(1, Math.ceil(2 * rate));
    return new HttpSettings.Limits(
        reader.integer(ConfigKey.MAX_PAYLOAD_BYTES, 64, MAX_EVENT_BYTES),
        reader.integer(ConfigKey.MAX_BATCH, 1, 100_000),
        reader.integer(ConfigKey.MAX_BATCH_BYTES, 64, 1 << 30),
        reader.number(ConfigKey.MAX_STREAM_BYTES, 64, 1L << 40),
        Runtime.getRuntime().maxMemory() / BODIES_SHARE,
        reader.integer(ConfigKey.MAX_CONNECTIONS, 1, 1_000_000),
        reader.millis(ConfigKey.REQUEST_TIMEOUT_MS, 10, HOUR_MS),
        rate,
        burst);
  }

  private static MemorySettings memory(ConfigReader reader, PriorityOrder order) {
    long bytes =
        reader.isGiven(ConfigKey.MEMORY_MAX_BYTES)
            ? reader.number(ConfigKey.MEMORY_MAX_BYTES, 1 << 20, Long.MAX_VALUE)
            : Runtime.getRuntime().maxMemory() / 2;
    return new MemorySettings(
        reader.number(ConfigKey.MEMORY_MAX_EVENTS, 1, MAX_COUNT), bytes, order);
  }

  private static Logs logs(ConfigReader reader) {
    return new Logs(
        reader.oneOf(ConfigKey.LOG_FORMAT, List.of("json", "text")).equals("json"),
        reader
            .oneOf(ConfigKey.LOG_LEVEL, List.of("error", "warn", "info", "debug", "trace"))
            .toUpperCase(Locale.ROOT),
        reader.isOn(ConfigKey.ACCESS_LOG),
        reader.millis(ConfigKey.SLOW_REQUEST_MS, 1, HOUR_MS));
  }

  /// Where to listen: `BIND_ADDRESS` may include a port, which then replaces `PORT`.
  private record Endpoint(InetAddress address, int port) {

    static Endpoint read(ConfigReader reader) {
      int port = reader.integer(ConfigKey.PORT, 0, 65_535);
      String text = reader.text(ConfigKey.BIND_ADDRESS);
      String host = text;
      // One colon separates host and port; an IPv6 address has several, or is in brackets.
      int colon = text.lastIndexOf(':');
      boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
      if (hasPort) {
        host = text.substring(0, colon);
        port = portOf(text.substring(colon + 1));
      }
      return resolve(reader, host, port);
    }

    private static int portOf(String text) {
      boolean isNumber = text.matches("[0-9]{1,5}");
      return isNumber && Integer.parseInt(text) <= 65_535 ? Integer.parseInt(text) : -1;
    }

    private static Endpoint resolve(ConfigReader reader, String host, int port) {
      try {
        if (port >= 0 && !host.isBlank()) {
          return new Endpoint(InetAddress.getByName(host), port);
        }
      } catch (UnknownHostException e) {
        // Falls through to the same error.
      }
      reader.wrong(
          ConfigKey.BIND_ADDRESS, "an address of this machine, such as 127.0.0.1 or 0.0.0.0:8080");
      return new Endpoint(InetAddress.getLoopbackAddress(), 0);
    }
  }
}
