package dev.sluice.format.webhook;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.Priority;
import dev.sluice.format.CloudEventAttributes;
import dev.sluice.format.Timestamps;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The attributes of an event under the names of CloudEvents 1.0: the reverse of
/// [CloudEventAttributes].
///
/// @param values text by name: the core attributes first, then the extensions by name
record CloudEventContext(Map<String, String> values) {

  /// The source of an event whose producer gave none; CloudEvents require one.
  static final String NO_SOURCE = "sluice";

  /// CloudEvents allow no underscore in names.
  private static final String REPLAY_OF = "replayof";

  CloudEventContext {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static CloudEventContext of(Event event) {
    Map<String, String> extensions = new TreeMap<>(event.attributes().values());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("specversion", CloudEventAttributes.SPEC_VERSION);
    values.put("id", event.id().value());
    values.put("source", event.attributes().source().map(UriReference::of).orElse(NO_SOURCE));
    values.put("type", event.type().value());
    values.put("time", Timestamps.format(event.occurredAt()));
    event.attributes().subject().ifPresent(subject -> values.put("subject", subject));
    event.attributes().replayOf().ifPresent(id -> extensions.put(REPLAY_OF, id));
    Attributes times = event.attributes();
    times.deliverAt().ifPresent(put(extensions, CloudEventAttributes.DELIVER_AT));
    times.expiresAt().ifPresent(put(extensions, CloudEventAttributes.EXPIRES_AT));
    event
        .attributes()
        .key()
        .ifPresent(key -> extensions.put(CloudEventAttributes.PARTITION_KEY, key));
    extensions.remove(Attributes.KEY);
    Priority priority = event.attributes().priority();
    if (!priority.isDefault()) {
      extensions.putIfAbsent(CloudEventAttributes.PRIORITY, priority.toString());
    }
    extensions.forEach(
        (name, value) -> {
          if (CloudEventAttributes.isExtensionName(name)) {
            values.putIfAbsent(name, value);
          }
        });
    return new CloudEventContext(values);
  }

  private static Consumer<Instant> put(Map<String, String> extensions, String name) {
    return time -> extensions.put(name, Timestamps.format(time));
  }
}
