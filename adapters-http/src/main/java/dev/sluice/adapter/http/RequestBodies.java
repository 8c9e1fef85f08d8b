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

/// Reads bodies, never more than allowed: per body, and over all of them at once.
public final class RequestBodies {

  /// What unpacking a body takes.
  private static final int GUNZIP_BYTES = 48 * 1024;

  private final Room room;

  public RequestBodies(long maxBufferedBytes) {
    room = new Room(maxBufferedBytes);
  }

  /// What is done with a body while its bytes are in memory.
  public interface Use {
    void with(byte[] body) throws IOException;
  }

  /// What is done with a body that is read bit by bit.
  public interface StreamUse {

    /// Reads the body and does what is to be done.
    ///
    /// @param share what the request may hold
    void with(InputStream body, Room.Share share) throws IOException;
  }

  /// Reads the whole body and hands it to `use`; its room is free again afterwards.
  ///
  /// @param limitFor tells the most bytes there may be, from the first byte that is not white space
  ///   (-1 for none)
  /// @throws ProblemException when it is too large, broken, or there is no room for it now
  public void read(Exchange exchange, IntUnaryOperator limitFor, Use use) throws IOException {
    refuseUnreadable(exchange);
    try (Room.Share share = room.share()) {
      byte[] body = readWhole(exchange, share, limitFor);
      exchange.now(StallGuard.Phase.WORKING);
      use.with(body);
    }
  }

  /// Opens the body for reading bit by bit.
  ///
  /// @throws ProblemException when it cannot be read, or there is no room
  public void stream(Exchange exchange, StreamUse use) throws IOException {
    refuseUnreadable(exchange);
    try (Room.Share share = room.share()) {
      if (isGzip(exchange)) {
        // Unpacking takes memory for each stream, large or small.
        share.reserve(GUNZIP_BYTES);
        try (var body = new Gunzip(exchange.body())) {
          use.with(body, share);
        }
      } else {
        use.with(exchange.body(), share);
      }
    }
  }

  /// Refuses what could be read in two ways, and so be used to smuggle a second request (RFC 9112,
  /// 6.3), and encodings.
  private static void refuseUnreadable(Exchange exchange) {
    ServerRequestHeaders headers = exchange.request().headers();
    boolean hasEncoding = headers.contains(HeaderNames.TRANSFER_ENCODING);
    boolean hasLength = headers.contains(HeaderNames.CONTENT_LENGTH);
    boolean isAmbiguous =
        (hasEncoding && hasLength)
            || (hasEncoding && !headers.get(HeaderNames.TRANSFER_ENCODING).get().equals("chunked"))
            || (hasLength && headers.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1)
            || (hasLength && headers.get(HeaderNames.CONTENT_LENGTH).get().startsWith("-"));
    if (isAmbiguous) {
      exchange.closeAfterwards();
      throw new ProblemException(
          Problem.of(
              ProblemCode.BAD_REQUEST,
              "the length of the body is not clear: send one Content-Length, or Transfer-Encoding:"
                  + " chunked alone"));
    }
    requireKnownEncoding(exchange);
  }

  private static void requireKnownEncoding(Exchange exchange) {
    String encoding = encodingOf(exchange);
    if (!encoding.equals("identity") && !isGzip(exchange)) {
      exchange.closeAfterwards();
      throw new ProblemException(
          Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                  "send the body with Content-Encoding: gzip, or without one")
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

  private static int mostOf(IntUnaryOperator limitFor) {
    return Math.max(limitFor.applyAsInt('['), limitFor.applyAsInt('{'));
  }

  private static byte[] readWhole(Exchange exchange, Room.Share share, IntUnaryOperator limitFor) {
    ServerRequestHeaders headers = exchange.request().headers();
    boolean hasLength = headers.contains(HeaderNames.CONTENT_LENGTH);
    if (!hasLength && !headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      return new byte[0];
    }
    long length = hasLength ? Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get()) : -1;
    if (length == 0) {
      return new byte[0];
    }
    int most = mostOf(limitFor);
    if (length > most) {
      throw tooLarge(exchange, most);
    }
    var reader = new WholeBody(exchange, share, limitFor);
    try {
      if (isGzip(exchange)) {
        try (var unpacked = new Gunzip(exchange.body())) {
          return reader.read(unpacked, WholeBody.UNKNOWN);
        }
      }
      InputStream in = exchange.body();
      byte[] body = reader.read(in, (int) length);
      if (body.length < length) {
        throw cutOff(exchange);
      }
      // Helidon then knows that nothing follows, and does not look for it with a buffer of its own.
      in.close();
      return body;
    } catch (IOException | RuntimeException e) {
      throw readFailure(exchange, e);
    }
  }

  /// What a failure to read means for the client. Helidon throws exceptions of many kinds for a
  /// body that stops or whose chunks are malformed; all of them are the client's doing.
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
        Problem.of(ProblemCode.REQUEST_TIMEOUT, "the body did not arrive whole and in time"));
  }

  private static ProblemException malformed(Exchange exchange) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(ProblemCode.BAD_REQUEST, "the body is not framed as its headers say"));
  }

  static ProblemException tooLarge(Exchange exchange, long limit) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "the body may have at most " + limit + " bytes"));
  }
}
