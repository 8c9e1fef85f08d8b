package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the deliveries of a subscription go.
///
/// @param kind such as `demo`, `log` or `webhook`
/// @param others further members: those of webhooks, and those that this console does not know
public record Destination(String kind, @JsonAnySetter Map<String, JsonText> others) {

  public Destination {
    Required.members("destination", kind);
    others = sorted(others);
  }

  /// Creates a destination without further members.
  static Destination of(String kind) {
    return new Destination(kind, Map.of());
  }

  /// Whether deliveries are HTTP requests to a receiver.
  public boolean isWebhook() {
    return kind.equals(WebhookDraft.KIND);
  }

  /// Returns the host of the receiver; empty if this is no webhook.
  public Optional<String> host() {
    return isWebhook() ? text("url").flatMap(Destination::host) : Optional.empty();
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(new URI(url).getHost());
    } catch (URISyntaxException wrong) {
      return Optional.empty();
    }
  }

  /// Returns a further member: the characters of a string, and other values as JSON.
  public Optional<String> text(String member) {
    return Optional.ofNullable(others.get(member)).map(JsonText::plain);
  }

  /// Returns the further members that no field of a draft is about.
  public Map<String, JsonText> unknown() {
    return isWebhook() ? WebhookDraft.unknown(others) : others;
  }

  static SortedMap<String, JsonText> sorted(@Nullable Map<String, JsonText> members) {
    return new TreeMap<>(members == null ? Map.of() : members);
  }
}
