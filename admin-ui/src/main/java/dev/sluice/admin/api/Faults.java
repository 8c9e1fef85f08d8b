package dev.sluice.admin.api;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Turns responses that are not a success into faults.
final class Faults {

  private Faults() {}

  /// Returns the fault that a response stands for.
  static Fault of(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    Optional<Problem> problem = problem(response);
    String why = problem.map(Problem::sentence).orElse("the service responded with " + status);
    return switch (status) {
      case 401 -> new Fault.KeyRefused(why);
      case 403 ->
          new Fault.Forbidden(why, problem.flatMap(p -> Optional.ofNullable(p.requiredRole())));
      case 429, 503 -> new Fault.Busy(status, why, retryAfter(response));
      // From a proxy, or from a failing service: possibly temporary.
      default -> status >= 500 ? new Fault.Unreachable(why) : refused(problem, why);
    };
  }

  private static Fault refused(Optional<Problem> problem, String why) {
    return problem
        .<Fault>map(Fault.Refused::new)
        .orElseGet(() -> new Fault.Garbage(why + ", which is not a response from Sluice"));
  }

  /// Returns the exception for a response that cannot be parsed.
  static ApiException garbage(HttpResponse<byte[]> response, IOException wrong) {
    String first = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    return new ApiException(
        new Fault.Garbage(
            "could not parse the response from "
                + response.request().uri().getPath()
                + ": "
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
