package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.EventFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the body of a bulk call asks for.
final class BulkRequest {

  private static final String NOTHING_DONE = "nothing was done; mend what errors names";

  private final BodyObject body;

  BulkRequest(BodyObject body) {
    this.body = body;
  }

  /// The filter that the members of `object` name. An empty one is refused unless `all` of the
  /// whole body is `true`, so that nobody changes everything by a slip.
  ///
  /// @param names the filters there are
  EventFilter filter(BodyObject object, Set<String> names) {
    EventFilter filter = EventFilter.ALL;
    try {
      filter =
          new FilterValues(
                  name -> names.contains(name) ? object.asParameters(name) : List.of(),
                  (name, detail) -> {
                    object.problem(name, detail);
                    return new ProblemException(Problem.of(ProblemCode.INVALID_FILTER, detail));
                  })
              .filter();
    } catch (ProblemException e) {
      // It is among the problems of the body.
      throwIfWrong();
    }
    if (object.has("event_type") && object.has("type")) {
      object.problem("type", "is given twice: use event_type or type, not both");
    }
    if (!filter.text().isEmpty() && !filter.isNarrow()) {
      object.problem(
          "text", "looks into payloads one by one: name a type, key, error or start too");
    }
    boolean isForAll = body.flag("all").orElse(false);
    if (filter.equals(EventFilter.ALL) && !isForAll && !body.isWrong()) {
      object.problem("", "name at least one filter, or say \"all\": true");
    }
    return filter;
  }

  BulkAction action() {
    String names =
        Arrays.stream(BulkAction.values())
            .map(BulkAction::wireName)
            .collect(Collectors.joining(", "));
    return body.text("action")
        .flatMap(BulkAction::fromWireName)
        .orElseGet(
            () -> {
              body.problem("action", "must be one of " + names);
              return BulkAction.REPLAY;
            });
  }

  void throwIfWrong() {
    body.throwIfWrong(ProblemCode.INVALID_FILTER, NOTHING_DONE);
  }
}
