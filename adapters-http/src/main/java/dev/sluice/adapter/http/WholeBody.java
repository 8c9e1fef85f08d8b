package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Reads a body into memory and reserves memory as it arrives: bytes that a client announces but
/// does not send cost nothing.
final class WholeBody {

  static final int UNKNOWN = -1;

  private final Exchange exchange;
  private final Room.Share share;
  private final IntUnaryOperator limitFor;
  private byte[] body = new byte[0];
  private int length;
  private int blanks;
  private int limit = UNKNOWN;

  /// @param limitFor returns the most bytes allowed, by the first byte that is not white space
  WholeBody(Exchange exchange, Room.Share share, IntUnaryOperator limitFor) {
    this.exchange = exchange;
    this.share = share;
    this.limitFor = limitFor;
  }

  /// Reads the body to its end.
  ///
  /// @param announced how many bytes there are, or [#UNKNOWN]
  /// @return fewer bytes than announced when the body ends early
  RequestBody read(InputStream in, int announced) throws IOException {
    body = new byte[announced == UNKNOWN ? Room.FREE : Math.min(announced, Room.FREE)];
    while (length != announced) {
      if (length == body.length) {
        grow(announced);
      }
      int read = in.read(body, length, body.length - length);
      if (read <= 0) {
        break;
      }
      length += read;
      if (length > limit() || announced > limit()) {
        throw RequestBodies.tooLarge(exchange, limit());
      }
    }
    byte[] bytes = length == body.length ? body : Arrays.copyOf(body, length);
    return new RequestBody(bytes, blanks < length ? bytes[blanks] : -1);
  }

  private void grow(int announced) {
    int most = announced == UNKNOWN ? limit() + 1 : announced;
    int larger = (int) Math.min(most, body.length * 2L);
    share.hold(larger);
    body = Arrays.copyOf(body, larger);
  }

  /// Returns the size limit. Checks each byte up to the first that is not white space only once,
  /// however slowly the body arrives.
  private int limit() {
    if (limit == UNKNOWN) {
      while (blanks < length && body[blanks] >= 0 && body[blanks] <= ' ') {
        blanks++;
      }
      if (blanks == length) {
        return mostOf(limitFor);
      }
      limit = limitFor.applyAsInt(body[blanks]);
    }
    return limit;
  }

  /// Returns the largest size that any body may have.
  static int mostOf(IntUnaryOperator limitFor) {
    return Math.max(limitFor.applyAsInt('['), limitFor.applyAsInt('{'));
  }
}
