package dev.sluice.contract;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Quotas for tests.
public final class QuotaSamples {

  /// The subscriptions that tests use.
  public static final Set<SubscriptionName> ALL =
      Stream.of("default", "mail", "audit", "billing", "search", "other", "a", "b")
          .map(SubscriptionName::new)
          .collect(Collectors.toUnmodifiableSet());

  private QuotaSamples() {}

  private record Fixed(
      int total,
      Map<SubscriptionName, Integer> quotas,
      int mostLeased,
      Map<SubscriptionName, Integer> withinRate)
      implements Quotas {

    @Override
    public boolean covers(SubscriptionName subscription) {
      return true;
    }

    @Override
    public int of(SubscriptionName subscription) {
      return quotas.getOrDefault(subscription, 0);
    }

    @Override
    public int mostLeased(SubscriptionName subscription) {
      return mostLeased;
    }

    @Override
    public int withinRate(SubscriptionName subscription) {
      return withinRate.getOrDefault(subscription, Integer.MAX_VALUE);
    }

    @Override
    public Set<SubscriptionName> names() {
      return quotas.keySet();
    }
  }

  /// Up to `total` deliveries of any of [#ALL].
  public static Quotas upTo(int total) {
    return only(total, ALL);
  }

  /// Up to `total` deliveries of all subscriptions in [#ALL] but these.
  public static Quotas without(int total, Set<SubscriptionName> paused) {
    return only(
        total, ALL.stream().filter(name -> !paused.contains(name)).collect(Collectors.toSet()));
  }

  /// Up to `total` deliveries of these subscriptions.
  public static Quotas only(int total, Collection<SubscriptionName> names) {
    var quotas = new LinkedHashMap<SubscriptionName, Integer>();
    names.forEach(name -> quotas.put(name, total));
    return new Fixed(total, quotas, Integer.MAX_VALUE, Map.of());
  }

  /// Up to `total` deliveries of any of [#ALL], of which each may have `mostLeased` leases.
  public static Quotas limited(int total, int mostLeased) {
    var quotas = new LinkedHashMap<SubscriptionName, Integer>();
    ALL.forEach(name -> quotas.put(name, total));
    return new Fixed(total, quotas, mostLeased, Map.of());
  }

  /// Up to `total` deliveries of these subscriptions, and of each no more than its quota.
  ///
  /// @param quotas such as `mail=3`
  public static Quotas of(int total, String... quotas) {
    Map<SubscriptionName, Integer> byName =
        Arrays.stream(quotas)
            .map(text -> text.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> new SubscriptionName(pair[0]), pair -> Integer.parseInt(pair[1])));
    return new Fixed(total, byName, Integer.MAX_VALUE, Map.of());
  }

  /// Up to `total` deliveries of any of [#ALL], but only `tokens` of one with a rate limit.
  public static Quotas withinRate(int total, SubscriptionName limited, int tokens) {
    var quotas = new LinkedHashMap<SubscriptionName, Integer>();
    ALL.forEach(name -> quotas.put(name, total));
    quotas.put(limited, Math.min(total, tokens));
    return new Fixed(total, quotas, Integer.MAX_VALUE, Map.of(limited, tokens));
  }
}
