package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.codec.MessageCodec;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.MessageIntake.Result;
import dev.sluice.domain.port.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Messages of other programs are taken in, or moved to the dead letters.
@Tag("broker")
@ExtendWith(BrokerServers.class)
final class ForeignMessagesTest {

  private final BrokerUrls urls;
  private TestBroker context;

  ForeignMessagesTest(BrokerUrls urls) {
    this.urls = urls;
  }

  @BeforeEach
  void open() {
    context = TestBroker.empty(urls, new SettableClock());
  }

  @AfterEach
  void close() {
    context.close();
  }

  private void publish(String id, String body) {
    var properties = new BasicProperties.Builder().messageId(id).build();
    context.publish("ingest", properties, body);
  }

  /// A worker that finds nothing: foreign messages are not deliveries.
  private void claim() {
    assertThat(
            context
                .adapter()
                .storage()
                .deliveries()
                .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), Duration.ofSeconds(30)))
        .isEmpty();
  }

  private static String text(MessageIntake.Message message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }

  @Test
  void messages_areTakenOnceWithTheirIds() {
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    context
        .adapter()
        .takeMessages(
            messages -> {
              messages.forEach(one -> taken.add(one.id().orElse("") + "=" + text(one)));
              return messages.stream().map(_ -> (Result) new Result.Taken()).toList();
            });
    publish("a", "{\"payload\":1}");
    publish("b", "ü");
    claim();

    Eventually.holds("both are taken", () -> taken.size() == 2);
    assertThat(taken).containsExactly("a={\"payload\":1}", "b=ü");
    Eventually.holds("nothing is left", () -> context.isEmpty("ingest"));
    assertThat(context.get("dlq")).isEmpty();
  }

  @Test
  void whatIsNoEvent_isPutToTheDeadLettersWithTheReason() {
    context.adapter().takeMessages(_ -> List.of(new Result.Refused("not JSON")));
    publish("a", "nonsense");
    claim();

    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
    GetResponse dead = context.get("dlq").orElseThrow();
    assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo("nonsense");
    assertThat(dead.getProps().getHeaders().get("sluice-reason")).hasToString("not JSON");
    assertThat(dead.getProps().getMessageId()).isEqualTo("a");
  }

  /// Also after a delay, and in the dead letters.
  @Test
  void cloudEvent_keepsItsMediaTypeAndAttributes() {
    Queue<MessageIntake.Message> seen = new ConcurrentLinkedQueue<>();
    context
        .adapter()
        .takeMessages(
            messages -> {
              seen.addAll(messages);
              return List.of(seen.size() == 1 ? new Result.Later() : new Result.Refused("no"));
            });
    Map<String, Object> headers = Map.of("cloudEvents:id", "e-1", "other", "x");
    context.publish(
        "ingest",
        new BasicProperties.Builder().contentType("text/plain").headers(headers).build(),
        "hello");
    claim();

    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
    assertThat(seen)
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.contentType()).contains("text/plain");
              assertThat(message.attributes()).isEqualTo(Map.of("id", "e-1"));
            });
    assertThat(context.get("dlq").orElseThrow().getProps().getHeaders())
        .containsKeys("cloudEvents:id", "sluice-reason")
        .doesNotContainKey("other");
  }

  @Test
  void whatCannotBeStoredNow_isTriedAgain() {
    var tries = new AtomicInteger();
    context
        .adapter()
        .takeMessages(
            _ -> {
              if (tries.incrementAndGet() == 1) {
                throw new StoreUnavailableException("away");
              }
              return List.of(tries.get() == 2 ? new Result.Later() : new Result.Taken());
            });
    publish("a", "{\"payload\":1}");
    claim();

    Eventually.holds("it was tried again", () -> tries.get() == 3);
    Eventually.holds("nothing is left", () -> context.isEmpty("ingest"));
  }

  @Test
  void messageThatBringsTheIntakeToFail_isPutToTheDeadLettersAlone() {
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    context
        .adapter()
        .takeMessages(
            messages -> {
              if (messages.stream().anyMatch(one -> text(one).equals("bad"))) {
                throw new ArithmeticException("overflow");
              }
              messages.forEach(one -> taken.add(text(one)));
              return messages.stream().map(_ -> (Result) new Result.Taken()).toList();
            });
    publish("a", "first");
    publish("b", "bad");
    publish("c", "last");
    claim();

    Eventually.holds("the others are taken", () -> taken.size() == 2);
    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
    GetResponse dead = context.get("dlq").orElseThrow();
    assertThat(dead.getProps().getHeaders().get("sluice-reason")).asString().contains("overflow");
    assertThat(taken).containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void messageThatNoQueueTakes_doesNotHaveItsNeighboursStoredAgain() {
    var good = new AtomicInteger();
    var bad = new AtomicInteger();
    claim();
    context.inChannel(channel -> channel.queueDelete(context.queue("dlq")));
    context
        .adapter()
        .takeMessages(
            messages ->
                messages.stream()
                    .map(
                        one -> {
                          boolean isBad = text(one).equals("bad");
                          (isBad ? bad : good).incrementAndGet();
                          return isBad
                              ? new Result.Refused("no event")
                              : (Result) new Result.Taken();
                        })
                    .toList());
    publish("a", "bad");
    publish("b", "good");

    Eventually.holds("it is offered again", () -> bad.get() >= 3);
    assertThat(good).hasValue(1);
  }

  /// Such times would make Redis fail for all deliveries that are begun together.
  @Test
  void deliveryWithImpossibleTimes_isPutToTheDeadLetters() {
    context.adapter().takeMessages(_ -> List.of(new Result.Refused("no event")));
    var message = DeliveryMessage.first(5, Events.event("e-1"), Optional.empty());
    var headers = new HashMap<>(MessageCodec.properties(message).build().getHeaders());
    headers.put("sluice-due", -5L);
    context.publish("ingest", new BasicProperties.Builder().headers(headers).build(), "1");
    claim();

    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
  }

  /// It is not taken for a delivery, and not discarded.
  @Test
  void damagedDelivery_isPutToTheDeadLetters() {
    context.adapter().takeMessages(_ -> List.of(new Result.Refused("no event")));
    var headers = Map.<String, Object>of("sluice-number", "x");
    context.publish("ingest", new BasicProperties.Builder().headers(headers).build(), "1");
    claim();

    Eventually.holds("it is there", () -> !context.isEmpty("dlq"));
  }
}
