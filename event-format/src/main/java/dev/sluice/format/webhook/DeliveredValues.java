package dev.sluice.format.webhook;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.format.EventWriter;
import dev.sluice.format.ShownText;
import dev.sluice.format.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The values of one delivery for one template. Used by one thread.
final class DeliveredValues {

  /// The length of `{excerpt}`.
  static final int EXCERPT = 300;

  private final Delivered delivered;
  private final byte[] payload;
  private final PayloadPart whole;

  /// @param wanted what the template names in payloads
  DeliveredValues(Delivered delivered, FieldPaths wanted) {
    this.delivered = delivered;
    this.payload =
        wanted.isEmpty()
            ? "null".getBytes(StandardCharsets.UTF_8)
            : delivered.event().payload().json().getBytes(StandardCharsets.UTF_8);
    this.whole = PayloadPart.read(payload, wanted);
  }

  /// Returns the value at a path; empty when the event has none.
  Optional<TemplateValue> at(List<String> path) {
    Event event = delivered.event();
    return switch (path.getFirst()) {
      case Placeholder.PAYLOAD -> whole.at(path.subList(1, path.size())).map(this::raw);
      case Placeholder.EXTENSIONS -> extension(event.attributes(), path.get(1));
      case "type" -> text(event.type().value());
      case "event_id" -> text(event.id().value());
      case "occurred_at" -> text(Timestamps.format(event.occurredAt()));
      case "received_at" -> text(Timestamps.format(event.receivedAt()));
      case "subscription" -> text(delivered.subscription().value());
      case "priority" -> raw(event.attributes().priority().toString());
      case "attempt" -> raw(Integer.toString(delivered.attempt()));
      case "event" -> raw(new String(StandardBody.json(event), StandardCharsets.UTF_8));
      case "excerpt" -> text(ShownText.of(event.payload().json(), EXCERPT));
      case String attribute ->
          Optional.ofNullable(event.attributes().values().get(attribute))
              .map(TemplateValue.Text::new);
    };
  }

  private static Optional<TemplateValue> extension(Attributes attributes, String name) {
    return Optional.ofNullable(attributes.values().get(name))
        .filter(_ -> EventWriter.isExtension(name))
        .map(
            value ->
                attributes.unquoted().contains(name)
                    ? new TemplateValue.Raw(value)
                    : new TemplateValue.Text(value));
  }

  private TemplateValue raw(PayloadPart part) {
    return new TemplateValue.Raw(
        new String(payload, part.start(), part.end() - part.start(), StandardCharsets.UTF_8));
  }

  private static Optional<TemplateValue> raw(String json) {
    return Optional.of(new TemplateValue.Raw(json));
  }

  private static Optional<TemplateValue> text(String text) {
    return Optional.of(new TemplateValue.Text(text));
  }
}
