package dev.sluice.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.ContentDigests;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Digests of small payloads, by way of a tree.
final class TreeDigests implements ContentDigests {

  @Override
  public ContentDigest of(Event event) {
    String text =
        event.type()
            + "\n"
            + event.attributes().source()
            + "\n"
            + form(Answer.read(event.payload().json()));
    return new ContentDigest(
        "t" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString());
  }

  private static String form(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros().toString();
    }
    if (node.isArray()) {
      return node.valueStream().map(TreeDigests::form).toList().toString();
    }
    if (node.isObject()) {
      Map<String, String> members = new TreeMap<>();
      node.forEachEntry((name, value) -> members.put(name, form(value)));
      return members.toString();
    }
    return node.toString();
  }
}
