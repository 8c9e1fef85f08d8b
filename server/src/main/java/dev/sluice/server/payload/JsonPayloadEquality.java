package dev.sluice.server.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.PayloadEquality;
import java.util.Comparator;

/// Compares payloads as JSON values: objects by member, numbers by value.
public final class JsonPayloadEquality implements PayloadEquality {

  /// Payloads were checked when they came in; a limit here would only make repeats fail.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          // Names are as long as producers like, and would be remembered.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JSON).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /// 1, 1.0 and 1e0 are one number. Comparing decimals never writes them out, so huge exponents
  /// cost nothing.
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  @Override
  public boolean isSameValue(Payload one, Payload other) {
    return one.equals(other) || isSameTree(one, other);
  }

  private static boolean isSameTree(Payload one, Payload other) {
    try {
      return read(one).equals(BY_VALUE, read(other));
    } catch (NumberFormatException | JsonProcessingException e) {
      // Valid JSON, but an exponent beyond what Java can hold, or a name with an unpaired
      // surrogate:
      // only the same text is the same.
      return false;
    }
  }

  private static JsonNode read(Payload payload) throws JsonProcessingException {
    return MAPPER.readTree(payload.json());
  }
}
