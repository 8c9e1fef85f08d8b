package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Reads a body into memory, and takes room for it as it comes: what a client announces and does
/// not send costs nothing.
final class WholeBody {

  static final int UNKNOWN = -1;

  private final Exchange exchange;
  private final Room.Share share;
  private final IntUnaryOperator limitFor;
  private byte[] body = new byte[0];
  private int length;
  private int blanks;

  /// @param limitFor the most bytes there may be, by the first byte that is not white space
  WholeBody(Exchange exchange, Room.Share share, IntUnaryOperator limitFor) {
    this.exchange = exchange;
    this.share = share;
    this.limitFor = limitFor;
  }

  /// Reads to the end.
  ///
  /// @param announced how many bytes there are, or [#UNKNOWN]
  /// @return fewer bytes than announced when there are no more
  byte[] read(InputStream in, int announced) throws IOException {
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
      int limit = limit();
      if (length > limit || announced > limit) {
        throw RequestBodies.tooLarge(exchange, limit);
      }
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  private void grow(int announced) {
    int most = announced == UNKNOWN ? limit() + 1 : announced;
    int larger = (int) Math.min(most, body.length * 2L);
    share.hold(larger);
    body = Arrays.copyOf(body, larger);
  }

  /// Looks at each byte of white space once, however slowly the body comes.
  private int limit() {
    while (blanks < length && body[blanks] >= 0 && body[blanks] <= ' ') {
      blanks++;
    }
    return blanks < length
        ? limitFor.applyAsInt(body[blanks])
        : Math.max(limitFor.applyAsInt('['), limitFor.applyAsInt('{'));
  }
}
