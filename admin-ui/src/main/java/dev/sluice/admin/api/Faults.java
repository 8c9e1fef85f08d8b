package dev.sluice.admin.api;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Reads what went wrong from an answer.
final class Faults {

  private Faults() {}

  /// What an answer that is no success means.
  static Fault of(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    Optional<Problem> problem = problem(response);
    String why = problem.map(Problem::sentence).orElse("the service answered " + status);
    return switch (status) {
      case 401 -> new Fault.KeyRefused(why);
      case 403 ->
          new Fault.Forbidden(why, problem.flatMap(p -> Optional.ofNullable(p.requiredRole())));
      case 429, 503 -> new Fault.Busy(status, why, retryAfter(response));
      // From what stands before the service, or from a service in trouble: it may be over soon.
      default -> status >= 500 ? new Fault.Unreachable(why) : refused(problem, why);
    };
  }

  private static Fault refused(Optional<Problem> problem, String why) {
    return problem
        .<Fault>map(Fault.Refused::new)
        .orElseGet(() -> new Fault.Garbage(why + ", which is not how Sluice answers"));
  }

  /// For an answer that cannot be understood.
  static ApiException garbage(HttpResponse<byte[]> response, IOException wrong) {
    String first = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    return new ApiException(
        new Fault.Garbage(
            "what "
                + response.request().uri().getPath()
                + " answered is not understood: "
                + first));
  }

  private static Optional<Problem> problem(HttpResponse<byte[]> response) {
    boolean said =
        response
            .headers()
            .firstValue("Content-Type")
            .filter(type -> type.startsWith("application/problem+json"))
            .isPresent();
    if (!said) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(response.body(), Problem.class));
    } catch (IOException wrong) {
      return Optional.empty();
    }
  }

  private static Duration retryAfter(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }
}
