package dev.sluice.server.config;

import dev.sluice.adapter.broker.BrokerSettings;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import java.util.Locale;

/// Everything that can be configured. The name is the environment variable; the file uses it in
/// lower case, the command line in lower case with dashes.
public enum ConfigKey {
  PORT("8080", "port to listen on; 0 picks a free one"),
  BIND_ADDRESS("127.0.0.1", "address to listen on: host or host:port"),
  AUTH("auto", "who needs a key: on all, off nobody, auto all but on a loopback address"),
  ADMIN_KEY("", "an admin's key, slc_<id>_<secret>, that every storage knows"),
  METRICS_AUTH("on", "off leaves /metrics open when keys are needed elsewhere"),
  TLS_CERT("", "file with the certificate in PEM, for HTTPS"),
  TLS_KEY("", "file with its private key in PEM"),
  ENV("dev", "label of the installation: dev, staging or prod"),
  DEMO("", "on lets payloads tell the demo handler to fail; on in dev, else off, when empty"),
  STORAGE(
      "sqlite",
      "where events are kept: sqlite (a file), postgres or broker (for many nodes), or memory"),
  NODE_ROLE("all", "what this node does: all, api takes events in, worker works them off"),
  DATA_DIR("./data", "folder for the files of the sqlite storage"),
  DATABASE_URL("", "PostgreSQL of the postgres storage: postgresql://user:password@host/database"),
  DATABASE_CONNECTIONS("10", "most connections to PostgreSQL"),
  DATABASE_NOTIFY("on", "on lets nodes tell each other of work; off behind a transaction pooler"),
  AMQP_URL("", "RabbitMQ of the broker storage: amqp://user:password@host:5672/vhost"),
  REDIS_URL("", "Redis of the broker storage: redis://:password@host:6379/0"),
  BROKER_PREFIX(
      "", "begins the names of queues and keys: one for each service on the same servers"),
  WORKERS("64", "deliveries in work at once on this node"),
  LEASE_MS("30000", "after so long without a sign of a worker others take its deliveries over"),
  MAX_RETRIES("5", "retries after the first attempt"),
  RETRY_BASE_MS("1000", "upper bound of the first wait; each further one doubles it"),
  RETRY_CAP_MS("300000", "upper bound of every wait"),
  PROCESSING_DELAY_MS("0", "how long the demo handler takes"),
  DEMO_JOURNAL("", "file to which the demo handler writes its attempts; to test the service"),
  PROCESSING_TIMEOUT_MS("30000", "how long an attempt may take"),
  MAX_BACKLOG("1000000", "unfinished deliveries, and as many unrouted events; more are refused"),
  MAX_PAYLOAD_BYTES("1048576", "most bytes of one event"),
  MAX_BATCH("5000", "most events of a JSON array"),
  MAX_BATCH_BYTES("16777216", "most bytes of a JSON array"),
  MAX_STREAM_BYTES("1073741824", "most bytes of an NDJSON body"),
  MAX_CONNECTIONS("10000", "open connections"),
  MAX_CONNECTIONS_PER_ADDRESS("0", "open connections of one client address; 0 for half of all"),
  TRUSTED_PROXIES(
      "",
      "proxies whose X-Forwarded-For or Forwarded counts: addresses or ranges such as 10.0.0.0/8"),
  STREAM_CLIENTS("500", "clients that may watch GET /events/stream at once"),
  REQUEST_TIMEOUT_MS("30000", "how long a request may take to arrive"),
  RATE_LIMIT("0", "requests per second and client address; 0 for any number"),
  RATE_LIMIT_BURST("", "requests at once per client address; twice the rate when empty"),
  RETENTION("7d", "how long finished events are kept, such as 12h or 7d"),
  ACTIVITY_RETENTION("90d", "how long it is kept what operators did"),
  MEMORY_MAX_EVENTS("1000000", "events kept in memory, finished ones included"),
  MEMORY_MAX_BYTES("", "memory for events; half of the heap when empty"),
  DRAIN_DELAY_MS("", "how long requests are taken after /ready says draining; 0 in dev, else 5000"),
  SHUTDOWN_GRACE_MS("30000", "how long running attempts may take to finish at shutdown"),
  LOG_FORMAT("json", "json or text"),
  LOG_LEVEL("info", "error, warn, info, debug or trace"),
  ACCESS_LOG("off", "on logs every request, off only failed and slow ones"),
  SLOW_REQUEST_MS("1000", "requests that take so long are logged as slow");

  private final String defaultText;
  private final String help;

  ConfigKey(String defaultText, String help) {
    this.defaultText = defaultText;
    this.help = help;
  }

  /// What holds when nobody says anything.
  public String defaultText() {
    return defaultText;
  }

  /// One line on what it is for.
  public String help() {
    return help;
  }

  /// A value of this key as it may be shown: without secrets.
  public String shown(String text) {
    return switch (this) {
      case DATABASE_URL -> PostgresSettings.masked(text);
      case AMQP_URL, REDIS_URL -> BrokerSettings.masked(text);
      case ADMIN_KEY -> text.isEmpty() ? "" : "***";
      default -> text;
    };
  }

  /// Whether a value may hold a secret. Such a value can come from a file, too.
  public boolean isSecret() {
    return switch (this) {
      case DATABASE_URL, AMQP_URL, REDIS_URL, ADMIN_KEY -> true;
      default -> false;
    };
  }

  /// The key of the file with the secret, such as `ADMIN_KEY_FILE`.
  public String fileVariant() {
    return name() + "_FILE";
  }

  /// The name on the command line, such as `--max-retries`.
  public String option() {
    return optionOf(name());
  }

  /// The name of [#fileVariant] on the command line.
  public String fileOption() {
    return optionOf(fileVariant());
  }

  private static String optionOf(String key) {
    return "--" + key.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
