package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// The JSON form of what an operator writes down about a subscription: in requests, in files, and
/// in storages.
public final class SubscriptionFormat {

  private SubscriptionFormat() {}

  /// Writes a definition as the members of an object that has begun. What follows the configuration
  /// of the service is left out, and so are secrets.
  public static void writeMembers(JsonGenerator json, SubscriptionDefinition definition)
      throws IOException {
    writeMembers(json, definition, false);
  }

  private static void writeMembers(
      JsonGenerator json, SubscriptionDefinition definition, boolean isStored) throws IOException {
    if (!definition.description().isEmpty()) {
      json.writeStringField("description", definition.description());
    }
    json.writeArrayFieldStart("types");
    for (var type : definition.types()) {
      json.writeString(type.glob());
    }
    json.writeEndArray();
    if (definition.filter().isPresent()) {
      json.writeFieldName("filter");
      json.writeRawValue(definition.filter().get().json());
    }
    json.writeFieldName("destination");
    DestinationFormat.write(json, definition.destination(), isStored);
    PolicyFormat.writeMembers(json, definition.policy());
  }

  /// Returns a definition as a JSON object, without secrets.
  public static String write(SubscriptionDefinition definition) {
    return write(definition, false);
  }

  /// Returns a definition as a JSON object for a storage, with its encrypted secrets.
  ///
  /// @throws IllegalArgumentException when one of its secrets is not encrypted
  static String writeStored(SubscriptionDefinition definition) {
    return write(definition, true);
  }

  private static String write(SubscriptionDefinition definition, boolean isStored) {
    byte[] text =
        Json.write(
            json -> {
              json.writeStartObject();
              writeMembers(json, definition, isStored);
              json.writeEndObject();
            });
    return new String(text, StandardCharsets.UTF_8);
  }

  /// Reads the text of a definition from a storage, with its encrypted secrets. Its filter need not
  /// be understood: another version may have stored it.
  ///
  /// @param defaults for absent members of `retry`
  /// @throws MalformedJsonException when it is not JSON or more text follows
  public static ReadSubscription read(String text, RetryPolicy defaults) {
    JsonCursor json = JsonCursor.document(text.getBytes(StandardCharsets.UTF_8));
    ReadSubscription read = new DefinitionReader(json, defaults, true).read("", _ -> false);
    json.requireEnd();
    return read;
  }

  /// Reads the next value, an object that contains a definition. Every unknown member, wrong type
  /// number out of range and filter that is not understood is a problem; all are reported.
  ///
  /// @param pointer where the object is, for problems; empty for the whole document
  /// @param defaults for absent members of `retry`
  /// @param others receives the names of members that are not part of a definition, such as `name`;
  ///   it reads the value from `json` and returns true, or returns false when there is no such
  ///   member
  /// @throws MalformedJsonException when it is not JSON
  public static ReadSubscription read(
      JsonCursor json, String pointer, RetryPolicy defaults, Predicate<String> others) {
    return new DefinitionReader(json, defaults, false).read(pointer, others);
  }
}
