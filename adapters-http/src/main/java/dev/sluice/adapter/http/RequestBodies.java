package dev.sluice.adapter.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.IntUnaryOperator;

/// Reads bodies, never more than allowed: per body, and over all of them at once.
final class RequestBodies {

  /// Bodies up to this length are not counted: there are no more of them than connections.
  private static final int SMALL = 16 * 1024;

  private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(1);
  private static final int KIB = 1024;

  /// Room for larger bodies, in KiB.
  private final Semaphore room;

  RequestBodies(long maxBufferedBytes) {
    room = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(1, maxBufferedBytes / KIB)));
  }

  /// What is done with a body while its bytes are in memory.
  interface Use {
    void with(byte[] body) throws IOException;
  }

  /// Reads the whole body and hands it to `use`; its room is free again afterwards.
  ///
  /// @param limitFor tells the most bytes there may be, from the first byte that is not white space
  ///   (-1 for none)
  /// @throws ProblemException when it is too large, broken, or there is no room for it now
  void read(Exchange exchange, IntUnaryOperator limitFor, Use use) throws IOException {
    refuseUnreadable(exchange);
    int taken = 0;
    try {
      byte[] body;
      ServerRequestHeaders headers = exchange.request().headers();
      if (headers.contains(HeaderNames.CONTENT_LENGTH)) {
        long length = Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get());
        // What is over the limit is refused for good below, not for lack of room.
        taken = takeRoom(Math.min(length, mostOf(limitFor)));
        body = readSized(exchange, length, limitFor);
      } else if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
        int most = mostOf(limitFor);
        taken = takeRoom(most);
        body = readChunked(exchange, limitFor);
      } else {
        body = new byte[0];
      }
      exchange.now(ConnectionWatch.Phase.WORKING);
      use.with(body);
    } finally {
      room.release(taken);
    }
  }

  /// Opens the body for reading bit by bit.
  InputStream open(Exchange exchange) {
    refuseUnreadable(exchange);
    return exchange.body();
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
              "the length of the body is not clear: send one Content-Length, or Transfer-Encoding: chunked alone"));
    }
    String encoding = exchange.header(HeaderNames.CONTENT_ENCODING).orElse("identity");
    if (!encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      exchange.closeAfterwards();
      throw new ProblemException(
          Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "send the body without a Content-Encoding")
              .withHeader("Accept-Encoding", "identity"));
    }
  }

  private static int mostOf(IntUnaryOperator limitFor) {
    return Math.max(limitFor.applyAsInt('['), limitFor.applyAsInt('{'));
  }

  private int takeRoom(long bytes) {
    if (bytes <= SMALL) {
      return 0;
    }
    int wanted = (int) Math.min(Integer.MAX_VALUE, bytes / KIB + 1);
    if (!room.tryAcquire(wanted)) {
      throw new ProblemException(
          Problem.later(
              ProblemCode.OVERLOADED,
              "too many large requests at once; send this one again",
              WAIT_FOR_ROOM));
    }
    return wanted;
  }

  private static byte[] readSized(Exchange exchange, long length, IntUnaryOperator limitFor) {
    if (length == 0) {
      return new byte[0];
    }
    int most = mostOf(limitFor);
    if (length > most) {
      throw tooLarge(exchange, most);
    }
    try {
      InputStream in = exchange.body();
      byte[] body = in.readNBytes((int) length);
      if (body.length < length) {
        throw cutOff(exchange);
      }
      int limit = limitFor.applyAsInt(firstCharacter(body, body.length));
      if (length > limit) {
        throw tooLarge(exchange, limit);
      }
      return body;
    } catch (IOException | RuntimeException e) {
      throw readFailure(exchange, e);
    }
  }

  private static byte[] readChunked(Exchange exchange, IntUnaryOperator limitFor) {
    try {
      InputStream in = exchange.body();
      byte[] body = new byte[SMALL];
      int length = 0;
      for (int read = in.read(body, 0, body.length);
          read > 0;
          read = in.read(body, length, body.length - length)) {
        length += read;
        int limit = limitFor.applyAsInt(firstCharacter(body, length));
        if (length > limit) {
          throw tooLarge(exchange, limit);
        }
        if (length == body.length) {
          body = Arrays.copyOf(body, Math.min(length * 2, limit + 1));
        }
      }
      return Arrays.copyOf(body, length);
    } catch (IOException | RuntimeException e) {
      throw readFailure(exchange, e);
    }
  }

  private static int firstCharacter(byte[] body, int length) {
    for (int index = 0; index < length; index++) {
      if (body[index] > ' ') {
        return body[index];
      }
    }
    return -1;
  }

  /// What a failure to read means for the client. Helidon throws exceptions of many kinds for a
  /// body that stops or whose chunks are malformed; all of them are the client's doing.
  static ProblemException readFailure(Exchange exchange, Exception e) {
    if (e instanceof ProblemException problem) {
      return problem;
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

  private static ProblemException tooLarge(Exchange exchange, long limit) {
    exchange.closeAfterwards();
    return new ProblemException(
        Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "the body may have at most " + limit + " bytes"));
  }
}
