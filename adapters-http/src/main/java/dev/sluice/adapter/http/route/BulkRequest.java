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

/// The body of a bulk request.
final class BulkRequest {

  private static final String NOTHING_DONE =
      "Fix the fields listed in \"errors\" and resend. Nothing was done.";

  private final BodyObject body;

  BulkRequest(BodyObject body) {
    this.body = body;
  }

  /// Returns the filter in the members of `object`. An empty filter is rejected unless `all` of the
  /// whole body is `true`, so that no one changes everything by mistake.
  ///
  /// @param names the names of the filters
  EventFilter filter(BodyObject object, Set<String> names) {
    EventFilter filter = parse(object, names);
    if (object.has("event_type") && object.has("type")) {
      object.problem("type", "is given twice: use event_type or type, not both");
    }
    if (!filter.text().isEmpty() && !filter.isNarrow()) {
      object.problem("text", "searches payloads one by one: add a type, key, error or start");
    }
    boolean isForAll = body.flag("all").orElse(false);
    if (filter.equals(EventFilter.ALL) && !isForAll && !body.isWrong()) {
      object.problem("", "must have at least one filter, or \"all\": true");
    }
    return filter;
  }

  private EventFilter parse(BodyObject object, Set<String> names) {
    try {
      return new FilterValues(
              name -> names.contains(name) ? object.asParameters(name) : List.of(),
              (name, detail) -> {
                object.problem(name, detail);
                return new ProblemException(Problem.of(ProblemCode.INVALID_FILTER, detail));
              })
          .filter();
    } catch (ProblemException e) {
      // The problem is already recorded in the body.
      throwIfWrong();
      return EventFilter.ALL;
    }
  }

  /// Returns the action in `action` and `position`.
  BulkAction action() {
    BulkAction action = named();
    if (action.isReplay()) {
      return replay();
    }
    if (body.has("position")) {
      body.problem("position", "is for replays only");
    }
    return action;
  }

  /// Returns a replay, to the position in `position`.
  BulkAction replay() {
    return body.text("position")
        .map(
            text ->
                switch (text) {
                  case "tail" -> BulkAction.REPLAY;
                  case "head" -> BulkAction.REPLAY_AT_HEAD;
                  default -> {
                    body.problem("position", "must be head or tail");
                    yield BulkAction.REPLAY;
                  }
                })
        .orElse(BulkAction.REPLAY);
  }

  private BulkAction named() {
    String names =
        Arrays.stream(BulkAction.values())
            .filter(BulkAction::changesDeliveries)
            .map(BulkAction::wireName)
            .distinct()
            .collect(Collectors.joining(", "));
    return body.text("action")
        .flatMap(BulkAction::fromWireName)
        .filter(BulkAction::changesDeliveries)
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
