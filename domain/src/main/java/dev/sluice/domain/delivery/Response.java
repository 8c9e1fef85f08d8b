package dev.sluice.domain.delivery;

import dev.sluice.domain.event.StorableText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a receiver answered to an attempt, as far as it is kept.
///
/// @param url where the request was sent
/// @param status the HTTP status; 0 when there was no complete response
/// @param headers a few of the headers, by their names in lower case
/// @param body the beginning of the body, at most [#MAX_BODY_LENGTH] characters
/// @param isCut whether more of the body came, or would have come
/// @param times how long the parts of the request took
public record Response(
    String url, int status, Map<String, String> headers, String body, boolean isCut, Times times) {

  /// The rest of a longer body is not kept; in UTF-16 units.
  public static final int MAX_BODY_LENGTH = 16 * 1024;

  private static final int MAX_HEADER_LENGTH = 256;

  public Response {
    var storable = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> storable.put(name, StorableText.of(value, MAX_HEADER_LENGTH)));
    headers = Collections.unmodifiableMap(storable);
    isCut = isCut || body.length() > MAX_BODY_LENGTH;
    body = StorableText.of(body, MAX_BODY_LENGTH);
  }

  /// How long the parts of a request took. A part that did not happen is empty: with a connection
  /// that was used before, there is nothing to resolve.
  ///
  /// @param resolve the lookup of the name
  /// @param connect until the connection was made
  /// @param tls the TLS handshake
  /// @param firstByte from the start of the attempt until the head of the response was read
  /// @param total from the start of the attempt to its end
  public record Times(
      Optional<Duration> resolve,
      Optional<Duration> connect,
      Optional<Duration> tls,
      Optional<Duration> firstByte,
      Duration total) {}
}
