package dev.sluice.format.webhook;

/// The templates of the formats for chats. Payloads come from producers, so values are put in where
/// nothing in them is markup: a payload must not be able to notify a channel or to fake a link.
final class Presets {

  /// `text` of an incoming webhook.
  static final WebhookTemplate SLACK =
      preset(
          TextStyle.SLACK_CODE,
          """
          {"text": "`{type}` `{event_id}`\\nSource `{source|–}`, subject `{subject|–}`\\n```\\n{excerpt}\\n```"}
          """);

  /// `content` has at most 2,000 characters.
  static final WebhookTemplate DISCORD =
      preset(
          TextStyle.CODE,
          """
          {
            "content": "`{type}` `{event_id}`\\nSource `{source|–}`, subject `{subject|–}`\\n```\\n{excerpt}\\n```",
            "allowed_mentions": {"parse": []}
          }
          """);

  /// A card for a workflow that posts to a channel or chat. Only text runs have no Markdown.
  static final WebhookTemplate TEAMS =
      preset(
          TextStyle.SHORT,
          """
          {
            "type": "message",
            "attachments": [
              {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": {
                  "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                  "type": "AdaptiveCard",
                  "version": "1.4",
                  "body": [
                    {
                      "type": "RichTextBlock",
                      "inlines": [
                        {"type": "TextRun", "text": "{type}", "weight": "Bolder", "size": "Medium"}
                      ]
                    },
                    {
                      "type": "RichTextBlock",
                      "inlines": [
                        {"type": "TextRun", "text": "Event {event_id}", "isSubtle": true}
                      ]
                    },
                    {
                      "type": "RichTextBlock",
                      "inlines": [
                        {
                          "type": "TextRun",
                          "text": "Source {source|–}, subject {subject|–}",
                          "isSubtle": true
                        }
                      ]
                    },
                    {
                      "type": "RichTextBlock",
                      "inlines": [
                        {"type": "TextRun", "text": "{excerpt}", "fontType": "Monospace"}
                      ]
                    }
                  ]
                }
              }
            ]
          }
          """);

  private Presets() {}

  private static WebhookTemplate preset(TextStyle style, String json) {
    return switch (WebhookTemplate.read(json, style)) {
      case ReadTemplate.Valid(WebhookTemplate template) -> template;
      case ReadTemplate.Invalid(var problems) ->
          throw new IllegalStateException("a preset is wrong: " + problems);
    };
  }
}
