package dev.sluice.benchmark;

import dev.sluice.adapter.webhook.WebhookAdapter;
import dev.sluice.adapter.webhook.WebhookSettings;
import dev.sluice.contract.Events;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/// Measures the memory that many receivers take: each of another host gets one request.
final class ReceiverMemory {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int BATCH = 1_000;

  private ReceiverMemory() {}

  /// Runs once.
  ///
  /// @param arguments the port of a receiver that listens on all of 127.0.0.0/8, and the number of
  ///   hosts
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int hosts = Integer.parseInt(arguments[1]);
    awaitReceiver(port);
    TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
    try (var deadlines = Executors.newScheduledThreadPool(1);
        var lookups = Executors.newFixedThreadPool(4);
        WebhookAdapter adapter =
            WebhookAdapter.open(
                settings(),
                new WebhookAdapter.Resources(time, new SecureRandom(), deadlines, lookups))) {
      send(adapter, port, BATCH, 0);
      long before = usedHeap();
      for (int sent = BATCH; sent < hosts; sent += BATCH) {
        send(adapter, port, BATCH, sent);
      }
      report("with open connections", before, hosts - BATCH);
      // Idle connections are closed after 30 s.
      Thread.sleep(Duration.ofSeconds(45));
      report("after idle connections were closed", before, hosts - BATCH);
    }
  }

  private static WebhookSettings settings() {
    return new WebhookSettings(
        "Sluice/benchmark",
        "sluice",
        Optional.of(() -> "00".repeat(32)),
        true,
        List.of("127.0.0.0/8"),
        "1-65535",
        Optional.empty(),
        Duration.ofDays(5),
        Set.of());
  }

  private static void awaitReceiver(int port) throws InterruptedException {
    for (int tried = 0; tried < 100; tried++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("no receiver listens on port " + port);
  }

  private static void send(WebhookAdapter adapter, int port, int count, int first)
      throws Exception {
    for (int number = first; number < first + count; number++) {
      String host =
          "127." + (1 + number / 62_500) + "." + (number / 250 % 250) + "." + (1 + number % 250);
      var name = new SubscriptionName("s-" + number);
      Destination destination =
          adapter
              .preparation()
              .prepare(
                  name,
                  Destination.Webhook.to("http://" + host + ":" + port + "/"),
                  Optional.empty())
              .destination();
      var attempt =
          new AttemptContext(
              name, destination, 1, 1, Instant.now().plus(TIMEOUT), TIMEOUT, Duration.ZERO);
      Outcome outcome = adapter.handler().handle(Events.event("e-" + number), attempt);
      if (!(outcome instanceof Outcome.Succeeded)) {
        throw new IllegalStateException("host " + host + ": " + outcome);
      }
    }
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int times = 0; times < 3; times++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static void report(String when, long before, int hosts) {
    System.out.printf(
        "%d hosts, %s: %.1f KB each%n", hosts, when, (usedHeap() - before) / 1e3 / hosts);
  }
}
