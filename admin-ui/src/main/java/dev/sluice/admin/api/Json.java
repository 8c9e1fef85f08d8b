package dev.sluice.admin.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads responses and writes requests.
///
/// A tolerant reader: it ignores unknown members, so that the console works with newer services.
final class Json {

  /// Maximum length of a string in a response, in characters; payloads can be this long.
  private static final int LONGEST_TEXT = 32 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(LONGEST_TEXT)
                          .maxNameLength(LONGEST_TEXT)
                          .maxNestingDepth(200)
                          .build())
                  .build())
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private Json() {}

  /// Parses a complete text as one value.
  ///
  /// @throws IOException if the text is not such a value
  static <T> T read(byte[] text, Class<T> type) throws IOException {
    return present(MAPPER.readValue(text, type));
  }

  /// Parses a complete text as a list.
  ///
  /// @throws IOException if the text is not a list of such values
  static <T> List<T> readList(byte[] text, Class<T> element) throws IOException {
    JavaType type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    List<T> list = present(MAPPER.readValue(text, type));
    for (T item : list) {
      present(item);
    }
    return list;
  }

  private static <T> T present(@Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("null where a value was expected");
    }
    return value;
  }

  /// Serialises a value that always has a JSON form.
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("cannot be written as JSON", wrong);
    }
  }

  /// Parses any JSON value.
  ///
  /// @throws IllegalArgumentException if the text is not JSON, with a message for the user
  static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }

  /// Returns the members of a JSON object in their order.
  ///
  /// @throws IllegalArgumentException if the text is not a JSON object
  static Map<String, JsonText> members(String text) {
    try {
      JavaType type =
          MAPPER
              .getTypeFactory()
              .constructMapType(LinkedHashMap.class, String.class, JsonText.class);
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong.getOriginalMessage(), wrong);
    }
  }

  /// Formats a JSON value with one member a line; returns text that is not JSON as it is.
  static String pretty(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      var pretty = new StringWriter();
      try (JsonGenerator generator = MAPPER.createGenerator(pretty)) {
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
        parser.nextToken();
        generator.copyCurrentStructureExact(parser);
      }
      return pretty.toString();
    } catch (IOException wrong) {
      return text;
    }
  }

  /// Returns the exact text of a member of the outermost object.
  ///
  /// @throws IOException if the text is not a JSON object
  static Optional<String> member(String name, String text) throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (wanted) {
          int to = (int) parser.currentLocation().getCharOffset();
          return Optional.of(text.substring(from, to));
        }
      }
      return Optional.empty();
    }
  }
}
