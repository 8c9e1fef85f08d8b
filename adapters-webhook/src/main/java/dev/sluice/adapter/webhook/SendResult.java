package dev.sluice.adapter.webhook;

import java.util.Map;
import java.util.Optional;

/// What became of a request.
sealed interface SendResult {

  SendTimes times();

  /// The receiver responded.
  ///
  /// @param status from 200 to 599, or another number of three digits
  /// @param headers those of interest, by name in lower case, each value cut to
  ///   [KeptHeaders#MAX_VALUE] characters
  /// @param body the beginning of the body
  record Responded(int status, Map<String, String> headers, ResponseBody body, SendTimes times)
      implements SendResult {

    public Responded {
      headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /// There was no complete response.
  ///
  /// @param message a sentence for the receiver's owner
  record Failed(FailureKind kind, String message, SendTimes times) implements SendResult {}
}
