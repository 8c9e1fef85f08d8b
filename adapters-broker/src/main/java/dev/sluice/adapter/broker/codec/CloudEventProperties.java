package dev.sluice.adapter.broker.codec;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The attributes of a CloudEvent in binary mode, which stand in the headers of its message (AMQP
/// binding, 3.1.3): RabbitMQ shows the application properties of AMQP 1.0 as headers of AMQP 0-9-1.
public final class CloudEventProperties {

  private static final String PREFIX = "cloudEvents:";

  /// For clients that cannot have colons in names; the two spellings mean the same.
  private static final String OTHER_PREFIX = "cloudEvents_";

  private CloudEventProperties() {}

  /// The attributes as text by name; none when the message is no such event.
  public static Map<String, String> attributes(BasicProperties properties) {
    Map<String, String> attributes = new HashMap<>();
    headers(properties)
        .forEach((name, value) -> attributes.put(name.substring(PREFIX.length()), text(value)));
    return attributes;
  }

  /// The canonical text form of a value.
  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /// The headers that hold them, in a map of its own.
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
