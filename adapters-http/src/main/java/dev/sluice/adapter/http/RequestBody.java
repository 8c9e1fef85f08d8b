package dev.sluice.adapter.http;

/// A complete request body.
///
/// @param bytes the bytes
/// @param first the first byte that is not white space; -1 without one
public record RequestBody(byte[] bytes, int first) {

  static final RequestBody EMPTY = new RequestBody(new byte[0], -1);
}
