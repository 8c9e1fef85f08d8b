package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Fields;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.format.subscription.StoredSubscription;
import java.util.List;

/// Encodes versions of subscriptions. The scripts put the version before the text, and read it
/// there.
final class SubscriptionCodec {

  private SubscriptionCodec() {}

  /// Returns the text without the version.
  static String encode(StoredSubscription stored) {
    return Fields.join(
        List.of(
            stored.name(),
            stored.lifecycle(),
            stored.origin(),
            stored.changedBy(),
            Nanos.text(stored.changedAt()),
            stored.definition()));
  }

  /// Reads a text that begins with the version. A later version of Sluice may have added fields.
  static StoredSubscription decode(String text) {
    List<String> fields = Fields.split(text);
    return new StoredSubscription(
        fields.get(1),
        Long.parseLong(fields.get(0)),
        fields.get(2),
        fields.get(3),
        fields.get(6),
        fields.get(4),
        Nanos.toInstant(fields.get(5)));
  }
}
