package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of subscriptions as one text, separated by spaces, which no name contains.
public final class SubscriptionNames {

  private SubscriptionNames() {}

  public static String encode(Collection<SubscriptionName> names) {
    return names.stream().map(SubscriptionName::value).collect(Collectors.joining(" "));
  }

  public static List<SubscriptionName> decode(String text) {
    return Stream.of(text.split(" "))
        .filter(name -> !name.isEmpty())
        .map(SubscriptionName::new)
        .toList();
  }
}
