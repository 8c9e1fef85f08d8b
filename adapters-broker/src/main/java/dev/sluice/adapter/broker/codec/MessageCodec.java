package dev.sluice.adapter.broker.codec;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Encodes deliveries as AMQP messages: the payload is the body, everything else is in headers and
/// properties. A message without these headers comes from another program.
public final class MessageCodec {

  private static final System.Logger LOG = System.getLogger(MessageCodec.class.getName());
  private static final String EVENT = "sluice-event";
  private static final String NUMBER = "sluice-number";
  private static final String SUBSCRIPTION = "sluice-subscription";
  private static final String STARTED = "sluice-attempts";
  private static final String SPENT = "sluice-attempts-spent";
  private static final String REPLAYS = "sluice-replays";
  private static final String DUE = "sluice-due";
  private static final String NOT_BEFORE = "sluice-not-before";
  private static final String ERROR = "sluice-error";
  private static final String HISTORY = "sluice-history";
  private static final int PERSISTENT = 2;

  /// The longest short string of AMQP 0-9-1, in bytes.
  private static final int SHORT = 255;

  /// Limited, because a queue may be full of such messages, and they are redelivered.
  private static final RareWarning DAMAGED = new RareWarning();

  private MessageCodec() {}

  /// Decodes a message; empty when it is foreign or damaged.
  public static Optional<DeliveryMessage> decode(BasicProperties properties, byte[] body) {
    if (properties.getHeaders() == null || !properties.getHeaders().containsKey(NUMBER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(properties.getHeaders(), body));
    } catch (RuntimeException e) {
      // The types of the values validate the headers.
      LOG.log(DAMAGED.level(), "a message has damaged headers: " + e.getMessage());
      return Optional.empty();
    }
  }

  public static byte[] body(DeliveryMessage message) {
    return message.event().payload().json().getBytes(StandardCharsets.UTF_8);
  }

  public static BasicProperties.Builder properties(DeliveryMessage message) {
    Event event = message.event();
    return new BasicProperties.Builder()
        .deliveryMode(PERSISTENT)
        .contentType("application/json")
        .messageId(shortened(event.id().value()))
        .type(shortened(event.type().value()))
        .headers(headers(message));
  }

  private static Map<String, Object> headers(DeliveryMessage message) {
    Map<String, Object> headers = HashMap.newHashMap(9);
    headers.put(EVENT, EventCodec.line(message.event()));
    headers.put(NUMBER, message.sequence());
    headers.put(SUBSCRIPTION, message.subscriptionText());
    headers.put(STARTED, message.attempts().started());
    headers.put(SPENT, message.attempts().spent());
    headers.put(REPLAYS, message.replays());
    headers.put(DUE, Micros.of(message.dueAt()));
    if (message.notBefore().isAfter(DeliveryMessage.AT_ONCE)) {
      headers.put(NOT_BEFORE, Micros.of(message.notBefore()));
    }
    message.failure().ifPresent(cause -> headers.put(ERROR, FailureCauseCodec.encode(cause)));
    if (!message.history().isEmpty()) {
      headers.put(HISTORY, message.history());
    }
    return headers;
  }

  /// Returns a text short enough for a property, for people who look at the queue; the whole text
  /// is in a header.
  private static String shortened(String text) {
    int length = Math.min(text.length(), SHORT);
    while (text.substring(0, length).getBytes(StandardCharsets.UTF_8).length > SHORT) {
      length--;
    }
    return text.substring(0, length);
  }

  private static DeliveryMessage decode(Map<String, Object> headers, byte[] body) {
    String subscription = text(headers, SUBSCRIPTION);
    String history = text(headers, HISTORY);
    // Decoded to validate it: lists and histories rely on it.
    var _ = AttemptCodec.decode(history);
    return new DeliveryMessage(
        place(headers),
        EventCodec.decode(text(headers, EVENT), new String(body, StandardCharsets.UTF_8)),
        subscription.isEmpty() ? Optional.empty() : Optional.of(new SubscriptionName(subscription)),
        new AttemptCount(
            Math.toIntExact(number(headers, STARTED)), Math.toIntExact(number(headers, SPENT))),
        Math.toIntExact(number(headers, REPLAYS)),
        Micros.toInstant(number(headers, DUE)),
        notBefore(headers),
        FailureCauseCodec.decode(text(headers, ERROR)),
        history);
  }

  private static String text(Map<String, Object> headers, String name) {
    return Objects.toString(headers.get(name), "");
  }

  /// Returns the sequence. Only half of the exact range is accepted: the sequences of new events
  /// rise from the largest one seen.
  private static long place(Map<String, Object> headers) {
    long place = number(headers, NUMBER);
    if (place > Micros.LARGEST / 2) {
      throw new IllegalArgumentException("header " + NUMBER + " is out of range");
    }
    return place;
  }

  private static long number(Map<String, Object> headers, String name) {
    if (headers.get(name) instanceof Number number
        && number.longValue() >= 0
        && number.longValue() <= Micros.LARGEST) {
      return number.longValue();
    }
    throw new IllegalArgumentException("header " + name + " is not a number, or out of range");
  }

  private static Instant notBefore(Map<String, Object> headers) {
    return headers.containsKey(NOT_BEFORE)
        ? Micros.toInstant(number(headers, NOT_BEFORE))
        : DeliveryMessage.AT_ONCE;
  }
}
