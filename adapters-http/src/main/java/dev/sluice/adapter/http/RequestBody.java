package dev.sluice.adapter.http;

/// A whole body. Its bytes are not copied and must not be changed.
public final class RequestBody {

  static final RequestBody EMPTY = new RequestBody(new byte[0], -1);

  private final byte[] bytes;
  private final int first;

  /// @param first the first byte that is not white space; -1 without one
  RequestBody(byte[] bytes, int first) {
    this.bytes = bytes;
    this.first = first;
  }

  public byte[] bytes() {
    return bytes;
  }

  /// Returns the first byte that is not white space; -1 without one.
  public int first() {
    return first;
  }
}
