package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The JSON form of a file that declares subscriptions: an object with a list `subscriptions`,
/// whose elements are definitions with a `name`. Used by one thread for one document.
public final class DeclarationFormat {

  /// Further problems are not reported.
  public static final int MAX_PROBLEMS = 100;

  private static final String LIST = "subscriptions";
  private static final String LIST_RULE = "must be an array of subscriptions";
  private static final String NAME_RULE =
      "must have 1 to 64 characters from a-z, 0-9, '-', '_' and '.'";

  private final JsonCursor json;
  private final RetryPolicy defaults;
  private final MemberReader members;
  private final List<FieldProblem> problems = new ArrayList<>();
  private final List<DeclaredSubscription> declared = new ArrayList<>();

  /// Where each name was given first.
  private final Map<SubscriptionName, String> places = new HashMap<>();

  private boolean hasList;

  /// The name of the subscription that is being read.
  private @Nullable SubscriptionName name;

  private boolean hasName;

  private DeclarationFormat(JsonCursor json, RetryPolicy defaults) {
    this.json = json;
    this.defaults = defaults;
    this.members = new MemberReader(json);
  }

  /// Writes subscriptions as such a file.
  public static byte[] write(List<Subscription> subscriptions) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart(LIST);
          for (Subscription subscription : subscriptions) {
            write(json, subscription);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Subscription subscription) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", subscription.name().value());
    SubscriptionFormat.writeMembers(json, subscription.definition());
    json.writeEndObject();
  }

  /// Reads a whole document. All problems are reported.
  ///
  /// @param defaults for absent members of `retry`
  /// @param others whether a further member of the document is allowed; it is skipped
  /// @throws MalformedJsonException when it is not JSON
  public static ReadDeclarations read(byte[] text, RetryPolicy defaults, Predicate<String> others) {
    var format = new DeclarationFormat(JsonCursor.document(text), defaults);
    format.readDocument(others);
    return format.problems.isEmpty()
        ? new ReadDeclarations.Valid(format.declared)
        : new ReadDeclarations.Invalid(
            format.problems.subList(0, Math.min(format.problems.size(), MAX_PROBLEMS)));
  }

  private void readDocument(Predicate<String> others) {
    boolean isObject =
        members.object("", Map.of(LIST, this::readList), member -> skip(others, member));
    if (isObject && !hasList) {
      members.problem("/" + LIST, "is required: it " + LIST_RULE);
    }
    json.requireEnd();
    problems.addAll(0, members.problems());
  }

  private boolean skip(Predicate<String> others, String member) {
    if (others.test(member)) {
      json.skip();
      return true;
    }
    return false;
  }

  private void readList(String pointer) {
    hasList = true;
    var _ = members.array(pointer, LIST_RULE, this::readOne);
  }

  private void readOne(String pointer) {
    name = null;
    hasName = false;
    boolean isObject = json.kind() == JsonCursor.Kind.OBJECT;
    String place = pointer + "/name";
    ReadSubscription read =
        SubscriptionFormat.read(json, pointer, defaults, member -> readName(place, member));
    if (isObject && !hasName) {
      problems.add(new FieldProblem(place, "is required: it " + NAME_RULE));
    }
    switch (read) {
      case ReadSubscription.Invalid(List<FieldProblem> found) -> problems.addAll(found);
      case ReadSubscription.Valid(SubscriptionDefinition definition) -> {
        if (name != null) {
          declared.add(new DeclaredSubscription(name, definition));
        }
      }
    }
  }

  private boolean readName(String pointer, String member) {
    if (!member.equals("name")) {
      return false;
    }
    hasName = true;
    Optional<SubscriptionName> read = nameAt();
    if (read.isEmpty()) {
      problems.add(new FieldProblem(pointer, NAME_RULE));
      return true;
    }
    String first = places.putIfAbsent(read.get(), pointer);
    if (first != null) {
      problems.add(
          new FieldProblem(pointer, "is the name of another subscription too: see " + first));
    }
    name = read.get();
    return true;
  }

  private Optional<SubscriptionName> nameAt() {
    if (json.kind() != JsonCursor.Kind.STRING) {
      json.skip();
      return Optional.empty();
    }
    try {
      return Optional.of(new SubscriptionName(json.string()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
