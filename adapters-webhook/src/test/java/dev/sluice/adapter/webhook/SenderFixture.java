package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.domain.time.TimeSource;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// A sender that may reach loopback, and knows `receiver.test` as such.
final class SenderFixture implements AutoCloseable {

  static final String BODY = "{\"name\":\"Zoë\"}";

  /// Long enough never to matter.
  static final Duration LONG = Duration.ofSeconds(30);

  /// From short enough to wait for to long enough for a machine with other work.
  private static final List<Duration> DEADLINES =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(15));

  final FixedNames names = new FixedNames().with("receiver.test", "127.0.0.1");

  private final ScheduledExecutorService deadlines = Executors.newScheduledThreadPool(1);
  private final ExecutorService lookups = Executors.newCachedThreadPool();
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
  private final WebhookSender sender;

  SenderFixture() {
    this(SenderSettings.of("Sluice/test", systemTls()));
  }

  SenderFixture(SenderSettings settings) {
    this.sender = sender(settings, new DnsCache(names, lookups, time));
  }

  /// @param lookup instead of the fixed names
  SenderFixture(DnsLookup lookup) {
    this.sender =
        sender(SenderSettings.of("Sluice/test", systemTls()), new DnsCache(lookup, lookups, time));
  }

  /// @param cache instead of one for the fixed names
  SenderFixture(DnsCache cache) {
    this.sender = sender(SenderSettings.of("Sluice/test", systemTls()), cache);
  }

  private WebhookSender sender(SenderSettings settings, DnsCache cache) {
    var guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));
    return new WebhookSender(settings, guard, cache, time, deadlines);
  }

  /// Sends with longer and longer deadlines until one passes in the phase that the test is about:
  /// on a busy machine a short one may pass before.
  static SendResult untilStoppedWhile(String phase, Function<Duration, SendResult> send) {
    SendResult result = send.apply(DEADLINES.getFirst());
    for (int i = 1; i < DEADLINES.size() && !isStoppedWhile(phase, result); i++) {
      result = send.apply(DEADLINES.get(i));
    }
    return result;
  }

  private static boolean isStoppedWhile(String phase, SendResult result) {
    return result instanceof SendResult.Failed failed && failed.message().endsWith(phase);
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
    return send(new WebhookRequest(url, headers, BODY.getBytes(UTF_8), deadline));
  }

  WebhookSender sender() {
    return sender;
  }

  SendResult send(WebhookRequest request) {
    return sender.send(request);
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
