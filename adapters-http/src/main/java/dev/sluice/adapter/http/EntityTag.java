package dev.sluice.adapter.http;

import io.helidon.http.HeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Says whether a client has an answer already (RFC 9110, 8.8 and 13.1.2), so that whoever looks
/// every second is sent only what is new.
///
/// @param value as it stands in the header, with its quotes
public record EntityTag(String value) {

  private static final String WEAK = "W/";
  private static final int BYTES = 12;

  /// The tag of an answer that is equal byte for byte.
  public static EntityTag ofAll(byte[] content) {
    return new EntityTag('"' + digest(content) + '"');
  }

  /// The tag of an answer that says the same, though times in it may differ: a weak one.
  ///
  /// @param content what matters of the answer
  public static EntityTag ofWhatMatters(byte[] content) {
    return new EntityTag(WEAK + '"' + digest(content) + '"');
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Answers with the body, or 304 without it when the client has it.
  public void answer(Exchange exchange, byte[] body) {
    exchange.set(HeaderNames.ETAG, value);
    // To be kept, but not to be used without asking.
    exchange.set(HeaderNames.CACHE_CONTROL, "no-cache");
    if (exchange.header(HeaderNames.IF_NONE_MATCH).filter(this::isAmong).isPresent()) {
      exchange.empty(304);
    } else {
      exchange.json(200, body);
    }
  }

  /// Whether a list of tags names this one; weak and strong ones are compared alike.
  boolean isAmong(String tags) {
    return tags.strip().equals("*")
        || Arrays.stream(tags.split(",", -1))
            .map(tag -> opaque(tag.strip()))
            .anyMatch(opaque(value)::equals);
  }

  private static String opaque(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
