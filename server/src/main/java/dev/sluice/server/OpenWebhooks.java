package dev.sluice.server;

import dev.sluice.adapter.webhook.WebhookAdapter;
import dev.sluice.adapter.webhook.WebhookSettings;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.config.WebhookConfig;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What sends webhooks, with the threads it needs.
///
/// @param adapter sends them, and prepares subscriptions
/// @param threads ended with it
record OpenWebhooks(WebhookAdapter adapter, List<ExecutorService> threads)
    implements AutoCloseable {

  /// The resolver of the JDK cannot be interrupted, so each lookup that hangs holds a thread.
  private static final int MAX_LOOKUPS = 64;

  private static final int IDLE_SECONDS = 10;

  /// @throws StartException when there is no key for secrets
  static OpenWebhooks open(ServerConfig config, TimeSource clock) {
    var deadlines = new ScheduledThreadPoolExecutor(1, threads("webhook-deadlines-"));
    deadlines.setRemoveOnCancelPolicy(true);
    var lookups =
        new ThreadPoolExecutor(
            0,
            MAX_LOOKUPS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("webhook-lookups-"));
    var resources = new WebhookAdapter.Resources(clock, new SecureRandom(), deadlines, lookups);
    return new OpenWebhooks(
        WebhookAdapter.open(settings(config), resources), List.of(deadlines, lookups));
  }

  private static WebhookSettings settings(ServerConfig config) {
    WebhookConfig webhooks = config.webhooks();
    return new WebhookSettings(
        "Sluice/" + Version.current(),
        webhooks.origin(),
        SecretKeys.of(config),
        webhooks.isHttpAllowed(),
        webhooks.networks(),
        webhooks.ports(),
        webhooks.proxy(),
        webhooks.pauseAfter(),
        ownAuthorities(config));
  }

  private static Set<String> ownAuthorities(ServerConfig config) {
    var own = new HashSet<String>();
    own.add("localhost:" + config.port());
    own.add(authority(config.address(), config));
    if (config.address().isAnyLocalAddress() || config.address().isLoopbackAddress()) {
      own.add("127.0.0.1:" + config.port());
      own.add("0:0:0:0:0:0:0:1:" + config.port());
    }
    return own;
  }

  private static String authority(InetAddress address, ServerConfig config) {
    return address.getHostAddress() + ":" + config.port();
  }

  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().name(name, 1).factory();
  }

  /// Closes all connections at once, and ends the threads.
  @Override
  public void close() {
    adapter.close();
    threads.forEach(ExecutorService::shutdownNow);
  }
}
