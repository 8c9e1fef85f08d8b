package dev.sluice.adapter.broker.codec;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The attributes of a CloudEvent in binary mode, which are headers of its message (AMQP binding,
/// 3.1.3): RabbitMQ shows the application properties of AMQP 1.0 as headers of AMQP 0-9-1.
public final class CloudEventProperties {

  private static final String PREFIX = "cloudEvents:";

  /// For clients that do not allow colons in names; both prefixes mean the same.
  private static final String OTHER_PREFIX = "cloudEvents_";

  private CloudEventProperties() {}

  /// Returns the attributes as text by name; none when the message is not such an event.
  public static Map<String, String> attributes(BasicProperties properties) {
    Map<String, String> attributes = new HashMap<>();
    headers(properties)
        .forEach((name, value) -> attributes.put(name.substring(PREFIX.length()), text(value)));
    return attributes;
  }

  /// Returns the canonical text form of a value.
  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /// Returns the headers with attributes, as a new map.
  public static Map<String, Object> headers(BasicProperties properties) {
    Map<String, Object> headers = new HashMap<>();
    if (properties.getHeaders() != null) {
      properties
          .getHeaders()
          .forEach(
              (name, value) -> {
                boolean isAttribute = name.startsWith(PREFIX) || name.startsWith(OTHER_PREFIX);
                if (isAttribute && value != null) {
                  headers.put(name, value);
                }
              });
    }
    return headers;
  }
}
