package dev.sluice.format.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The JSON form of an ordering: by what, and what a dead letter does to the deliveries behind it.
final class OrderingFormat {

  private static final String BY_KEY = "key";

  private final MemberReader members;
  private boolean isByKey;
  private boolean hasBy;
  private Optional<OnFailure> onFailure = Optional.of(OnFailure.CONTINUE);

  private OrderingFormat(MemberReader members) {
    this.members = members;
  }

  static void write(JsonGenerator json, Ordering ordering) throws IOException {
    json.writeStartObject();
    json.writeStringField("by", BY_KEY);
    json.writeStringField("on_failure", wireName(ordering.onFailure()));
    json.writeEndObject();
  }

  private static String wireName(OnFailure onFailure) {
    return onFailure.name().toLowerCase(Locale.ROOT);
  }

  /// Reads the next value; empty when it has a problem. Without `on_failure`, the next delivery
  /// follows a dead letter.
  static Optional<Ordering> read(MemberReader members, String pointer) {
    var reader = new OrderingFormat(members);
    boolean isObject =
        members.object(pointer, Map.of("by", reader::readBy, "on_failure", reader::readOnFailure));
    if (isObject && !reader.hasBy) {
      members.problem(pointer + "/by", "is required: \"key\"");
    }
    return reader.isByKey ? reader.onFailure.map(Ordering::new) : Optional.empty();
  }

  private void readBy(String pointer) {
    hasBy = true;
    Optional<String> by = members.string(pointer);
    isByKey = by.filter(BY_KEY::equals).isPresent();
    if (by.isPresent() && !isByKey) {
      members.problem(pointer, "must be \"key\"");
    }
  }

  private void readOnFailure(String pointer) {
    Optional<String> text = members.string(pointer);
    onFailure = text.flatMap(OrderingFormat::onFailure);
    if (text.isPresent() && onFailure.isEmpty()) {
      members.problem(pointer, "must be \"continue\" or \"block\"");
    }
  }

  private static Optional<OnFailure> onFailure(String name) {
    for (OnFailure one : OnFailure.values()) {
      if (wireName(one).equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
