package dev.sluice.format;

import dev.sluice.domain.event.Event;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The payload of an event as the data of a CloudEvent in binary mode: what [CloudEventData] read,
/// with the content type that it had.
public final class CloudEventPayload {

  private static final String CONTENT_TYPE = "datacontenttype";
  private static final String JSON = "application/json";
  private static final String BINARY = "application/octet-stream";

  /// A media type that can be sent in a header.
  private static final Pattern SENDABLE =
      Pattern.compile("[!-~&&[^;/]]+/[!-~&&[^;/]]+( *;[ -~]*)?");

  private static final int MAX_LENGTH = 255;

  private final String contentType;
  private final byte[] bytes;

  private CloudEventPayload(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
  }

  /// Returns the data of an event. Binary data is decoded, unless the event says that it is JSON.
  public static CloudEventPayload of(Event event) {
    Optional<String> declared = declared(event);
    Optional<ContentType> type = declared.map(ContentType::parse);
    String json = event.payload().json();
    if (type.filter(ContentType::isJson).isPresent()) {
      return ofJson(jsonType(declared.get(), type.get()), json);
    }
    Optional<byte[]> binary = CloudEventData.binary(event.payload());
    if (binary.isPresent()) {
      return new CloudEventPayload(declared.orElse(BINARY), binary.get());
    }
    if (type.isPresent() && json.equals("null")) {
      return new CloudEventPayload(declared.get(), new byte[0]);
    }
    return type.isPresent() && json.startsWith("\"")
        ? ofText(declared.get(), type.get(), JsonSkip.text(json, 0, json.length()))
        : ofJson(JSON, json);
  }

  /// Returns the content type that the event names. A receiver would take a body that is declared
  /// as a CloudEvent for the event itself (HTTP binding, 3), so that such a type is left out.
  private static Optional<String> declared(Event event) {
    return Optional.ofNullable(event.attributes().values().get(CONTENT_TYPE))
        .filter(text -> text.length() <= MAX_LENGTH && SENDABLE.matcher(text).matches())
        .filter(text -> !ContentType.isCloudEvents(Optional.of(text)));
  }

  private static String jsonType(String declared, ContentType type) {
    boolean isUtf8 =
        type.charset().map(StandardCharsets.UTF_8.name()::equalsIgnoreCase).orElse(true);
    return isUtf8 ? declared : type.type();
  }

  private static CloudEventPayload ofJson(String contentType, String json) {
    return new CloudEventPayload(contentType, json.getBytes(StandardCharsets.UTF_8));
  }

  private static CloudEventPayload ofText(String declared, ContentType type, String text) {
    Optional<Charset> charset =
        CloudEventData.charset(type)
            .filter(one -> one.canEncode() && one.newEncoder().canEncode(text));
    return charset.isPresent()
        ? new CloudEventPayload(declared, text.getBytes(charset.get()))
        : new CloudEventPayload(
            type.type() + "; charset=utf-8",
            ShownText.of(text, text.length()).getBytes(StandardCharsets.UTF_8));
  }

  public String contentType() {
    return contentType;
  }

  /// Returns the data. It is not copied: the caller does not change it.
  public byte[] bytes() {
    return bytes;
  }
}
