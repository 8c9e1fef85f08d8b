package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.subscription.ReadSubscription;
import dev.sluice.format.subscription.SubscriptionFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the definition of one subscription from the body of a request. A body may repeat the name
/// of the path.
///
/// @param name the subscription
/// @param defaults for members that a retry policy in a request leaves out
record DefinitionBody(SubscriptionName name, RetryPolicy defaults) {

  /// Longer bodies are refused.
  static final int MAX_BYTES = 64 * 1024;

  /// Returns the definition in a body.
  ///
  /// @throws ProblemException when it is not valid
  SubscriptionDefinition read(byte[] body) {
    try {
      JsonCursor json = JsonCursor.document(body);
      var problems = new ArrayList<FieldProblem>();
      ReadSubscription read = read(json, "", problems);
      json.requireEnd();
      return valid(read, problems);
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  /// Reads the next value, an object that contains a definition.
  ///
  /// @param pointer where the object is
  /// @param problems receives a problem with the name
  ReadSubscription read(JsonCursor json, String pointer, List<FieldProblem> problems) {
    return SubscriptionFormat.read(
        json,
        pointer,
        defaults,
        member -> member.equals("name") && readName(json, pointer + "/name", problems));
  }

  /// Returns the definition after a merge patch.
  ///
  /// @throws ProblemException when the patch is not one, or the result is not valid
  SubscriptionDefinition merge(SubscriptionDefinition before, byte[] patch) {
    try {
      String merged = MergePatch.apply(SubscriptionFormat.write(before), patch);
      return read(merged.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private boolean readName(JsonCursor json, String pointer, List<FieldProblem> problems) {
    if (!json.raw().equals('"' + name.value() + '"')) {
      problems.add(
          new FieldProblem(
              pointer, "must be the name in the path: a subscription cannot be renamed"));
    }
    return true;
  }

  private static SubscriptionDefinition valid(ReadSubscription read, List<FieldProblem> problems) {
    return switch (read) {
      case ReadSubscription.Valid(SubscriptionDefinition definition) when problems.isEmpty() ->
          definition;
      case ReadSubscription.Valid _ -> throw invalid(problems);
      case ReadSubscription.Invalid(List<FieldProblem> others) -> {
        problems.addAll(others);
        throw invalid(problems);
      }
    };
  }

  private static ProblemException invalid(List<FieldProblem> problems) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_SUBSCRIPTION,
            "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
            problems));
  }
}
