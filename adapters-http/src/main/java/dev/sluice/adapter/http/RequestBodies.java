package dev.sluice.adapter.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.zip.ZipException;

/// Reads request bodies within two limits: the size of each, and the memory of all at once.
public final class RequestBodies {

  /// Memory that decompressing a body takes.
  private static final int GUNZIP_BYTES = 48 * 1024;

  private final Room room;

  public RequestBodies(long maxBufferedBytes) {
    room = new Room(maxBufferedBytes);
  }

  /// Processes a body while its bytes are in memory.
  public interface Use {
    void with(RequestBody body) throws IOException;
  }

  /// Processes a body that is read piece by piece.
  public interface StreamUse {

    /// Reads and processes the body.
    ///
    /// @param share the request's share of memory
    void with(InputStream body, Room.Share share) throws IOException;
  }

  /// Reads the whole body and passes it to `use`; releases its memory afterwards.
  ///
  /// @param limitFor returns the most bytes allowed, by the first byte that is not white space (-1
  ///   for none)
  /// @throws ProblemException when it is too large or malformed, or no memory is free for it
  public void read(Exchange exchange, IntUnaryOperator limitFor, Use use) throws IOException {
    refuseUnreadable(exchange);
    try (Room.Share share = room.share()) {
      RequestBody body = readWhole(exchange, share, limitFor);
      exchange.now(StallGuard.Phase.WORKING);
      use.with(body);
    }
  }

  /// Opens the body for reading piece by piece.
  ///
  /// @throws ProblemException when it cannot be read, or no memory is free for it
  public void stream(Exchange exchange, StreamUse use) throws IOException {
    refuseUnreadable(exchange);
    try (Room.Share share = room.share()) {
      if (isGzip(exchange)) {
        // Decompression takes memory for each stream, large or small.
        share.reserve(GUNZIP_BYTES);
        try (var body = new Gunzip(exchange.body())) {
          use.with(body, share);
        }
      } else {
        use.with(exchange.body(), share);
      }
    }
  }

  /// Rejects bodies whose length is ambiguous, which could be used to smuggle a second request (RFC
  /// 9112, 6.3), and unknown encodings.
  private static void refuseUnreadable(Exchange exchange) {
    if (isLengthAmbiguous(exchange.request().headers())) {
      exchange.closeAfterwards();
      throw new ProblemException(
          Problem.of(
              ProblemCode.BAD_REQUEST,
              "Send one Content-Length, or Transfer-Encoding: chunked alone: the length of the body"
                  + " is ambiguous."));
    }
    requireKnownEncoding(exchange);
  }

  private static boolean isLengthAmbiguous(ServerRequestHeaders headers) {
    boolean hasEncoding = headers.contains(HeaderNames.TRANSFER_ENCODING);
    boolean hasLength = headers.contains(HeaderNames.CONTENT_LENGTH);
    return (hasEncoding && hasLength)
        || (hasEncoding && !headers.get(HeaderNames.TRANSFER_ENCODING).get().equals("chunked"))
        || (hasLength && headers.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1)
        || (hasLength && headers.get(HeaderNames.CONTENT_LENGTH).get().startsWith("-"));
  }

  private static void requireKnownEncoding(Exchange exchange) {
    String encoding = encodingOf(exchange);
    if (!encoding.equals("identity") && !isGzip(exchange)) {
      exchange.closeAfterwards();
      throw new ProblemException(
          Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                  "Send the body with Content-Encoding: gzip, or without Content-Encoding.")
              .withHeader("Accept-Encoding", "gzip, identity"));
    }
  }

  private static boolean isGzip(Exchange exchange) {
    String encoding = encodingOf(exchange);
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  private static String encodingOf(Exchange exchange) {
    return exchange
        .header(HeaderNames.CONTENT_ENCODING)
        .orElse("identity")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static RequestBody readWhole(
      Exchange exchange, Room.Share share, IntUnaryOperator limitFor) {
    long length = announcedLength(exchange.request().headers());
    if (length == 0) {
      return RequestBody.EMPTY;
    }
    int most = WholeBody.mostOf(limitFor);
    if (length > most) {
      throw tooLarge(exchange, most);
    }
    var reader = new WholeBody(exchange, share, limitFor);
    try {
      return isGzip(exchange)
          ? readUnpacked(exchange, reader)
          : readPlain(exchange, reader, (int) length);
    } catch (IOException | RuntimeException e) {
      throw readFailure(exchange, e);
    }
  }

  /// @return 0 without a body, and [WholeBody#UNKNOWN] when the body is chunked
  private static long announcedLength(ServerRequestHeaders headers) {
    if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
      return Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get());
    }
    return headers.contains(HeaderNames.TRANSFER_ENCODING) ? WholeBody.UNKNOWN : 0;
  }

  private static RequestBody readUnpacked(Exchange exchange, WholeBody reader) throws IOException {
    try (var unpacked = new Gunzip(exchange.body())) {
      return reader.read(unpacked, WholeBody.UNKNOWN);
    }
  }

  private static RequestBody readPlain(Exchange exchange, WholeBody reader, int length)
      throws IOException {
    InputStream in = exchange.body();
    RequestBody body = reader.read(in, length);
    if (body.bytes().length < length) {
      throw cutOff(exchange);
    }
    // Helidon then knows that nothing follows, and does not allocate a buffer to look for more.
    in.close();
    return body;
  }

  /// Converts a failure to read into a problem. Helidon throws exceptions of many kinds for a body
  /// that stops or whose chunks are malformed; all of them are the client's fault.
  public static ProblemException readFailure(Exchange exchange, Exception e) {
    if (e instanceof ProblemException problem) {
      if (problem.problem().code() == ProblemCode.PAYLOAD_TOO_LARGE) {
        exchange.closeAfterwards();
      }
      return problem;
    }
    if (e instanceof ZipException) {
      exchange.closeAfterwards();
      return new ProblemException(
          Problem.of(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage())));
    }
    boolean isCutOff =
        e instanceof IOException
            || e instanceof ServerConnectionException
            || e instanceof DataReader.InsufficientDataAvailableException;
    return isCutOff ? cutOff(exchange) : malformed(exchange);
  }

  private static ProblemException cutOff(Exchange exchange) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(
            ProblemCode.REQUEST_TIMEOUT,
            "Resend the whole body without a long pause: it did not arrive completely in time."));
  }

  private static ProblemException malformed(Exchange exchange) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(
            ProblemCode.BAD_REQUEST,
            "Fix the framing of the body: it does not match the headers."));
  }

  static ProblemException tooLarge(Exchange exchange, long limit) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "Send a body of at most " + limit + " bytes."));
  }
}
