package dev.sluice.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/// Thrown when a body is not valid JSON.
public final class MalformedJsonException extends RuntimeException {

  private static final int MAX_LENGTH = 200;

  public MalformedJsonException(String detail) {
    super(detail);
  }

  /// Returns an exception with the parser's message and the position, but with nothing from the
  /// body except a character or a name.
  public static MalformedJsonException of(JsonProcessingException cause) {
    var location = cause.getLocation();
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new MalformedJsonException(describe(cause) + where);
  }

  private static String describe(JsonProcessingException cause) {
    if (cause instanceof StreamConstraintsException) {
      return constraintOf(cause.getOriginalMessage());
    }
    String message = String.valueOf(cause.getOriginalMessage());
    int end = endOfDescription(message);
    return end <= MAX_LENGTH ? message.substring(0, end) : message.substring(0, MAX_LENGTH) + "…";
  }

  /// The rest of the message is about the parser and its settings.
  private static int endOfDescription(String message) {
    int lineEnd = message.indexOf('\n');
    int line = lineEnd < 0 ? message.length() : lineEnd;
    int marker = message.indexOf(" (start marker at");
    return marker < 0 ? line : Math.min(line, marker);
  }

  private static String constraintOf(String message) {
    if (message.contains("nesting depth")) {
      return "nested deeper than " + Json.MAX_NESTING + " levels";
    }
    if (message.contains("Number value length")) {
      return "a number longer than " + Json.MAX_NUMBER_LENGTH + " characters";
    }
    return "a member name is too long";
  }

  /// Does nothing: the exception is expected and frequent, and a stack trace would only cost time.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
