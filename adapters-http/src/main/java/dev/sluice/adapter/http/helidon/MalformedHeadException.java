package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import java.io.Serial;

/// The head of a request breaks a rule of RFC 9112, so that what follows it cannot be told for
/// sure.
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
        "the length of the body is not clear: send one Content-Length, or Transfer-Encoding:"
            + " chunked alone");
  }

  Problem problem() {
    return Problem.of(code, String.valueOf(getMessage()));
  }
}
