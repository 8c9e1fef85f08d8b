package dev.sluice.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.subscription.ReadSubscription;
import dev.sluice.format.subscription.SubscriptionFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Reads versions of subscriptions as `GET /subscriptions/{name}/versions` shows them.
final class StoredVersions {

  private static final List<String> OTHERS =
      List.of("name", "version", "state", "origin", "changed_by", "changed_at");

  private StoredVersions() {}

  static Subscription read(JsonNode version) {
    ObjectNode members = ((ObjectNode) version).deepCopy();
    members.remove(OTHERS);
    return new Subscription(
        new SubscriptionName(version.path("name").asText()),
        version.path("version").asLong(),
        definition(members.toString()),
        Lifecycle.valueOf(version.path("state").asText().toUpperCase(Locale.ROOT)),
        Subscription.Origin.API,
        version.path("changed_by").asText(),
        Instant.parse(version.path("changed_at").asText()));
  }

  private static SubscriptionDefinition definition(String json) {
    return switch (SubscriptionFormat.read(json, RetryPolicy.DEFAULT)) {
      case ReadSubscription.Valid(SubscriptionDefinition definition) -> definition;
      case ReadSubscription.Invalid invalid -> throw new AssertionError(json + " " + invalid);
    };
  }
}
