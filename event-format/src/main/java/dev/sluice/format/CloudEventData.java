package dev.sluice.format;

import dev.sluice.domain.event.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Converts the data of a CloudEvent to a payload, which is JSON, so that it is the same in every
/// mode: JSON unchanged, text and XML as a JSON string, anything else as `{"data_base64": "…"}`.
public final class CloudEventData {

  private static final String BEFORE_BASE64 = "{\"data_base64\":\"";
  private static final String AFTER_BASE64 = "\"}";

  private CloudEventData() {}

  /// Reads data that is the whole body (binary mode).
  ///
  /// @throws MalformedJsonException when it should be JSON but is not
  public static void read(Optional<String> contentType, byte[] data, DraftBuilder draft) {
    ContentType type = ContentType.parse(contentType.orElse("application/json"));
    if (data.length == 0) {
      draft.payload("null");
    } else if (type.isJson()) {
      draft.payload(json(data));
    } else if (type.isText() || type.isXml()) {
      Optional<String> text = charset(type).flatMap(charset -> decode(data, charset));
      if (text.isEmpty() && type.isText() && type.charset().isEmpty()) {
        draft.problem("", "must be valid UTF-8");
      }
      draft.payload(text.map(CloudEventData::quoted).orElseGet(() -> inBase64(data)));
    } else {
      draft.payload(inBase64(data));
    }
  }

  private static String json(byte[] data) {
    JsonCursor json = JsonCursor.document(data);
    String text = json.raw();
    json.requireEnd();
    return text;
  }

  /// Returns the charset of a text; empty when the JDK does not know it.
  static Optional<Charset> charset(ContentType type) {
    try {
      return type.charset().isEmpty()
          ? Optional.of(StandardCharsets.UTF_8)
          : type.charset().filter(Charset::isSupported).map(Charset::forName);
    } catch (IllegalCharsetNameException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> decode(byte[] data, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(data)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String quoted(String text) {
    return new String(Json.write(json -> json.writeString(text)), StandardCharsets.UTF_8);
  }

  private static String inBase64(byte[] data) {
    return BEFORE_BASE64 + Base64.getEncoder().encodeToString(data) + AFTER_BASE64;
  }

  /// Returns the binary data that became this payload; empty for other payloads.
  public static Optional<byte[]> binary(Payload payload) {
    String json = payload.json();
    int end = json.length() - AFTER_BASE64.length();
    if (!json.startsWith(BEFORE_BASE64) || !json.endsWith(AFTER_BASE64)) {
      return Optional.empty();
    }
    try {
      byte[] data = Base64.getDecoder().decode(json.substring(BEFORE_BASE64.length(), end));
      return Optional.of(data).filter(found -> inBase64(found).equals(json));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Returns the payload for `data_base64`, in one spelling.
  ///
  /// @return empty when the text is not base64 (RFC 4648, 4)
  static Optional<String> ofBase64(String text) {
    try {
      return Optional.of(inBase64(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
