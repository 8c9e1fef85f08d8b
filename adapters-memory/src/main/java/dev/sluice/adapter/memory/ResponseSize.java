package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.Response;
import java.util.Map;

/// Estimates how much memory a response takes besides its attempt.
final class ResponseSize {

  /// Memory of a response besides its texts: the objects of the response and its times.
  private static final int FIXED_BYTES = 400;

  /// Memory of a header besides its texts.
  private static final int BYTES_OF_A_HEADER = 150;

  private ResponseSize() {}

  /// Returns the size of the response to an attempt, in about the measure of events; 0 when there
  /// is none.
  static long of(Attempt attempt) {
    return attempt.response().map(ResponseSize::of).orElse(0L);
  }

  private static long of(Response response) {
    long size = (long) FIXED_BYTES + response.url().length() + response.body().length();
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      size += BYTES_OF_A_HEADER + header.getKey().length() + header.getValue().length();
    }
    return size;
  }
}
