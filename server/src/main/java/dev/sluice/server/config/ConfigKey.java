package dev.sluice.server.config;

import dev.sluice.adapter.broker.BrokerSettings;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import java.util.Arrays;
import java.util.Locale;

/// A configuration key. Its name is the environment variable; the file uses it in lower case, the
/// command line in lower case with dashes.
public enum ConfigKey {
  PORT("8080", "port to listen on; 0: a free port"),
  BIND_ADDRESS("127.0.0.1", "host or host:port to listen on"),
  AUTH(
      "auto",
      "who needs a key; on: everyone; off: no one; auto: everyone, except on a loopback address"),
  ADMIN_KEY("", "admin key, slc_<id>_<secret>, valid with every storage"),
  METRICS_AUTH("on", "on: /metrics needs a key where other calls do; off: it never does"),
  TLS_CERT("", "PEM file with the certificate chain; enables HTTPS"),
  TLS_KEY("", "PEM file with the private key of the certificate"),
  ENV("dev", "label in logs and /health: dev, staging or prod"),
  DEMO("", "on: payloads can make the demo handler fail (default: on with ENV=dev, else off)"),
  STORAGE("sqlite", "where events are stored: sqlite, postgres, broker or memory"),
  NODE_ROLE("all", "api: accept events; worker: process them; all: both"),
  DATA_DIR("./data", "folder for the files of the sqlite storage"),
  DATABASE_URL("", "postgresql://user:password@host:5432/database, with STORAGE=postgres"),
  DATABASE_CONNECTIONS("10", "maximum connections of this node to PostgreSQL"),
  DATABASE_NOTIFY(
      "on", "on: nodes notify each other of new work; set off behind a transaction pooler"),
  AMQP_URL("", "amqp://user:password@host:5672/vhost, with STORAGE=broker"),
  REDIS_URL("", "redis://:password@host:6379/0, with STORAGE=broker"),
  BROKER_PREFIX(
      "", "prefix of queue and key names, for several installations on one RabbitMQ and Redis"),
  SECRETS_KEY(
      "",
      "key that encrypts secrets of subscriptions, 32 bytes in base64; several, the newest first, to"
          + " rotate it (default with sqlite: a file in DATA_DIR)"),
  WEBHOOK_ALLOW_HTTP(
      "", "on: webhooks may be sent without TLS (default: on with ENV=dev on loopback, else off)"),
  WEBHOOK_ALLOW_NETWORKS(
      "",
      "non-public networks or addresses that webhooks may reach, such as 10.0.0.0/8 (default: loopback"
          + " with ENV=dev on loopback)"),
  WEBHOOK_PORTS(
      "",
      "ports that webhooks may be sent to, such as 443,8000-8999 (default: 80,443, and from 1024 with"
          + " ENV=dev on loopback)"),
  WEBHOOK_PROXY(
      "",
      "HTTP proxy for all webhooks, http://host:port; it resolves names, so it must itself block"
          + " requests to internal networks"),
  WEBHOOK_ORIGIN(
      "sluice", "DNS name of this service, for receivers that are asked for their permission"),
  WEBHOOK_PAUSE_AFTER(
      "5d", "pause a subscription when every attempt has failed for this long, 1d to 7d"),
  SUBSCRIPTIONS_FILE("", "file that declares subscriptions, applied at each start"),
  WORKERS("64", "deliveries that this node processes at once"),
  LEASE_MS("30000", "silence after which other nodes take over a worker's deliveries"),
  MAX_RETRIES("5", "retries after the first attempt"),
  RETRY_BASE_MS("1000", "upper bound of the first wait; doubles with each further retry"),
  RETRY_CAP_MS("300000", "upper bound of every wait"),
  PRIORITY_STEP_MS(
      "60000", "how much earlier a delivery begins for each level of priority; 0: all are equal"),
  PROCESSING_DELAY_MS("0", "how long the demo handler takes"),
  DEMO_JOURNAL("", "file in which the demo handler records its attempts, for tests"),
  PROCESSING_TIMEOUT_MS("30000", "how long an attempt may take"),
  MAX_BACKLOG(
      "1000000", "maximum unfinished deliveries, and maximum unrouted events; more are refused"),
  MAX_PAYLOAD_BYTES("1048576", "maximum bytes of one event, envelope included"),
  MAX_BATCH("5000", "maximum events of a JSON array"),
  MAX_BATCH_BYTES("16777216", "maximum bytes of a JSON array"),
  MAX_STREAM_BYTES("1073741824", "maximum bytes of an NDJSON body"),
  MAX_CONNECTIONS("10000", "maximum open connections"),
  MAX_CONNECTIONS_PER_ADDRESS(
      "0", "maximum open connections per client address; 0: half of MAX_CONNECTIONS"),
  TRUSTED_PROXIES(
      "",
      "proxies whose X-Forwarded-For or Forwarded counts: addresses or ranges such as 10.0.0.0/8"),
  STREAM_CLIENTS("500", "maximum concurrent clients of GET /events/stream"),
  REQUEST_TIMEOUT_MS("30000", "how long a request may take to arrive"),
  RATE_LIMIT("0", "requests per second and client address; 0: unlimited"),
  RATE_LIMIT_BURST("", "requests at once per client address (default: twice RATE_LIMIT)"),
  RETENTION("7d", "how long finished events are kept, such as 12h or 7d"),
  ACTIVITY_RETENTION("90d", "how long the activity log is kept"),
  MEMORY_MAX_EVENTS("1000000", "maximum events in the memory storage, finished ones included"),
  MEMORY_MAX_BYTES("", "maximum bytes of events in the memory storage (default: half of the heap)"),
  DRAIN_DELAY_MS(
      "", "how long a stopping node still accepts requests (default: 0 with ENV=dev, else 5000)"),
  SHUTDOWN_GRACE_MS("30000", "how long running attempts may take to finish at shutdown"),
  LOG_FORMAT("json", "json or text"),
  LOG_LEVEL("info", "error, warn, info, debug or trace"),
  ACCESS_LOG("off", "on: log every request; off: only failed and slow ones"),
  SLOW_REQUEST_MS("1000", "how long a request must take to be logged as slow");

  private final String defaultText;
  private final String help;

  ConfigKey(String defaultText, String help) {
    this.defaultText = defaultText;
    this.help = help;
  }

  /// Returns whether the configuration file may have a member of this name, in upper or lower case.
  public static boolean isName(String member) {
    String name = member.toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .anyMatch(
            key -> key.name().equals(name) || (key.isSecret() && key.fileVariant().equals(name)));
  }

  /// Returns the default value; empty when it depends on other keys or there is none.
  public String defaultText() {
    return defaultText;
  }

  /// Returns one line of help.
  public String help() {
    return help;
  }

  /// Returns a value of this key with its secrets masked.
  public String shown(String text) {
    return switch (this) {
      case DATABASE_URL -> PostgresSettings.masked(text);
      case AMQP_URL, REDIS_URL -> BrokerSettings.masked(text);
      case ADMIN_KEY, SECRETS_KEY -> text.isEmpty() ? "" : "***";
      default -> text;
    };
  }

  /// Whether a value may hold a secret. Such a value can also come from a file.
  public boolean isSecret() {
    return switch (this) {
      case DATABASE_URL, AMQP_URL, REDIS_URL, ADMIN_KEY, SECRETS_KEY -> true;
      default -> false;
    };
  }

  /// Returns the key that names the file with the secret, such as `ADMIN_KEY_FILE`.
  public String fileVariant() {
    return name() + "_FILE";
  }

  /// Returns the name on the command line, such as `--max-retries`.
  public String option() {
    return optionOf(name());
  }

  /// Returns the name of [#fileVariant] on the command line.
  public String fileOption() {
    return optionOf(fileVariant());
  }

  private static String optionOf(String key) {
    return "--" + key.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
