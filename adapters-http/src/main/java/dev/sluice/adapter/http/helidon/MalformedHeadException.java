package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import java.io.Serial;

/// Thrown when the head or the framing of a request violates RFC 9112, so that what follows cannot
/// be interpreted.
final class MalformedHeadException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final ProblemCode code;

  MalformedHeadException(String detail) {
    this(ProblemCode.BAD_REQUEST, detail);
  }

  MalformedHeadException(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
  }

  static MalformedHeadException unclearLength() {
    return new MalformedHeadException(
        "Send one Content-Length, or Transfer-Encoding: chunked alone: the length of the body is"
            + " ambiguous.");
  }

  Problem problem() {
    return Problem.of(code, String.valueOf(getMessage()));
  }
}
