package dev.sluice.adapter.http;

import io.helidon.http.HeaderNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The entity tag of a response (RFC 9110, 8.8 and 13.1.2), so that a client that polls every
/// second receives only what has changed.
///
/// @param value the header value, with its quotes
public record EntityTag(String value) {

  private static final String WEAK = "W/";
  private static final int BYTES = 12;

  /// Returns a strong tag, for a response that is equal byte for byte.
  public static EntityTag ofAll(byte[] content) {
    return new EntityTag('"' + digest(content) + '"');
  }

  /// Returns a weak tag, for responses that differ only in times.
  ///
  /// @param content the parts of the response that matter
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

  /// Responds with the body, or with 304 when the client already has it.
  public void answer(Exchange exchange, byte[] body) {
    exchange.set(HeaderNames.ETAG, value);
    // A cache may keep it but must revalidate it.
    exchange.set(HeaderNames.CACHE_CONTROL, "no-cache");
    if (exchange.header(HeaderNames.IF_NONE_MATCH).filter(this::isAmong).isPresent()) {
      exchange.empty(304);
    } else {
      exchange.json(200, body);
    }
  }

  /// Whether a list of tags contains this one, by weak comparison.
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
