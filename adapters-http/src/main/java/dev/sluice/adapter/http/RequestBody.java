package dev.sluice.adapter.http;

/// A whole body.
///
/// @param bytes its bytes
/// @param first its first byte that is not white space; -1 without one
public record RequestBody(byte[] bytes, int first) {

  static final RequestBody EMPTY = new RequestBody(new byte[0], -1);
}
