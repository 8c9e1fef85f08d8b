package dev.sluice.adapter.http;

import dev.sluice.format.FieldProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Why a request was not carried out (RFC 9457).
///
/// @param code the kind of problem
/// @param detail what happened this time, and what to do next
/// @param errors the parts of the request that are wrong
/// @param extra further members of the response: texts and whole numbers
/// @param headers headers of the response
public record Problem(
    ProblemCode code,
    String detail,
    List<FieldProblem> errors,
    Map<String, Object> extra,
    Map<String, String> headers) {

  public Problem {
    errors = List.copyOf(errors);
    extra = Map.copyOf(extra);
    headers = Map.copyOf(headers);
  }

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of(), Map.of(), Map.of());
  }

  /// Creates a problem with wrong parts of the request.
  public static Problem of(ProblemCode code, String detail, List<FieldProblem> errors) {
    return new Problem(code, detail, errors, Map.of(), Map.of());
  }

  /// Creates a problem that may go away, with the time after which to retry.
  public static Problem later(ProblemCode code, String detail, Duration retryAfter) {
    return of(code, detail)
        .withHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  public Problem withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(code, detail, errors, extra, more);
  }

  public Problem with(String member, String value) {
    return withExtra(member, value);
  }

  public Problem with(String member, long value) {
    return withExtra(member, value);
  }

  private Problem withExtra(String member, Object value) {
    var more = new LinkedHashMap<>(extra);
    more.put(member, value);
    return new Problem(code, detail, errors, more, headers);
  }

  /// Whether to close the connection afterwards, because this node accepts no more requests.
  boolean endsConnection() {
    return code == ProblemCode.DRAINING;
  }

  public int status() {
    return code.status();
  }
}
