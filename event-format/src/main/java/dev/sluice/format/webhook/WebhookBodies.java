package dev.sluice.format.webhook;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.SubscriptionName;

/// Renders events in the formats of webhooks. Used by many threads.
public final class WebhookBodies {

  private final ParsedTemplates templates = new ParsedTemplates();

  /// Renders one event.
  ///
  /// @param subscription whose delivery it is
  /// @param attempt number of the attempt, from 1
  /// @param format of the subscription
  public BodyResult render(
      Event event, SubscriptionName subscription, int attempt, Webhook.Body format) {
    return switch (format.format()) {
      case STANDARD -> new BodyResult.Rendered(StandardBody.of(event));
      case CLOUDEVENTS -> CloudEventBody.binary(event);
      case CLOUDEVENTS_STRUCTURED -> new BodyResult.Rendered(CloudEventBody.structured(event));
      case SLACK -> Presets.SLACK.render(new Delivered(event, subscription, attempt));
      case DISCORD -> Presets.DISCORD.render(new Delivered(event, subscription, attempt));
      case TEAMS -> Presets.TEAMS.render(new Delivered(event, subscription, attempt));
      case TEMPLATE ->
          format
              .template()
              .map(text -> render(text, new Delivered(event, subscription, attempt)))
              .orElseGet(() -> new BodyResult.Unrenderable("the subscription has no template"));
    };
  }

  private BodyResult render(String text, Delivered delivered) {
    return switch (templates.get(text)) {
      case ReadTemplate.Valid(WebhookTemplate template) -> template.render(delivered);
      case ReadTemplate.Invalid(var problems) -> {
        var first = problems.getFirst();
        yield new BodyResult.Unrenderable(
            "the template cannot be used: " + (first.name() + " " + first.detail()).strip());
      }
    };
  }
}
