package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problems;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.Mismatch;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.ShownText;
import java.util.List;
import java.util.stream.Collectors;

/// Says in a sentence whether and why an event goes to a subscription.
final class MatchText {

  private static final int MAX_LENGTH = 1_000;

  private MatchText() {}

  /// Returns the sentence.
  static String of(MatchExplanation explanation, Event event) {
    String text =
        switch (explanation) {
          case MatchExplanation.Matches() -> "The event matches.";
          case MatchExplanation.TakesNoEvents(var lifecycle) ->
              "The subscription is " + lifecycle.wireName() + " and gets no new events.";
          case MatchExplanation.OtherType _ ->
              "The type " + Problems.shorten(event.type().value()) + " matches none of the types.";
          case MatchExplanation.FilterNotUnderstood(String reason) ->
              "This node does not understand the filter: " + reason + ".";
          case MatchExplanation.FilterDoesNotMatch(Mismatch mismatch) -> of(mismatch) + ".";
        };
    return ShownText.of(text, MAX_LENGTH);
  }

  private static String of(Mismatch mismatch) {
    return switch (mismatch) {
      case Mismatch.FailedField field when field.isAbsent() ->
          "The event has no " + name(field.path()) + ", and the filter requires " + rule(field);
      case Mismatch.FailedField field ->
          "The value of " + name(field.path()) + " does not meet " + rule(field);
      case Mismatch.NoAlternative(List<Mismatch> alternatives) ->
          "No alternative of $or holds: "
              + alternatives.stream().map(MatchText::of).collect(Collectors.joining("; "));
      case Mismatch.DifferentElements(List<List<String>> paths) ->
          "No element of an array meets all conditions at once: "
              + paths.stream().map(MatchText::name).collect(Collectors.joining(", "));
    };
  }

  private static String rule(Mismatch.FailedField field) {
    return Problems.shorten(field.conditions());
  }

  private static String name(List<String> path) {
    return Problems.shorten(String.join(".", path));
  }

  /// Returns a JSON Pointer to a field of an event.
  static String pointerTo(List<String> path) {
    return path.stream().map(JsonEvents::pointerTo).collect(Collectors.joining());
  }
}
