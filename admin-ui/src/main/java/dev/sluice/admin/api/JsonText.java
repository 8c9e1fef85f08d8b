package dev.sluice.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value that the console passes on without knowing its members, with all digits of its
/// numbers.
///
/// @param text the value without white space
@JsonDeserialize(using = JsonText.Reader.class)
public record JsonText(String text) {

  static final JsonText NULL = new JsonText("null");

  /// Returns the value for a request body.
  RawValue raw() {
    return new RawValue(text);
  }

  /// Returns the characters of a JSON string, and any other value as it is.
  String plain() {
    return text.startsWith("\"") ? Json.tree(text).asText() : text;
  }

  /// Returns the members of a JSON object; none for any other value.
  Map<String, JsonText> members() {
    return text.startsWith("{") ? Json.members(text) : Map.of();
  }

  /// Returns the value with one member a line, for people.
  public String pretty() {
    return Json.pretty(text);
  }

  /// Reads any value.
  static final class Reader extends StdDeserializer<JsonText> {

    private static final long serialVersionUID = 1;

    Reader() {
      super(JsonText.class);
    }

    @Override
    public JsonText deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      var text = new StringWriter();
      try (JsonGenerator generator = parser.getCodec().getFactory().createGenerator(text)) {
        // copyCurrentStructure would round long fractions.
        generator.copyCurrentStructureExact(parser);
      }
      return new JsonText(text.toString());
    }

    @Override
    public JsonText getNullValue(DeserializationContext context) {
      return NULL;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
