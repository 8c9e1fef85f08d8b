package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.Destination;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The JSON form of destinations. Members that only one kind has are read and written here.
final class DestinationFormat {

  private final MemberReader members;
  private @Nullable Destination destination;
  private boolean hasKind;

  private DestinationFormat(MemberReader members) {
    this.members = members;
  }

  static void write(JsonGenerator json, Destination destination) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", destination.kind());
    json.writeEndObject();
  }

  /// Reads the next value; empty when it has a problem.
  static Optional<Destination> read(MemberReader members, String pointer) {
    var format = new DestinationFormat(members);
    boolean isObject = members.object(pointer, Map.of("kind", format::readKind));
    if (isObject && !format.hasKind) {
      members.problem(pointer + "/kind", "is required: demo or log");
    }
    return Optional.ofNullable(format.destination);
  }

  private void readKind(String pointer) {
    hasKind = true;
    members
        .string(pointer)
        .ifPresent(
            kind -> {
              switch (kind) {
                case "demo" -> destination = new Destination.Demo();
                case "log" -> destination = new Destination.Log();
                default -> members.problem(pointer, "must be demo or log");
              }
            });
  }
}
