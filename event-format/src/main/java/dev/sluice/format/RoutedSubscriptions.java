package dev.sluice.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.delivery.DeliverySnapshot;
import java.io.IOException;
import java.util.List;

/// Names the subscriptions that events were routed to, in one response to their producer. It names
/// at most 100 for an event, and in all one for each event and a thousand more, so that the
/// response stays a small multiple of the request however many subscriptions there are.
public final class RoutedSubscriptions {

  private static final int MOST_OF_AN_EVENT = 100;

  private int left = 1_000;

  /// Writes the members `subscriptions`, and `subscriptions_omitted` if not all are named.
  ///
  /// @param deliveries of the next event
  public void write(JsonGenerator json, List<DeliverySnapshot> deliveries) throws IOException {
    left++;
    int named = Math.min(deliveries.size(), Math.min(left, MOST_OF_AN_EVENT));
    left -= named;
    json.writeArrayFieldStart("subscriptions");
    for (DeliverySnapshot delivery : deliveries.subList(0, named)) {
      json.writeString(delivery.subscription().value());
    }
    json.writeEndArray();
    if (named < deliveries.size()) {
      json.writeNumberField("subscriptions_omitted", deliveries.size() - named);
    }
  }
}
