package dev.sluice.adapter.webhook;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// Says what an exception of the client means.
final class FailureClassifier {

  private static final int MAX_MESSAGE = 300;

  private FailureClassifier() {}

  static SendResult.Failed of(IOException failure, RequestProgress attempt) {
    FailureKind kind = kind(failure, attempt);
    return new SendResult.Failed(kind, message(kind, failure, attempt), attempt.times());
  }

  private static FailureKind kind(IOException failure, RequestProgress attempt) {
    if (failure instanceof RefusedAddressException) {
      return FailureKind.REFUSED_ADDRESS;
    }
    if (attempt.isExpired()) {
      return FailureKind.TIMEOUT;
    }
    if (Thread.currentThread().isInterrupted()) {
      return FailureKind.INTERRUPTED;
    }
    return switch (attempt.phase()) {
      case WAIT -> FailureKind.NO_CONNECTION;
      case RESOLVE -> FailureKind.RESOLVE;
      case CONNECT -> FailureKind.CONNECT;
      case TLS -> FailureKind.TLS;
      case EXCHANGE, BODY -> exchangeKind(failure);
    };
  }

  private static FailureKind exchangeKind(IOException failure) {
    return switch (failure) {
      case SSLException _ -> FailureKind.TLS;
      case SocketTimeoutException _ -> FailureKind.TIMEOUT;
      case NoHttpResponseException _, ConnectionClosedException _, SocketException _ ->
          FailureKind.RESET;
      default -> FailureKind.PROTOCOL;
    };
  }

  private static String message(FailureKind kind, IOException failure, RequestProgress attempt) {
    return switch (kind) {
      case REFUSED_ADDRESS -> detail(failure);
      case TIMEOUT ->
          "No complete response within "
              + attempt.deadline().toMillis()
              + " ms; stopped while "
              + attempt.phase();
      case RESOLVE -> "The name could not be resolved: " + detail(failure);
      case CONNECT -> "No connection: " + detail(failure);
      case TLS -> "TLS failed: " + detail(failure);
      case RESET ->
          "The receiver ended the connection while " + attempt.phase() + ": " + detail(failure);
      case PROTOCOL -> "The response is not valid HTTP: " + detail(failure);
      case NO_CONNECTION -> "All connections to the receiver are in use.";
      case INTERRUPTED -> "The attempt was stopped while " + attempt.phase();
    };
  }

  /// Names the deepest cause, which is where the certificate or the port is mentioned.
  private static String detail(Throwable failure) {
    Throwable deepest = failure;
    for (int depth = 0; depth < 10 && deepest.getCause() != null; depth++) {
      deepest = deepest.getCause();
    }
    String message =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    return message.substring(0, Math.min(MAX_MESSAGE, message.length()));
  }
}
