package dev.sluice.adapter.http;

import io.helidon.http.HeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses responses for clients that accept it (RFC 9110, 12.5.3).
final class GzipAnswer {

  /// Below this length compression saves nothing: the response fits into one packet anyway.
  static final int LEAST_BYTES = 1_400;

  private static final int BUFFER = 8 * 1024;

  private GzipAnswer() {}

  /// Whether to compress a response. Sets `Content-Encoding` if so, and `Vary` so that caches know
  /// that the response depends on the request.
  static boolean isFor(Exchange exchange, long bytes) {
    if (bytes < LEAST_BYTES) {
      return false;
    }
    exchange.set(HeaderNames.VARY, "accept-encoding");
    boolean isPacked =
        !exchange.isHead()
            && exchange
                .header(HeaderNames.ACCEPT_ENCODING)
                .filter(GzipAnswer::isWanted)
                .isPresent();
    if (isPacked) {
      exchange.set(HeaderNames.CONTENT_ENCODING, "gzip");
    }
    return isPacked;
  }

  /// Whether the client accepts gzip and does not prefer the plain form.
  ///
  /// @param accepted the header Accept-Encoding
  static boolean isWanted(String accepted) {
    double gzip = -1;
    double identity = -1;
    double others = -1;
    for (String one : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = one.split(";", -1);
      double quality = quality(parts);
      switch (parts[0].strip()) {
        case "gzip", "x-gzip" -> gzip = Math.max(gzip, quality);
        case "identity" -> identity = quality;
        case "*" -> others = quality;
        default -> {
          // An unknown coding.
        }
      }
    }
    double wanted = gzip >= 0 ? gzip : others;
    return wanted > 0 && wanted >= identity;
  }

  /// Returns the quality of a coding. A malformed one counts as 0, because the plain form is always
  /// acceptable.
  private static double quality(String[] parts) {
    for (int index = 1; index < parts.length; index++) {
      String parameter = parts[index].strip();
      if (parameter.startsWith("q=")) {
        String number = parameter.substring(2).strip();
        return number.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(number) : 0;
      }
    }
    return 1;
  }

  static byte[] pack(byte[] body) {
    var packed = new ByteArrayOutputStream(Math.max(64, body.length / 4));
    try (OutputStream target = to(packed)) {
      target.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return packed.toByteArray();
  }

  /// Returns a stream that compresses into `target` and closes it with itself.
  static OutputStream to(OutputStream target) throws IOException {
    return new Fast(target);
  }

  /// Prefers speed to size: the processor has other work.
  private static final class Fast extends GZIPOutputStream {

    Fast(OutputStream target) throws IOException {
      super(target, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
