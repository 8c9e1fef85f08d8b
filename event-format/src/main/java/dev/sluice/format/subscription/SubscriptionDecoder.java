package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.Subscription;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Decodes stored subscriptions. One that this version of Sluice does not understand is skipped, so
/// that a node of an older version starts beside newer ones.
public final class SubscriptionDecoder {

  private static final System.Logger LOG = System.getLogger(SubscriptionDecoder.class.getName());

  /// The versions that were last reported as not understood, by name: each is logged once.
  private final Map<String, Long> reported = new ConcurrentHashMap<>();

  /// Returns those subscriptions that are understood, in the given order.
  public List<Subscription> decodeAll(List<StoredSubscription> stored) {
    List<Subscription> decoded = new ArrayList<>(stored.size());
    stored.forEach(one -> decode(one).ifPresent(decoded::add));
    return decoded;
  }

  /// Returns the subscription; empty when it is not understood.
  public Optional<Subscription> decode(StoredSubscription stored) {
    try {
      return Optional.of(stored.decode());
    } catch (IllegalArgumentException e) {
      @Nullable Long before = reported.put(stored.name(), stored.version());
      if (!Objects.equals(before, stored.version())) {
        LOG.log(
            Level.WARNING,
            "subscription {0} is skipped on this node: cannot read version {1} ({2}); upgrade"
                + " this node, or store the subscription again",
            stored.name(),
            Long.toString(stored.version()),
            e.getMessage());
      }
      return Optional.empty();
    }
  }
}
