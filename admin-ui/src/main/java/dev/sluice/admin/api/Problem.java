package dev.sluice.admin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem response of the service (RFC 9457).
///
/// @param code stable code for programs
/// @param requestId id of the request in the service's log
/// @param deliveries number of unfinished deliveries that are in the way
public record Problem(
    String title,
    int status,
    String detail,
    String code,
    @Nullable String requestId,
    @Nullable String requiredRole,
    @Nullable String jobId,
    @Nullable Long deliveries,
    @Nullable List<FieldProblem> errors) {

  /// Replaces missing members with empty texts, so that an incomplete problem is still usable.
  public Problem {
    title = title == null ? "" : title;
    detail = detail == null ? "" : detail;
    code = code == null ? "" : code;
  }

  /// An error in one part of the request: a member of the body, a query parameter or a header.
  public record FieldProblem(
      @Nullable String pointer,
      @Nullable String parameter,
      @Nullable String header,
      String detail) {

    /// Returns the name of the part.
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

  /// Returns the problem and its errors in one line, for the user, without a full stop.
  public String sentence() {
    var text = new StringBuilder(withoutFullStop(detail.isEmpty() ? title : detail));
    if (errors != null) {
      errors.forEach(
          error ->
              text.append("; ")
                  .append(error.place())
                  .append(' ')
                  .append(withoutFullStop(error.detail())));
    }
    return text.toString();
  }

  private static String withoutFullStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
