package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.contract.Events;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A thousand receivers, each of another host, at once.
@Tag("slow")
final class ManyReceiversTest {

  private static final int RECEIVERS = 1_000;
  private static final long LONGEST_SECONDS = 60;

  private final Set<String> verified = ConcurrentHashMap.newKeySet();

  @Test
  void eachReceiver_getsItsSignedRequest() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), RECEIVERS);
    server.createContext("/", this::receive);
    try (ExecutorService receiving = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
        var fixture = new HandlerFixture()) {
      server.setExecutor(receiving);
      server.start();
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int number = 0; number < RECEIVERS; number++) {
        String host = "host-" + number + ".test";
        fixture.sending.names.with(host, "127.0.0.1");
        String url = "http://" + host + ":" + server.getAddress().getPort() + "/" + number;
        var name = new SubscriptionName("s-" + number);
        outcomes.add(sending.submit(() -> send(fixture, name, url)));
      }

      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get(LONGEST_SECONDS, TimeUnit.SECONDS))
            .isInstanceOf(Outcome.Succeeded.class);
      }
      assertThat(verified).hasSize(RECEIVERS);
    } finally {
      server.stop(0);
    }
  }

  private static Outcome send(HandlerFixture fixture, SubscriptionName name, String url)
      throws Exception {
    var secret =
        new SigningSecret(
            fixture.secrets.encrypt(
                HandlerFixture.KEY.reveal(), name, SecretStorage.Use.SIGNING, "/secret"),
            Optional.empty());
    Destination webhook = Destination.Webhook.to(url).with(List.of(secret), Optional.empty());
    return fixture.handler.handle(
        Events.event("evt-" + name.value()),
        new AttemptContext(name, webhook, 1, 1, Instant.MAX, SenderFixture.LONG, Duration.ZERO));
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    try {
      new Webhook(HandlerFixture.KEY.reveal())
          .verify(
              body,
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          header -> header.getKey().toLowerCase(Locale.ROOT),
                          Map.Entry::getValue)));
      verified.add(exchange.getRequestURI().getPath());
      exchange.sendResponseHeaders(204, -1);
    } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
      exchange.sendResponseHeaders(400, -1);
    }
    exchange.close();
  }
}
