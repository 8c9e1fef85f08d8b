package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.domain.time.TimeSource;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;

/// A sender that may reach loopback, and knows `receiver.test` as such.
final class SenderFixture implements AutoCloseable {

  static final String BODY = "{\"name\":\"Zoë\"}";

  /// Long enough never to matter.
  static final Duration LONG = Duration.ofSeconds(30);

  /// Short enough to wait for.
  static final Duration SHORT = Duration.ofMillis(300);

  final FixedNames names = new FixedNames().with("receiver.test", "127.0.0.1");

  private final ScheduledExecutorService deadlines = Executors.newScheduledThreadPool(1);
  private final ExecutorService lookups = Executors.newCachedThreadPool();
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
  private final WebhookSender sender;

  SenderFixture() {
    this(SenderSettings.of("Sluice/test", systemTls()));
  }

  SenderFixture(SenderSettings settings) {
    this.sender = sender(settings, new NameCache(names, lookups, time));
  }

  /// @param lookup instead of the fixed names
  SenderFixture(NameLookup lookup) {
    this.sender =
        sender(SenderSettings.of("Sluice/test", systemTls()), new NameCache(lookup, lookups, time));
  }

  /// @param cache instead of one for the fixed names
  SenderFixture(NameCache cache) {
    this.sender = sender(SenderSettings.of("Sluice/test", systemTls()), cache);
  }

  private WebhookSender sender(SenderSettings settings, NameCache cache) {
    var guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));
    return new WebhookSender(settings, guard, cache, time, deadlines);
  }

  static SSLContext systemTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  SendResult send(String host, int port, Duration deadline) {
    return send(new WebhookUrl(false, host, port, "/in?a=b"), deadline);
  }

  SendResult send(WebhookUrl url, Duration deadline) {
    Map<String, String> headers = Map.of("content-type", "application/json", "webhook-id", "evt-1");
    return sender.send(new WebhookRequest(url, headers, BODY.getBytes(UTF_8), deadline));
  }

  SendResult send(RawReceiver receiver, Duration deadline) {
    return send("receiver.test", receiver.port(), deadline);
  }

  @Override
  public void close() {
    sender.close();
    deadlines.shutdownNow();
    lookups.shutdownNow();
  }
}
