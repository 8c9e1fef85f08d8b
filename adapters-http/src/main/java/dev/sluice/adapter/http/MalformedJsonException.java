package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/// A body is not the JSON it should be.
final class MalformedJsonException extends RuntimeException {

  MalformedJsonException(String detail) {
    super(detail);
  }

  /// What the parser complained about, with the place, and without anything of the body but a
  /// character or a name.
  static MalformedJsonException of(JsonProcessingException cause) {
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
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
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

  /// Expected and frequent: a stack trace would only cost time.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
