package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.Destination;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The JSON form of destinations. Members that only one kind has are read and written here.
final class DestinationFormat {

  private static final String KINDS = "demo, log or webhook";
  private static final String RULE =
      "must be an object, such as {\"kind\":\"webhook\",\"url\":\"https://example.com/in\"}";

  private final MemberReader members;
  private final WebhookReader webhook;
  private Optional<String> kind = Optional.empty();
  private boolean hasKind;

  private DestinationFormat(MemberReader members, boolean isStored) {
    this.members = members;
    this.webhook = new WebhookReader(members, isStored);
  }

  /// Writes a destination.
  ///
  /// @param isStored whether it is written for a storage: with its encrypted secrets
  static void write(JsonGenerator json, Destination destination, boolean isStored)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", destination.kind());
    if (destination instanceof Destination.Webhook to) {
      WebhookWriter.writeMembers(json, to, isStored);
    }
    json.writeEndObject();
  }

  /// Reads the next value; empty when it has a problem.
  ///
  /// @param isStored whether it comes from a storage: with encrypted secrets
  static Optional<Destination> read(MemberReader members, String pointer, boolean isStored) {
    var format = new DestinationFormat(members, isStored);
    Map<String, MemberReader.Member> readers = new HashMap<>(format.webhook.readers());
    readers.put("kind", format::readKind);
    boolean isObject = members.object(pointer, RULE, readers);
    if (isObject && !format.hasKind) {
      members.problem(pointer + "/kind", "is required: " + KINDS);
    }
    return format.kind.flatMap(found -> format.destination(found, pointer));
  }

  private void readKind(String pointer) {
    hasKind = true;
    kind = members.string(pointer);
    kind.filter(name -> !name.matches("demo|log|webhook"))
        .ifPresent(_ -> members.problem(pointer, "must be " + KINDS));
  }

  private Optional<Destination> destination(String name, String pointer) {
    return switch (name) {
      case "webhook" -> webhook.webhook(pointer);
      case "demo" -> webhook.refuseMembers(name, pointer).map(_ -> new Destination.Demo());
      case "log" -> webhook.refuseMembers(name, pointer).map(_ -> new Destination.Log());
      default -> Optional.empty();
    };
  }
}
