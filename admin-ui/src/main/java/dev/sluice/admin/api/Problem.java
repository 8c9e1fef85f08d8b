package dev.sluice.admin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why the service did not do as asked (RFC 9457).
///
/// @param code what a program may branch on
/// @param requestId finds the request in the service's log
public record Problem(
    String title,
    int status,
    String detail,
    String code,
    @Nullable String requestId,
    @Nullable String requiredRole,
    @Nullable String jobId,
    @Nullable List<FieldProblem> errors) {

  /// Mends what is missing: a problem that is not told in full is still one.
  public Problem {
    title = title == null ? "" : title;
    detail = detail == null ? "" : detail;
    code = code == null ? "" : code;
  }

  /// What is wrong with one part of what was sent: something in the body, a query parameter, or a
  /// header.
  public record FieldProblem(
      @Nullable String pointer,
      @Nullable String parameter,
      @Nullable String header,
      String detail) {

    /// The name of the part.
    String place() {
      if (pointer != null) {
        return pointer;
      }
      if (parameter != null) {
        return parameter;
      }
      return header == null ? "" : header;
    }
  }

  /// All of it in one line for a person.
  public String sentence() {
    var text = new StringBuilder(detail.isEmpty() ? title : detail);
    if (errors != null) {
      errors.forEach(
          error -> text.append("; ").append(error.place()).append(' ').append(error.detail()));
    }
    return text.toString();
  }
}
