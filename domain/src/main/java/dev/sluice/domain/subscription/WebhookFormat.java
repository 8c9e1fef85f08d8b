package dev.sluice.domain.subscription;

import java.util.Arrays;
import java.util.Optional;

/// What the body of a webhook looks like.
public enum WebhookFormat {
  /// An object of type, timestamp and data, as Standard Webhooks recommend.
  STANDARD("standard"),
  /// CloudEvents in binary mode: the payload, with the attributes in headers.
  CLOUDEVENTS("cloudevents"),
  /// CloudEvents in structured mode: one JSON object.
  CLOUDEVENTS_STRUCTURED("cloudevents-structured"),
  /// A message for an incoming webhook of Slack.
  SLACK("slack"),
  /// A message for a webhook of Discord.
  DISCORD("discord"),
  /// A card for a workflow of Microsoft Teams.
  TEAMS("teams"),
  /// The subscription's own template.
  TEMPLATE("template");

  private final String wireName;

  WebhookFormat(String wireName) {
    this.wireName = wireName;
  }

  /// Returns the name in the API.
  public String wireName() {
    return wireName;
  }

  /// Returns the format of this name, if there is one.
  public static Optional<WebhookFormat> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findAny();
  }
}
