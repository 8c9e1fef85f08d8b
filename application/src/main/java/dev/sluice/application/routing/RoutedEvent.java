package dev.sluice.application.routing;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as filters see it. Its payload is read when a filter asks for it, once. Used by one
/// thread.
final class RoutedEvent implements EventFields {

  private final Event event;
  private final FilterFormat format;
  private final FieldPaths wanted;
  private @Nullable JsonValue payload;

  /// @param wanted the fields of the payload that any filter may ask for
  RoutedEvent(Event event, FilterFormat format, FieldPaths wanted) {
    this.event = event;
    this.format = format;
    this.wanted = wanted;
  }

  @Override
  public JsonValue field(String name) {
    return switch (name) {
      case TYPE -> new JsonValue.Text(event.type().value());
      case SOURCE -> text(event.attributes().source());
      case SUBJECT -> text(event.attributes().subject());
      case KEY -> text(event.attributes().key());
      case PAYLOAD -> payload();
      default -> JsonValue.NOTHING;
    };
  }

  private static JsonValue text(Optional<String> attribute) {
    return attribute.<JsonValue>map(JsonValue.Text::new).orElse(JsonValue.NOTHING);
  }

  private JsonValue payload() {
    JsonValue read = payload;
    if (read == null) {
      read = format.payload(event.payload(), wanted);
      payload = read;
    }
    return read;
  }
}
