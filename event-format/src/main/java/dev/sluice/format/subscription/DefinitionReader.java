package dev.sluice.format.subscription;

import dev.sluice.domain.event.TextRule;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.PatternReader;
import dev.sluice.format.ReadFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the definition of a subscription from JSON. Used by one thread for one definition.
final class DefinitionReader {

  private static final TextRule TYPE = new TextRule(TypePattern.MAX_LENGTH);
  private static final String TYPES_RULE =
      "must be an array of 1 to "
          + SubscriptionDefinition.MAX_TYPES
          + " event types such as \"order.paid\", \"order.*\" or \"*\"";

  private final boolean isStored;
  private final MemberReader members;
  private final PolicyFormat policy;
  private final List<TypePattern> types = new ArrayList<>();
  private String description = "";
  private Optional<EventPattern> filter = Optional.empty();
  private Optional<Destination> destination = Optional.empty();
  private boolean hasTypes;
  private boolean hasDestination;

  /// @param defaults for absent members of `retry`
  /// @param isStored whether the definition comes from a storage: with encrypted secrets, and
  ///   perhaps with a filter that is not understood, because another version stored it
  DefinitionReader(JsonCursor json, RetryPolicy defaults, boolean isStored) {
    this.isStored = isStored;
    this.members = new MemberReader(json);
    this.policy = new PolicyFormat(members, defaults);
  }

  /// Reads the next value.
  ///
  /// @param others reads members that are not part of a definition
  ReadSubscription read(String pointer, Predicate<String> others) {
    if (members.object(pointer, readers(), others)) {
      requireMembers(pointer);
    }
    List<FieldProblem> problems = members.problems();
    return problems.isEmpty()
        ? new ReadSubscription.Valid(
            new SubscriptionDefinition(
                description, types, filter, destination.orElseThrow(), policy.policy()))
        : new ReadSubscription.Invalid(problems);
  }

  private Map<String, MemberReader.Member> readers() {
    Map<String, MemberReader.Member> all = new HashMap<>(policy.readers());
    all.put("description", this::readDescription);
    all.put("types", this::readTypes);
    all.put("filter", this::readFilter);
    all.put("destination", this::readDestination);
    return all;
  }

  private void requireMembers(String pointer) {
    if (!hasTypes) {
      members.problem(pointer + "/types", "is required: " + TYPES_RULE);
    }
    if (!hasDestination) {
      members.problem(pointer + "/destination", "is required: an object with a kind");
    }
    boolean isTooLong =
        policy
            .policy()
            .timeout()
            .filter(time -> time.compareTo(Webhook.MAX_TIMEOUT) > 0)
            .isPresent();
    if (!isStored && isTooLong && destination.filter(Webhook.class::isInstance).isPresent()) {
      members.problem(pointer + "/timeout", "must be at most 30s for a webhook");
    }
  }

  private void readDescription(String pointer) {
    Optional<String> text = members.string(pointer);
    text.flatMap(SubscriptionDefinition::problemWith)
        .ifPresent(problem -> members.problem(pointer, problem));
    description = text.orElse("");
  }

  private void readTypes(String pointer) {
    hasTypes = true;
    int before = members.problems().size();
    var _ = members.array(pointer, TYPES_RULE, this::readType);
    boolean isRightNumber = !types.isEmpty() && types.size() <= SubscriptionDefinition.MAX_TYPES;
    if (!isRightNumber && members.problems().size() == before) {
      members.problem(pointer, TYPES_RULE);
    }
  }

  private void readType(String pointer) {
    members
        .string(pointer)
        .ifPresent(
            glob ->
                problemWithType(glob)
                    .ifPresentOrElse(
                        problem -> members.problem(pointer, problem),
                        () -> types.add(new TypePattern(glob))));
  }

  private static Optional<String> problemWithType(String glob) {
    return glob.length() > TypePattern.MAX_LENGTH
        ? Optional.of("must have at most " + TypePattern.MAX_LENGTH + " characters")
        : TYPE.problemWith(glob);
  }

  private void readFilter(String pointer) {
    Optional<String> pattern = members.rawObject(pointer);
    if (pattern.filter(text -> text.length() > EventPattern.MAX_LENGTH).isPresent()) {
      members.problem(pointer, "must have at most " + EventPattern.MAX_LENGTH + " characters");
    } else {
      filter = pattern.map(EventPattern::new);
      if (!isStored && pattern.isPresent()) {
        requireUnderstood(pointer, pattern.get());
      }
    }
  }

  private void requireUnderstood(String pointer, String pattern) {
    if (PatternReader.read(pattern) instanceof ReadFilter.Invalid(List<FieldProblem> problems)) {
      problems.forEach(one -> members.problem(pointer + one.name(), one.detail()));
    }
  }

  private void readDestination(String pointer) {
    hasDestination = true;
    destination = DestinationFormat.read(members, pointer, isStored);
  }
}
