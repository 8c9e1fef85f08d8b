package dev.sluice.format.webhook;

import static dev.sluice.domain.subscription.WebhookFormat.DISCORD;
import static dev.sluice.domain.subscription.WebhookFormat.SLACK;
import static dev.sluice.domain.subscription.WebhookFormat.TEAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.WebhookFormat;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages for chats.
final class PresetsTest {

  private static final Event EVENT = Samples.full("{\"id\":7}");

  private static Event largest() {
    String most = "😀".repeat(255);
    String long5 = "😀".repeat(1_000);
    return new Event(
        new EventId(most),
        new EventType(most),
        Samples.OCCURRED,
        Samples.RECEIVED,
        new Payload("\"" + "x".repeat(1 << 20) + "\""),
        new Attributes(Map.of("source", long5, "subject", long5)));
  }

  private static JsonNode json(WebhookFormat format, Event event) throws IOException {
    return Samples.json(Samples.render(format, event));
  }

  @Test
  void slack_hasText() throws IOException {
    assertThat(json(SLACK, EVENT).get("text").asText())
        .isEqualTo("`order.paid` `evt-1`\nSource `/shop`, subject `order-7`\n```\n{\"id\":7}\n```");
  }

  @Test
  void discord_hasContentThatMentionsNobody() throws IOException {
    JsonNode message = json(DISCORD, EVENT);

    assertThat(message.get("content").asText())
        .isEqualTo("`order.paid` `evt-1`\nSource `/shop`, subject `order-7`\n```\n{\"id\":7}\n```");
    assertThat(message.get("allowed_mentions").get("parse").size()).isZero();
  }

  @Test
  void discord_acceptsTheLongest() throws IOException {
    assertThat(json(DISCORD, largest()).get("content").asText().length()).isLessThan(2_000);
  }

  @Test
  void teams_hasAnAdaptiveCard() throws IOException {
    JsonNode message = json(TEAMS, EVENT);
    JsonNode attachment = message.get("attachments").get(0);
    JsonNode card = attachment.get("content");

    assertThat(message.get("type").asText()).isEqualTo("message");
    assertThat(attachment.get("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(attachment.get("contentUrl").isNull()).isTrue();
    assertThat(card.get("type").asText()).isEqualTo("AdaptiveCard");
    assertThat(card.get("version").asText()).isEqualTo("1.4");
    assertThat(card.findValuesAsText("text"))
        .containsExactly(
            "order.paid", "Event evt-1", "Source /shop, subject order-7", "{\"id\":7}");
  }

  @ParameterizedTest
  @EnumSource(names = {"SLACK", "DISCORD", "TEAMS"})
  void everyEvent_fits(WebhookFormat format) {
    assertThat(Samples.render(format, Samples.event("null")).contentType())
        .isEqualTo("application/json");
    assertThat(Samples.render(format, largest()).bytes()).hasSizeLessThan(20_000);
  }

  @Test
  void payload_cannotNotifyOrLink() throws IOException {
    Event event =
        Samples.event(
            "\"``` <!channel> <https://evil.test|pay> & @everyone\"",
            new Attributes(Map.of("source", "`<!here>`")));

    assertThat(json(SLACK, event).get("text").asText())
        .isEqualTo(
            "`order.paid` `evt-1`\nSource `'&lt;!here&gt;'`, subject `–`\n```\n"
                + "\"''' &lt;!channel&gt; &lt;https://evil.test|pay&gt; &amp; @everyone\"\n```");
    assertThat(json(DISCORD, event).get("content").asText())
        .contains("\"''' <!channel> <https://evil.test|pay> & @everyone\"");
  }
}
