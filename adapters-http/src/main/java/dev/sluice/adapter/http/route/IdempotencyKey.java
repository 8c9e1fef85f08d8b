package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HeaderText;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QuotedString;
import dev.sluice.domain.event.EventId;
import dev.sluice.format.FieldProblem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;

/// The `Idempotency-Key` of a request: the id of an event that has none. For an event with an id,
/// it only decides how a duplicate is answered: like the first request.
///
/// The draft of the header requires quotes; many clients omit them. Both forms are the same key.
final class IdempotencyKey {

  private static final String TEXT = "Idempotency-Key";
  static final HeaderName NAME = HeaderNames.create(TEXT);

  private IdempotencyKey() {}

  /// @return empty when the request has none
  /// @throws ProblemException when it cannot be an event id
  static Optional<EventId> of(Exchange exchange) {
    if (!exchange.request().headers().contains(NAME)) {
      return Optional.empty();
    }
    if (exchange.request().headers().get(NAME).valueCount() > 1) {
      throw invalid("must be sent only once");
    }
    String key = unquoted(exchange.request().headers().get(NAME).get());
    Optional<String> problem = HeaderText.problemWith(key).or(() -> EventId.problemWith(key));
    if (problem.isPresent()) {
      throw invalid(problem.get());
    }
    return Optional.of(new EventId(key));
  }

  private static String unquoted(String sent) {
    return QuotedString.isBegun(sent)
        ? QuotedString.unquote(sent)
            .orElseThrow(() -> invalid("must end with a quote if it begins with one"))
        : sent;
  }

  static ProblemException invalid(String problem) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_HEADER,
            "The " + TEXT + " " + problem + ".",
            List.of(FieldProblem.header(TEXT, problem))));
  }
}
